"""Facts of a case, and when its clock was paused"""

import sqlalchemy as sa
from alembic import op

from hub.store.moment import Moment

revision = "0021"
down_revision = "0014"


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
