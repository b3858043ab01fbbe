"""The table of the queue."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

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
