"""The table of the registers: training, inspections, incidents and the like. Nothing in it is changed."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, LargeBinary, String, Table

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

register_entry = Table(
    "register_entry",
    metadata,
    of_hall(),
    Column("number", String(24), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("on_date", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("staff", String(48), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("ix_register_entry_kind", "hall", "kind", "on_date"),
)
"""`sealed` is the entry (`hub.domain.register`): it names people; `at` and `staff` say who recorded it when."""
