"""Home visits and online pre-reviews"""

import sqlalchemy as sa
from alembic import op

from hub.store.moment import Moment

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "request",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("matter", sa.String(length=48), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("ground", sa.String(length=48), nullable=False),
        sa.Column("outlet", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("entered_by", sa.String(length=48), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("due_at", Moment(), nullable=True),
        sa.Column("remind_at", Moment(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.Column("visit_at", Moment(), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("staff", sa.String(length=200), server_default="", nullable=False),
        sa.Column("told_by", sa.String(length=16), server_default="", nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("case_number", sa.String(length=32), server_default="", nullable=False),
        sa.Column("policy_code", sa.String(length=32), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_request")),
    )
    open_ones = sa.text("remind_at IS NOT NULL")
    op.create_index(
        "ix_request_remind",
        "request",
        ["hall", "remind_at"],
        unique=False,
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
