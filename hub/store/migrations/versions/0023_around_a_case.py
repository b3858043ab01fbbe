"""投诉, a case type of its own; attachments; checklists and records"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("case", sa.Column("kind", sa.String(length=16), server_default="matter", nullable=False))
    op.create_table(
        "grievance",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=48), nullable=False),
        sa.Column("weight", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=48), nullable=False),
        sa.Column("respondent_staff", sa.String(length=48), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=False),
        sa.Column("must_be_written", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_grievance_case")),
        sa.PrimaryKeyConstraint("hall", "case_number", name=op.f("pk_grievance")),
    )
    op.create_index("ix_grievance_respondent", "grievance", ["hall", "respondent_staff", "department"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("attachment_id", sa.String(length=40), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=8), server_default="", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("begun_by", sa.String(length=48), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_attachment_case")),
        sa.PrimaryKeyConstraint("hall", "attachment_id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("hall", "case_number", "digest", name=op.f("uq_attachment_hall_case_number_digest")),
    )
    op.create_table(
        "chunk",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("attachment_id", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall", "attachment_id"],
            ["attachment.hall", "attachment.attachment_id"],
            name=op.f("fk_chunk_attachment"),
        ),
        sa.PrimaryKeyConstraint("hall", "attachment_id", "ordinal", name=op.f("pk_chunk")),
    )
    op.create_table(
        "checklist",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("matter", sa.String(length=48), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.String(length=48), nullable=False),
        sa.PrimaryKeyConstraint("hall", "matter", "version", name=op.f("pk_checklist")),
    )
    op.create_table(
        "record",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_record_case")),
        sa.PrimaryKeyConstraint("hall", "case_number", "ordinal", name=op.f("pk_record")),
    )
