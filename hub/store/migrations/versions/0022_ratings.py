"""Ratings"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "rating",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("sent_back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "case_number", "ordinal", name=op.f("pk_rating")),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_rating_case")),
    )
