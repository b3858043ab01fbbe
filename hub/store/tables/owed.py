"""The table of what is still owed about a case; a row goes when it is done."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

owed = Table(
    "owed",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("what", String(16), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("due_date", Date),
    Column("remind_on", Date),
    Column("calendar_version", Integer, nullable=False, server_default="0"),
    of_case(),
    Index("ix_owed_remind", "hall", "remind_on", "case_number"),
    Index("ix_owed_calendar", "hall", "calendar_version", "case_number", "what"),
)
"""`due_date` is empty where no time is named, `remind_on` where nobody is reminded."""
