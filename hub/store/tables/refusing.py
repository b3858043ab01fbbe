"""The table of 否定事项报备: refusals proposed, and what became of each. Its words stand in the case's timeline."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table, Text

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

refusal = Table(
    "refusal",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("basis", Text, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("proposed_by", String(48), nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", String(48), nullable=False, server_default=""),
    Column("approved", Boolean),
    of_case(),
)
