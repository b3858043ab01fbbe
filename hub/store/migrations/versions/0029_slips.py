"""Blocks of slips printed in advance, and numbers worked by hand"""

import sqlalchemy as sa
from alembic import op

from hub.store.moment import Moment

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "slip_block",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("block", sa.String(length=16), nullable=False),
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("printed_at", Moment(), nullable=False),
        sa.Column("printed_by", sa.String(length=48), nullable=False),
        sa.Column("held_by", sa.String(length=48), nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("hall", "block", name=op.f("pk_slip_block")),
    )
    op.create_table(
        "slip_use",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("block", sa.String(length=16), nullable=True),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("taken_at", Moment(), nullable=True),
        sa.Column("called_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("because", sa.String(length=24), nullable=False),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.Column("entered_by", sa.String(length=48), nullable=False),
        sa.Column("ticket_id", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall", "block"], ["slip_block.hall", "slip_block.block"], name=op.f("fk_slip_use_slip_block")
        ),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_slip_use")),
    )
    op.create_index("ix_slip_use_date", "slip_use", ["hall", "business_date"], unique=False)
    op.create_index("ix_slip_use_block", "slip_use", ["hall", "block"], unique=False)
