"""Tables of what happened: the feed, commands with their answers, the audit chain; and notices that wait on people."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, Text, text

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

event = Table(
    "event",
    metadata,
    of_hall(),
    Column("epoch", String(32), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

command = Table(
    "command",
    metadata,
    of_hall(),
    Column("command_id", String(32), primary_key=True),
    Column("terminal", String(48), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    of_hall(),
    Column("ordinal", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("terminal", String(48), nullable=False),
    Column("staff", String(48), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("command_id", String(32), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)

notice = Table(
    "notice",
    metadata,
    of_hall(),
    Column("notice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(24), nullable=False),
    Column("roles", Text, nullable=False),
    Column("department", String(48), nullable=False, server_default=""),
    Column("subject", String(48), nullable=False),
    Column("detail", String(48), nullable=False, server_default=""),
    Column("raised_at", Moment, nullable=False),
    Column("acknowledged_at", Moment),
    Column("acknowledged_by", String(48), nullable=False, server_default=""),
    Column("post", String(48), nullable=False, server_default=""),
    Index(
        "ix_notice_waiting",
        "hall",
        "notice_id",
        sqlite_where=text("acknowledged_at IS NULL"),
        postgresql_where=text("acknowledged_at IS NULL"),
    ),
)
