"""The table of the suggestion box."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, LargeBinary, String, Table, text

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

suggestion = Table(
    "suggestion",
    metadata,
    of_hall(),
    Column("number", String(24), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("left_at", Moment, nullable=False),
    Column("left_by", String(48), nullable=False),
    Column("language", String(16), nullable=False),
    Column("check_on", Date),
    Column("handled_at", Moment),
    Column("handled_by", String(48), nullable=False, server_default=""),
    Column("erased_at", Moment),
    Column("sealed", LargeBinary),
    Column("sealed_result", LargeBinary),
    Index(
        "ix_suggestion_check",
        "hall",
        "check_on",
        sqlite_where=text("check_on IS NOT NULL"),
        postgresql_where=text("check_on IS NOT NULL"),
    ),
)
"""`check_on` is when the box is looked through next for this one, nothing once it was dealt with; words, name and
telephone are sealed, and so is what was done. `left_by` is the terminal."""
