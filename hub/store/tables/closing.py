"""Tables of what comes after the answer. Words of citizens and staff stand in the case's timeline, sealed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

rating = Table(
    "rating",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("level", String(24), nullable=False),
    Column("staff", String(48), nullable=False),
    Column("sent_back", Boolean, nullable=False),
    of_case(),
)
"""`staff` is who asked the citizen. The clock of a case that was sent back counts from there on."""
