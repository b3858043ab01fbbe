"""Tables of what people were reminded of, and which notices went a step up."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKeyConstraint, String, Table

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

reminder = Table(
    "reminder",
    metadata,
    of_hall(),
    Column("case_number", String(32), primary_key=True),
    Column("due_date", Date, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(24), nullable=False),
    of_case(),
)
"""Each open case is looked at once a day for each of its due dates; `kind` is empty where nobody was reminded."""

escalation = Table(
    "escalation",
    metadata,
    of_hall(),
    Column("notice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["hall", "notice_id"], ["notice.hall", "notice.notice_id"]),
)
