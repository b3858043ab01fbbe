"""Tables of the queue: the tickets, and every step they took."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
)

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
    Column("lane", String(16), nullable=False, server_default="line"),
    Column("stands_at", Moment),
    Column("not_before", Moment),
    Column("for_window", Integer, nullable=False, server_default="0"),
    Column("passed", Integer, nullable=False, server_default="0"),
    Column("chances", Integer, nullable=False, server_default="0"),
    UniqueConstraint("hall", "command_id"),
    UniqueConstraint("hall", "business_date", "series", "number"),
    Index("ix_ticket_queue", "hall", "queue_date"),
)
"""`business_date` is the date of its number; `queue_date` that of the line it stands in, later when it was kept."""

ticket_step = Table(
    "ticket_step",
    metadata,
    of_hall(),
    Column("ticket_id", String(24), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("move", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("service", String(48), nullable=False),
    Column("window", Integer, nullable=False, server_default="0"),
    Column("lane", String(16), nullable=False),
    Column("stands_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("for_window", Integer, nullable=False, server_default="0"),
    Column("staff", String(48), nullable=False, server_default=""),
    Column("because", String(16), nullable=False, server_default=""),
    Column("passed", Integer, nullable=False, server_default="0"),
    Column("ground", String(24), nullable=False, server_default=""),
    Column("post", String(24), nullable=False, server_default=""),
    Column("sealed", LargeBinary),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Column("only_service", String(48), nullable=False, server_default=""),
    Column("only_lane", String(16), nullable=False, server_default=""),
    ForeignKeyConstraint(["hall", "ticket_id"], ["ticket.hall", "ticket.ticket_id"], onupdate="CASCADE"),
    Index("ix_ticket_step_at", "hall", "at"),
    Index("ix_ticket_step_seq", "hall", "seq", unique=True),
)
"""Append-only: how a ticket stood after each move, who moved it, and why; being taken is the ticket's own row.

`seq` orders the steps of all tickets: replayed by it, `hub.domain.queue.pick` says the same again. A ticket is in the
line since it was taken, or since its `join` where a paper was printed without the hub. `passed` is how many stood
before it when it was called, `only_service` and `only_lane` what the window asked for, `ground` a code of the policy,
`post` whose word it was, `sealed` the reason in words.
"""

line_rules = Table(
    "line_rules",
    metadata,
    of_hall(),
    Column("ordinal", BigInteger, primary_key=True, autoincrement=False),
    Column("epoch", String(32), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("business_date", Date, nullable=False),
    Column("opened", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_line_rules_day", "hall", "business_date"),
)
"""The rules of the line (`hub.domain.line_rules`) in force after a link of the audit chain and an event of the feed.

A row begins each business date, and each change of the rules; `opened` are the windows that were open then.
"""
