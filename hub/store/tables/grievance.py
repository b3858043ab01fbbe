"""The table of 投诉, beside their cases."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, LargeBinary, String, Table, Text

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

grievance = Table(
    "grievance",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("ground", String(48), nullable=False),
    Column("weight", Text, nullable=False),
    Column("department", String(48), nullable=False),
    Column("respondent_staff", String(48), nullable=False),
    Column("barred", Boolean, nullable=False),
    Column("must_be_written", Boolean, nullable=False),
    Column("written_at", Moment),
    Column("sealed", LargeBinary),
    of_case(),
    Index("ix_grievance_respondent", "hall", "respondent_staff", "department"),
)
"""`barred`: the respondent is kept away from it; the policy under which it was lodged says so (R11)."""
