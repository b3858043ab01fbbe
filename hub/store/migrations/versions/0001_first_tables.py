"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("terminal", sa.String(length=48), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("hall", "ordinal", name=op.f("pk_audit")),
    )
    op.create_table(
        "command",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("terminal", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "command_id", name=op.f("pk_command")),
    )
    op.create_table(
        "counter",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "business_date", "series", name=op.f("pk_counter")),
    )
    op.create_table(
        "event",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "epoch", "seq", name=op.f("pk_event")),
    )
    op.create_table(
        "hall",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("bulletin", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_hall")),
    )
    op.create_table(
        "notice",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("notice_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=48), server_default="", nullable=False),
        sa.Column("subject", sa.String(length=48), nullable=False),
        sa.Column("detail", sa.String(length=48), server_default="", nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=48), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("hall", "notice_id", name=op.f("pk_notice")),
    )
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["hall", "notice_id"],
        unique=False,
        sqlite_where=sa.text("acknowledged_at IS NULL"),
        postgresql_where=sa.text("acknowledged_at IS NULL"),
    )
    op.create_table(
        "policy",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "code", "version", name=op.f("pk_policy")),
    )
    op.create_table(
        "staff",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("department", sa.String(length=48), server_default="", nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "staff", name=op.f("pk_staff")),
    )
    op.create_table(
        "terminal",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=40), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "name", name=op.f("pk_terminal")),
        sa.UniqueConstraint("hall", "public_key", name=op.f("uq_terminal_hall_public_key")),
    )
    op.create_table(
        "ticket",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("ticket_id", sa.String(length=24), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=48), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("window", sa.Integer(), server_default="0", nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("calls", sa.Integer(), server_default="0", nullable=False),
        sa.Column("case_number", sa.String(length=32), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("hall", "ticket_id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("hall", "command_id", name=op.f("uq_ticket_hall_command_id")),
        sa.UniqueConstraint(
            "hall", "business_date", "series", "number", name=op.f("uq_ticket_hall_business_date_series_number")
        ),
    )
    op.create_table(
        "window",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_window")),
    )
    op.create_table(
        "case",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("command_id", sa.String(length=32), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("filed_at", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("matter", sa.String(length=48), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("scope", sa.String(length=48), nullable=False),
        sa.Column("policy_code", sa.String(length=32), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("due", sa.LargeBinary(), nullable=False),
        sa.Column("case_class", sa.String(length=24), server_default="", nullable=False),
        sa.Column("department", sa.String(length=48), server_default="", nullable=False),
        sa.Column("owner", sa.String(length=48), server_default="", nullable=False),
        sa.Column("ticket_id", sa.String(length=24), server_default="", nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hall", "policy_code", "policy_version"],
            ["policy.hall", "policy.code", "policy.version"],
            name=op.f("fk_case_policy"),
        ),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_case")),
        sa.UniqueConstraint("hall", "command_id", name=op.f("uq_case_hall_command_id")),
    )
    op.create_index("ix_case_filed", "case", ["hall", "business_date"], unique=False)
    op.create_index(
        "ix_case_open_due",
        "case",
        ["hall", "due_date"],
        unique=False,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_table(
        "login",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("terminal", sa.String(length=48), nullable=False),
        sa.Column("staff", sa.String(length=48), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["hall", "staff"], ["staff.hall", "staff.staff"], name=op.f("fk_login_staff")),
        sa.PrimaryKeyConstraint("hall", "terminal", name=op.f("pk_login")),
    )
    op.create_table(
        "lookup",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("medium", sa.String(length=8), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_lookup_case")),
        sa.PrimaryKeyConstraint("hall", "digest", name=op.f("pk_lookup")),
    )
    op.create_table(
        "person",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_person_case")),
        sa.PrimaryKeyConstraint("hall", "case_number", name=op.f("pk_person")),
    )
    op.create_table(
        "print_outcome",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.String(length=48), nullable=False),
        sa.Column("reprint", sa.Boolean(), nullable=False),
        sa.Column("terminal", sa.String(length=48), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_print_outcome_case")
        ),
        sa.PrimaryKeyConstraint("hall", "case_number", "ordinal", name=op.f("pk_print_outcome")),
    )
    op.create_table(
        "step",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("move", sa.String(length=24), nullable=False),
        sa.Column("department", sa.String(length=48), server_default="", nullable=False),
        sa.Column("staff", sa.String(length=48), server_default="", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_step_case")),
        sa.PrimaryKeyConstraint("hall", "case_number", "ordinal", name=op.f("pk_step")),
    )
    op.create_table(
        "work_order",
        sa.Column("hall", sa.String(length=6), nullable=False),
        sa.Column("work_order_id", sa.String(length=40), nullable=False),
        sa.Column("case_number", sa.String(length=32), nullable=False),
        sa.Column("department", sa.String(length=48), nullable=False),
        sa.Column("case_class", sa.String(length=24), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_by", sa.String(length=48), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("due", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("accepted_by", sa.String(length=48), server_default="", nullable=False),
        sa.Column("replied_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"], name=op.f("fk_work_order_case")),
        sa.PrimaryKeyConstraint("hall", "work_order_id", name=op.f("pk_work_order")),
    )
    op.create_index("ix_work_order_case", "work_order", ["hall", "case_number"], unique=False)
    {"sqlite": _append_only_in_sqlite, "postgresql": _append_only_in_postgresql}[op.get_context().dialect.name]()


def _append_only_in_sqlite() -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END"
        )


def _append_only_in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit chain is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )
