"""Ratings, reminders, notices that went a step up, and refusals filed for approval"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

TO_CASE = (["hall", "case_number"], ["case.hall", "case.number"])


def upgrade() -> None:
    op.create_table(
        "rating",
        *_of_case(),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("sent_back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "case_number", "ordinal", name=op.f("pk_rating")),
        sa.ForeignKeyConstraint(*TO_CASE, name=op.f("fk_rating_case")),
    )
    op.create_table(
        "reminder",
        *_of_case(),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("hall", "case_number", "due_date", "day", name=op.f("pk_reminder")),
        sa.ForeignKeyConstraint(*TO_CASE, name=op.f("fk_reminder_case")),
    )
    op.create_table(
        "escalation",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "notice_id", name=op.f("pk_escalation")),
        sa.ForeignKeyConstraint(
            ["hall", "notice_id"], ["notice.hall", "notice.notice_id"], name=op.f("fk_escalation_notice")
        ),
    )
    op.create_table(
        "refusal",
        *_of_case(),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", sa.String(length=48), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(length=48), server_default="", nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "case_number", "ordinal", name=op.f("pk_refusal")),
        sa.ForeignKeyConstraint(*TO_CASE, name=op.f("fk_refusal_case")),
    )


def _of_case() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
    )
