"""The registers"""

import sqlalchemy as sa
from alembic import op

from hub.store.moment import Moment

revision = "0035"
down_revision = "0033"


def upgrade() -> None:
    op.create_table(
        "register_entry",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_register_entry")),
    )
    op.create_index("ix_register_entry_kind", "register_entry", ["hall", "kind", "on_date"], unique=False)
