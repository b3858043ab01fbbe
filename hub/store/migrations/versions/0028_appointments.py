"""Times given in advance, and windows that go on after hours"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("appointment_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("slot", sa.Time(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False, server_default=""),
        sa.Column("because", sa.String(length=24), nullable=False, server_default=""),
        sa.Column("moves", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ticket_id", sa.String(length=24), nullable=True),
        sa.Column("lane", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("called_off_told", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall", "ticket_id"],
            ["ticket.hall", "ticket.ticket_id"],
            name=op.f("fk_appointment_ticket"),
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hall", "appointment_id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("hall", "code", name=op.f("uq_appointment_hall_code")),
    )
    op.create_index("ix_appointment_day", "appointment", ["hall", "date", "service"], unique=False)
    op.create_table(
        "late_service",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(length=24), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "window", "since", name=op.f("pk_late_service")),
    )
