"""预约: times of a day that are given in advance, who has them, and what may be done with each (R56, R58). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from hub.domain.hall import Role, Value
from hub.domain.slots import AppointmentKind
from hub.wire.messages import AppointmentView, BookAppointment, FreeSlot

KINDS: tuple[AppointmentKind, ...] = ("booked", "overload")
Missing = Literal["service", "slot"]
RowMove = Literal["check_in", "move", "cancel"]
Standing = Literal["booked", "checked_in", "cancelled", "called_off", "over"]


class Booking(Value, frozen=True):
    """What is filled in."""

    service: str = ""
    date: dt.date | None = None
    slot: dt.time | None = None
    kind: AppointmentKind = "booked"
    reason: str = ""


def missing(told: Booking) -> tuple[Missing, ...]:
    """What a booking still lacks."""
    lacks: list[Missing] = []
    if not told.service:
        lacks.append("service")
    if told.date is None or told.slot is None:
        lacks.append("slot")
    return tuple(lacks)


def command(told: Booking) -> BookAppointment:
    """The command of a booking that lacks nothing."""
    assert told.date is not None
    assert told.slot is not None
    return BookAppointment(
        service=told.service, date=told.date, slot=told.slot, kind=told.kind, reason=told.reason.strip()
    )


def standing(one: AppointmentView, today: dt.date) -> Standing:
    """How an appointment stands today."""
    if one.state != "booked":
        return one.state
    if one.called_off:
        return "called_off"
    return "over" if one.date < today else "booked"


def moves(
    one: AppointmentView, today: dt.date, role: Role, slot: tuple[dt.date, dt.time] | None
) -> tuple[RowMove, ...]:
    """What may be done with it: checked in at a window on its day, moved to the time that is marked, cancelled."""
    if one.state != "booked" or one.date < today:
        return ()
    here: tuple[RowMove, ...] = ("check_in",) if role == "window" and one.date == today else ()
    to: tuple[RowMove, ...] = ("move",) if slot is not None and slot != (one.date, one.slot) else ()
    return (*here, *to, "cancel")


def in_order(listed: Iterable[AppointmentView]) -> list[AppointmentView]:
    """By their times; those that still come first."""
    return sorted(listed, key=lambda one: (one.state != "booked", one.slot, one.service, one.code))


def free(slots: Iterable[FreeSlot]) -> int:
    return sum(one.free for one in slots)
