"""What papers said before the hub could, numbers that are void, and the line that a ticket stands in"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "paper",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("printed_at", sa.BigInteger(), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("ticket_number", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("hall", "command_id", name=op.f("pk_paper")),
    )
    op.create_table(
        "void_number",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=48), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("stands", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "number", "command_id", name=op.f("pk_void_number")),
    )
    op.create_index("ix_void_number_stands", "void_number", ["hall", "stands"], unique=False)
    op.add_column("ticket", sa.Column("queue_date", sa.Date(), nullable=True))
    op.execute("UPDATE ticket SET queue_date = business_date")
    with op.batch_alter_table("ticket") as ticket:
        ticket.alter_column("queue_date", existing_type=sa.Date(), nullable=False)
    op.create_index("ix_ticket_queue", "ticket", ["hall", "queue_date"], unique=False)
