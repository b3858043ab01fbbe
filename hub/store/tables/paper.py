"""Tables of what the citizen holds: codes that open the page, papers that were printed before the hub knew, prints."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

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
