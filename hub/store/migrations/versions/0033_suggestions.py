"""The suggestion box"""

import sqlalchemy as sa
from alembic import op

from hub.store.moment import Moment

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("left_at", Moment(), nullable=False),
        sa.Column("left_by", sa.String(length=48), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.Column("handled_at", Moment(), nullable=True),
        sa.Column("handled_by", sa.String(length=48), server_default="", nullable=False),
        sa.Column("erased_at", Moment(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_result", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_suggestion")),
    )
    unchecked = sa.text("check_on IS NOT NULL")
    op.create_index(
        "ix_suggestion_check",
        "suggestion",
        ["hall", "check_on"],
        unique=False,
        sqlite_where=unchecked,
        postgresql_where=unchecked,
    )
