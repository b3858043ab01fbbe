"""Tables of numbers worked by hand: blocks of slips, and what became of numbers. Nothing in them is changed."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

slip_block = Table(
    "slip_block",
    metadata,
    of_hall(),
    Column("block", String(16), primary_key=True),
    Column("series", String(8), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("service", String(48), nullable=False),
    Column("printed_at", Moment, nullable=False),
    Column("printed_by", String(48), nullable=False),
    Column("held_by", String(48), nullable=False),
    Column("epoch", String(32), nullable=False),
)
"""`epoch` is the one in which it was printed: after a restore numbers begin further on."""

slip_use = Table(
    "slip_use",
    metadata,
    of_hall(),
    Column("number", String(24), primary_key=True),
    Column("block", String(16)),
    Column("business_date", Date, nullable=False),
    Column("service", String(48), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("taken_at", Moment),
    Column("called_at", Moment),
    Column("ended_at", Moment),
    Column("window", Integer, nullable=False),
    Column("staff", String(48), nullable=False),
    Column("because", String(24), nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("entered_by", String(48), nullable=False),
    Column("ticket_id", String(24), nullable=False),
    ForeignKeyConstraint(["hall", "block"], ["slip_block.hall", "slip_block.block"]),
    Index("ix_slip_use_date", "hall", "business_date"),
    Index("ix_slip_use_block", "hall", "block"),
)
"""`number` is a slip's own for ever, or the id of the ticket that the hub gave; then there is no block.

`business_date` is the day it was worked on; of a void slip, on which it was entered.
"""
