"""The tables. Every key begins with the hall, so that many halls can share one database.

Times are UTC microseconds, dates ISO text. Columns named `sealed` are AES-GCM under the data key.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from hub.store.delegate_tables import cover_table, delegate_table
from hub.store.fact_tables import fact_table
from hub.store.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_hall() -> Column[str]:
    return Column("hall", String(6), primary_key=True)


def of_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"])


hall = Table(
    "hall",
    metadata,
    of_hall(),
    Column("name", Text, nullable=False),
    Column("epoch", String(32), nullable=False),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Column("business_date", Date, nullable=False),
    Column("bulletin", Text, nullable=False, server_default=""),
)

duty = Table(
    "duty",
    metadata,
    of_hall(),
    Column("hub", String(48), nullable=False),
    Column("term", BigInteger, nullable=False),
    Column("beat", BigInteger, nullable=False),
)

policy = Table(
    "policy",
    metadata,
    of_hall(),
    Column("code", String(32), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    of_hall(),
    Column("business_date", Date, primary_key=True),
    Column("series", String(8), primary_key=True),
    Column("last", Integer, nullable=False),
)

case = Table(
    "case",
    metadata,
    of_hall(),
    Column("number", String(32), primary_key=True),
    Column("command_id", String(32), nullable=False),
    Column("business_date", Date, nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("stage", String(24), nullable=False),
    Column("matter", String(48), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("visits", Integer, nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("language", String(16), nullable=False),
    Column("scope", String(48), nullable=False),
    Column("policy_code", String(32), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("due_date", Date, nullable=False),
    Column("due", LargeBinary, nullable=False),
    Column("case_class", String(24), nullable=False, server_default=""),
    Column("department", String(48), nullable=False, server_default=""),
    Column("owner", String(48), nullable=False, server_default=""),
    Column("ticket_id", String(24), nullable=False, server_default=""),
    Column("answered_at", Moment),
    Column("paused_at", Moment),
    Column("kind", String(16), nullable=False, server_default="matter"),
    UniqueConstraint("hall", "command_id"),
    ForeignKeyConstraint(["hall", "policy_code", "policy_version"], ["policy.hall", "policy.code", "policy.version"]),
    Index(
        "ix_case_open_due",
        "hall",
        "due_date",
        "number",
        sqlite_where=text("answered_at IS NULL"),
        postgresql_where=text("answered_at IS NULL"),
    ),
    Index(
        "ix_case_open_department",
        "hall",
        "department",
        "due_date",
        "number",
        sqlite_where=text("answered_at IS NULL AND department <> ''"),
        postgresql_where=text("answered_at IS NULL AND department <> ''"),
    ),
    Index(
        "ix_case_department",
        "hall",
        "department",
        "business_date",
        "number",
        sqlite_where=text("department <> ''"),
        postgresql_where=text("department <> ''"),
    ),
    Index("ix_case_filed", "hall", "business_date", "number"),
)

person = Table(
    "person",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    of_case(),
)

lookup = Table(
    "lookup",
    metadata,
    of_hall(),
    Column("digest", LargeBinary(32), primary_key=True),
    Column("case_number", String(32), nullable=False),
    Column("medium", String(8), nullable=False),
    Column("revoked_at", Moment),
    of_case(),
)

ticket = Table(
    "ticket",
    metadata,
    of_hall(),
    Column("ticket_id", String(24), primary_key=True),
    Column("command_id", String(32), nullable=False),
    Column("business_date", Date, nullable=False),
    Column("series", String(8), nullable=False),
    Column("number", Integer, nullable=False),
    Column("service", String(48), nullable=False),
    Column("state", String(16), nullable=False),
    Column("taken_at", Moment, nullable=False),
    Column("window", Integer, nullable=False, server_default="0"),
    Column("called_at", Moment),
    Column("ended_at", Moment),
    Column("calls", Integer, nullable=False, server_default="0"),
    Column("case_number", String(32), nullable=False, server_default=""),
    Column("queue_date", Date, nullable=False),
    UniqueConstraint("hall", "command_id"),
    UniqueConstraint("hall", "business_date", "series", "number"),
    Index("ix_ticket_queue", "hall", "queue_date"),
)
"""`business_date` is the date of its number; `queue_date` that of the line it stands in, later when it was kept."""

paper = Table(
    "paper",
    metadata,
    of_hall(),
    Column("command_id", String(32), primary_key=True),
    Column("business_date", Date, nullable=False),
    Column("printed_at", Moment, nullable=False),
    Column("case_number", String(32), nullable=False),
    Column("ticket_number", String(32), nullable=False),
)

void_number = Table(
    "void_number",
    metadata,
    of_hall(),
    Column("number", String(48), primary_key=True),
    Column("command_id", String(32), primary_key=True),
    Column("stands", String(32), nullable=False),
    Column("reason", String(24), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_void_number_stands", "hall", "stands"),
)

step = Table(
    "step",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("move", String(24), nullable=False),
    Column("department", String(48), nullable=False, server_default=""),
    Column("staff", String(48), nullable=False, server_default=""),
    Column("sealed", LargeBinary),
    of_case(),
)

fact = fact_table(metadata)
delegate = delegate_table(metadata)
cover = cover_table(metadata)

work_order = Table(
    "work_order",
    metadata,
    of_hall(),
    Column("work_order_id", String(40), primary_key=True),
    Column("case_number", String(32), nullable=False),
    Column("department", String(48), nullable=False),
    Column("case_class", String(24), nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("sent_by", String(48), nullable=False),
    Column("due_date", Date, nullable=False),
    Column("due", LargeBinary, nullable=False),
    Column("sealed_note", LargeBinary),
    Column("accepted_at", Moment),
    Column("accepted_by", String(48), nullable=False, server_default=""),
    Column("replied_at", Moment),
    of_case(),
    Index("ix_work_order_case", "hall", "case_number"),
)

notice = Table(
    "notice",
    metadata,
    of_hall(),
    Column("notice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(24), nullable=False),
    Column("roles", Text, nullable=False),
    Column("department", String(48), nullable=False, server_default=""),
    Column("subject", String(48), nullable=False),
    Column("detail", String(48), nullable=False, server_default=""),
    Column("raised_at", Moment, nullable=False),
    Column("acknowledged_at", Moment),
    Column("acknowledged_by", String(48), nullable=False, server_default=""),
    Column("post", String(48), nullable=False, server_default=""),
    Index(
        "ix_notice_waiting",
        "hall",
        "notice_id",
        sqlite_where=text("acknowledged_at IS NULL"),
        postgresql_where=text("acknowledged_at IS NULL"),
    ),
)

event = Table(
    "event",
    metadata,
    of_hall(),
    Column("epoch", String(32), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

command = Table(
    "command",
    metadata,
    of_hall(),
    Column("command_id", String(32), primary_key=True),
    Column("terminal", String(48), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

print_outcome = Table(
    "print_outcome",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("job_id", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("detail", String(48), nullable=False),
    Column("reprint", Boolean, nullable=False),
    Column("terminal", String(48), nullable=False),
    Column("at", Moment, nullable=False),
    of_case(),
)

window = Table(
    "window",
    metadata,
    of_hall(),
    Column("number", Integer, primary_key=True),
    Column("open", Boolean, nullable=False),
)

terminal = Table(
    "terminal",
    metadata,
    of_hall(),
    Column("name", String(48), primary_key=True),
    Column("public_key", LargeBinary(40), nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("hall", "public_key"),
)

staff = Table(
    "staff",
    metadata,
    of_hall(),
    Column("staff", String(48), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("department", String(48), nullable=False, server_default=""),
    Column("pin_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("posts", Text, nullable=False, server_default=""),
)

login = Table(
    "login",
    metadata,
    of_hall(),
    Column("terminal", String(48), primary_key=True),
    Column("staff", String(48), nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["hall", "staff"], ["staff.hall", "staff.staff"]),
)

audit = Table(
    "audit",
    metadata,
    of_hall(),
    Column("ordinal", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("terminal", String(48), nullable=False),
    Column("staff", String(48), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("command_id", String(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)

# Tables of one field each, in modules of their own, join the same metadata.
from hub.store import (  # noqa: E402
    attachment_tables as attachment_tables,
    care_tables as care_tables,
    grievance_tables as grievance_tables,
)
