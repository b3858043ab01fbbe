"""Versions of the working calendar, and on which of them each date was counted"""

import sqlalchemy as sa
from alembic import op

from hub.store.moment import Moment

revision = "0027"
down_revision = "0026"

OPEN = sa.text("answered_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("layer", sa.String(length=8), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "version", name=op.f("pk_calendar")),
    )
    op.create_table(
        "recount",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("department", sa.String(length=48), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("told_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall", "version"], ["calendar.hall", "calendar.version"], name=op.f("fk_recount_calendar")
        ),
        sa.PrimaryKeyConstraint("hall", "version", "department", name=op.f("pk_recount")),
    )
    op.add_column("case", sa.Column("calendar_version", sa.Integer(), server_default="0", nullable=False))
    op.create_index(
        "ix_case_open_calendar",
        "case",
        ["hall", "calendar_version", "number"],
        unique=False,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.add_column("owed", sa.Column("calendar_version", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_owed_calendar", "owed", ["hall", "calendar_version", "case_number", "what"], unique=False)
