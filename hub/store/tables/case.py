"""Tables of a case: itself, its citizen, its timeline and what was laid down beside it, its work orders."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

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
    Column("calendar_version", Integer, nullable=False, server_default="0"),
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
    Index(
        "ix_case_open_calendar",
        "hall",
        "calendar_version",
        "number",
        sqlite_where=text("answered_at IS NULL"),
        postgresql_where=text("answered_at IS NULL"),
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

fact = Table(
    "fact",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("staff", String(48), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    of_case(),
)
"""`kind` is the fact's name; its fields are sealed, for they quote people."""

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
