"""The tables of what is done around a case: versions of checklists, and records."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

checklist = Table(
    "checklist",
    metadata,
    of_hall(),
    Column("matter", String(48), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_by", String(48), nullable=False),
)

record = Table(
    "record",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("at", Moment, nullable=False),
    Column("staff", String(48), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    of_case(),
)
"""`version` is that of the checklist behind a one-time notice, else 0; what was told or given is sealed."""
