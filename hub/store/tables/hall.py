"""Tables of the hall itself: its state and duty, its policies and counters, its windows and terminals."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

hall = Table(
    "hall",
    metadata,
    of_hall(),
    Column("name", Text, nullable=False),
    Column("epoch", String(32), nullable=False),
    Column("seq", BigInteger, nullable=False, server_default="0"),
    Column("business_date", Date, nullable=False),
    Column("bulletin", Text, nullable=False, server_default=""),
)

duty = Table(
    "duty",
    metadata,
    of_hall(),
    Column("hub", String(48), nullable=False),
    Column("term", BigInteger, nullable=False),
    Column("beat", BigInteger, nullable=False),
)

policy = Table(
    "policy",
    metadata,
    of_hall(),
    Column("code", String(32), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    of_hall(),
    Column("business_date", Date, primary_key=True),
    Column("series", String(8), primary_key=True),
    Column("last", Integer, nullable=False),
)

window = Table(
    "window",
    metadata,
    of_hall(),
    Column("number", Integer, primary_key=True),
    Column("open", Boolean, nullable=False),
    Column("why", String(8), nullable=False, server_default=""),
)
"""`why` it is not open; empty while it is."""

terminal = Table(
    "terminal",
    metadata,
    of_hall(),
    Column("name", String(48), primary_key=True),
    Column("public_key", LargeBinary(40), nullable=False),
    Column("enrolled_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("hall", "public_key"),
)
