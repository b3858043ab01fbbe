"""How a ticket stands in line, and every step it took"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    with op.batch_alter_table("ticket") as ticket:
        ticket.add_column(sa.Column("lane", sa.String(length=16), nullable=False, server_default="line"))
        ticket.add_column(sa.Column("stands_at", sa.BigInteger(), nullable=True))
        ticket.add_column(sa.Column("not_before", sa.BigInteger(), nullable=True))
        for name in ("for_window", "passed", "chances"):
            ticket.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "ticket_step",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("ticket_id", sa.String(length=24), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("lane", sa.String(length=16), nullable=False),
        sa.Column("stands_at", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("for_window", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("staff", sa.String(length=48), nullable=False, server_default=""),
        sa.Column("because", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("passed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ground", sa.String(length=24), nullable=False, server_default=""),
        sa.Column("post", sa.String(length=24), nullable=False, server_default=""),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall", "ticket_id"],
            ["ticket.hall", "ticket.ticket_id"],
            name=op.f("fk_ticket_step_ticket"),
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hall", "ticket_id", "ordinal", name=op.f("pk_ticket_step")),
    )
    op.create_index("ix_ticket_step_at", "ticket_step", ["hall", "at"], unique=False)
