"""Tables of the working calendar: its versions, kept for ever, and how many dates each has moved."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, String, Table, Text

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

calendar = Table(
    "calendar",
    metadata,
    of_hall(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("staff", String(48), nullable=False),
    Column("layer", String(8), nullable=False),
    Column("why", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""`staff` is empty where the hub itself took over the state's; `layer` says which of the two was changed."""

recount = Table(
    "recount",
    metadata,
    of_hall(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("department", String(48), primary_key=True),
    Column("cases", Integer, nullable=False),
    Column("told_at", Moment),
    ForeignKeyConstraint(["hall", "version"], ["calendar.hall", "calendar.version"]),
)
"""How many cases got another date with a version; `department` is empty for those that the window still has."""
