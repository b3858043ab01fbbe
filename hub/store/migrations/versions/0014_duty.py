"""Who is on duty"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "duty",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("hub", sa.String(length=48), nullable=False),
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_duty")),
    )
