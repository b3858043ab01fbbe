"""What is still owed about a case, and when somebody is next reminded of it"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "owed",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_owed_case")),
        sa.PrimaryKeyConstraint("hall", "case_number", "what", name=op.f("pk_owed")),
    )
    op.create_index("ix_owed_remind", "owed", ["hall", "remind_on", "case_number"], unique=False)
