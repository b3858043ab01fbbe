"""Facts of a case, when its clock was paused, and who stands in for whom"""

import sqlalchemy as sa
from alembic import op

from hub.store.moment import Moment

revision = "0021"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("case", sa.Column("paused_at", Moment(), nullable=True))
    op.create_table(
        "fact",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_fact_case")),
        sa.PrimaryKeyConstraint("hall", "case_number", "ordinal", name=op.f("pk_fact")),
    )
    op.create_table(
        "delegate",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("delegate", sa.String(length=48), nullable=False),
        sa.Column("named_at", Moment(), nullable=False),
        sa.Column("named_by", sa.String(length=48), nullable=False),
        sa.PrimaryKeyConstraint("hall", "staff", name=op.f("pk_delegate")),
    )
    op.create_table(
        "cover",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("absent", sa.String(length=48), nullable=False),
        sa.Column("delegate", sa.String(length=48), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("stepped_in", sa.Boolean(), nullable=False),
        sa.Column("liable", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "ordinal", name=op.f("pk_cover")),
    )
