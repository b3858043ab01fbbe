"""Tables of the staff: who works here, who is logged in where, who covers for whom (AB 岗), and each time they did."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKeyConstraint, Integer, LargeBinary, String, Table, Text

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

staff = Table(
    "staff",
    metadata,
    of_hall(),
    Column("staff", String(48), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("department", String(48), nullable=False, server_default=""),
    Column("pin_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("posts", Text, nullable=False, server_default=""),
)

login = Table(
    "login",
    metadata,
    of_hall(),
    Column("terminal", String(48), primary_key=True),
    Column("staff", String(48), nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["hall", "staff"], ["staff.hall", "staff.staff"]),
)

delegate = Table(
    "delegate",
    metadata,
    of_hall(),
    Column("staff", String(48), primary_key=True),
    Column("delegate", String(48), nullable=False),
    Column("named_at", Moment, nullable=False),
    Column("named_by", String(48), nullable=False),
)

cover = Table(
    "cover",
    metadata,
    of_hall(),
    Column("ordinal", Integer, primary_key=True),
    Column("absent", String(48), nullable=False),
    Column("delegate", String(48), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("stepped_in", Boolean, nullable=False),
    Column("liable", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("sealed_note", LargeBinary),
)
"""`stepped_in`: by the delegate himself, without a handover; `liable`: as the policy said on that day."""
