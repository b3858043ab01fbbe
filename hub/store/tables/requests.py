"""The table of home visits and online pre-reviews."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, text

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

request = Table(
    "request",
    metadata,
    of_hall(),
    Column("number", String(24), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("matter", String(48), nullable=False),
    Column("reference", String(64), nullable=False),
    Column("ground", String(48), nullable=False),
    Column("outlet", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("entered_by", String(48), nullable=False),
    Column("due_date", Date, nullable=False),
    Column("due_at", Moment),
    Column("remind_at", Moment),
    Column("answered_at", Moment),
    Column("visit_at", Moment),
    Column("done_at", Moment),
    Column("staff", String(200), nullable=False, server_default=""),
    Column("told_by", String(16), nullable=False, server_default=""),
    Column("late", Boolean, nullable=False),
    Column("case_number", String(32), nullable=False, server_default=""),
    Column("policy_code", String(32), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("sealed", LargeBinary),
    Column("sealed_answer", LargeBinary),
    Index(
        "ix_request_remind",
        "hall",
        "remind_at",
        sqlite_where=text("remind_at IS NOT NULL"),
        postgresql_where=text("remind_at IS NOT NULL"),
    ),
)
"""`remind_at` is nothing once nobody has to do anything; name, telephone, address and words are sealed."""
