"""Tables of times given in advance (R56, R58) and of windows that went on after hours (R60)."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Time,
    UniqueConstraint,
)

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_hall

appointment = Table(
    "appointment",
    metadata,
    of_hall(),
    Column("appointment_id", String(32), primary_key=True),
    Column("code", String(12), nullable=False),
    Column("service", String(48), nullable=False),
    Column("date", Date, nullable=False),
    Column("slot", Time, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("staff", String(48), nullable=False, server_default=""),
    Column("because", String(24), nullable=False, server_default=""),
    Column("moves", Integer, nullable=False, server_default="0"),
    Column("ended_at", Moment),
    Column("ticket_id", String(24)),
    Column("lane", String(16), nullable=False, server_default=""),
    Column("called_off_told", Moment),
    Column("sealed", LargeBinary),
    UniqueConstraint("hall", "code"),
    ForeignKeyConstraint(["hall", "ticket_id"], ["ticket.hall", "ticket.ticket_id"], onupdate="CASCADE"),
    Index("ix_appointment_day", "hall", "date", "service"),
)
"""No person in it: whoever has the code has the appointment. `appointment_id` is the command that made it.

`because` says why a time was agreed on (`over_capacity` as the hub saw, or `staff` with the sealed reason); `ended_at`
is when it was checked in or cancelled, `lane` how the ticket came to stand: `line` for who came late. `called_off_told`
is when windows were told that the hall is closed then.
"""

late_service = Table(
    "late_service",
    metadata,
    of_hall(),
    Column("window", Integer, primary_key=True),
    Column("since", Moment, primary_key=True),
    Column("business_date", Date, nullable=False),
    Column("ground", String(24), nullable=False),
    Column("until", Moment),
    Column("ended_at", Moment),
    Column("staff", String(48), nullable=False),
    Column("sealed", LargeBinary),
)
"""延时服务: a window that goes on after hours on a ground of the policy, until then or until it is done."""
