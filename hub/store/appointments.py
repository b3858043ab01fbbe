"""Appointment rows: whoever has the code has the appointment."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from hub.domain.slots import AppointmentKind
from hub.domain.ticket import Lane
from hub.store.schema import appointment
from hub.store.sealing import Sealer
from hub.wire.messages import AppointmentView

CODE_LENGTH = 6
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def add(tx: Connection, hall: str, sealer: Sealer, made: AppointmentView, staff: str, because: str, why: str) -> None:
    """Keeps a fresh one; `because` and the words `why` say why a time was agreed on."""
    tx.execute(
        insert(appointment).values(
            hall=hall,
            appointment_id=made.appointment_id,
            code=made.code,
            service=made.service,
            date=made.date,
            slot=made.slot,
            kind=made.kind,
            state=made.state,
            made_at=made.made_at,
            staff=staff,
            because=because,
            sealed=sealer.seal_text(why, f"appointment/{made.appointment_id}"),
        )
    )


def fresh_code(tx: Connection, hall: str, sealer: Sealer, appointment_id: str) -> str:
    """Six characters that nobody can guess and no appointment has had."""
    attempt = 0
    while True:
        bits = int.from_bytes(sealer.fingerprint("appointment", f"{appointment_id}/{attempt}".encode())[:8], "big")
        code = "".join(_LETTERS[bits >> shift & 31] for shift in range(0, 5 * CODE_LENGTH, 5))
        if find(tx, hall, code) is None:
            return code
        attempt += 1


def as_kept(code: str) -> str:
    """A code however it was typed: with spaces or hyphens, small, O for 0."""
    return "".join(code.split()).replace("-", "").upper().translate(_READ_AS)


def find(tx: Connection, hall: str, code: str) -> AppointmentView | None:
    """The appointment that a code opens."""
    row = tx.execute(
        select(appointment).where(appointment.c.hall == hall, appointment.c.code == as_kept(code))
    ).one_or_none()
    return None if row is None else _view(row)


def of_day(tx: Connection, hall: str, day: dt.date) -> list[AppointmentView]:
    rows = tx.execute(
        select(appointment)
        .where(appointment.c.hall == hall, appointment.c.date == day)
        .order_by(appointment.c.slot, appointment.c.made_at, appointment.c.appointment_id)
    )
    return [_view(row) for row in rows]


def taken(tx: Connection, hall: str, service: str, day: dt.date, kind: AppointmentKind) -> Counter[dt.time]:
    """How many of each slot are given away; what was cancelled is free again."""
    rows = tx.execute(
        select(appointment.c.slot, func.count().label("given"))
        .where(
            appointment.c.hall == hall,
            appointment.c.date == day,
            appointment.c.service == service,
            appointment.c.kind == kind,
            appointment.c.state != "cancelled",
        )
        .group_by(appointment.c.slot)
    )
    return Counter({row.slot: row.given for row in rows})


def move(tx: Connection, hall: str, appointment_id: str, day: dt.date, slot: dt.time) -> None:
    """Another time; should that be called off too, windows are told anew."""
    tx.execute(
        update(appointment)
        .where(*_is(hall, appointment_id))
        .values(date=day, slot=slot, moves=appointment.c.moves + 1, called_off_told=None)
    )


def cancel(tx: Connection, hall: str, appointment_id: str, at: dt.datetime) -> None:
    tx.execute(update(appointment).where(*_is(hall, appointment_id)).values(state="cancelled", ended_at=at))


def check_in(tx: Connection, hall: str, appointment_id: str, ticket_id: str, lane: Lane, at: dt.datetime) -> None:
    """The citizen is here and has this ticket."""
    tx.execute(
        update(appointment)
        .where(*_is(hall, appointment_id))
        .values(state="checked_in", ended_at=at, ticket_id=ticket_id, lane=lane)
    )


def untold(tx: Connection, hall: str, since: dt.date) -> list[AppointmentView]:
    """Those from that day on that are open, and of which no window was told that they are called off."""
    rows = tx.execute(
        select(appointment)
        .where(
            appointment.c.hall == hall,
            appointment.c.date >= since,
            appointment.c.state == "booked",
            appointment.c.called_off_told.is_(None),
        )
        .order_by(appointment.c.date, appointment.c.slot)
    )
    return [_view(row) for row in rows]


def note_told(tx: Connection, hall: str, ids: Sequence[str], at: dt.datetime) -> None:
    """Windows were told that the hall is closed then."""
    tx.execute(
        update(appointment)
        .where(appointment.c.hall == hall, appointment.c.appointment_id.in_(ids))
        .values(called_off_told=at)
    )


def _is(hall: str, appointment_id: str) -> tuple[Any, ...]:
    return appointment.c.hall == hall, appointment.c.appointment_id == appointment_id


def _view(row: Any) -> AppointmentView:
    return AppointmentView(
        appointment_id=row.appointment_id,
        code=row.code,
        service=row.service,
        date=row.date,
        slot=row.slot,
        kind=row.kind,
        state=row.state,
        made_at=row.made_at,
        ticket_id=row.ticket_id or "",
        checked_in_at=row.ended_at if row.state == "checked_in" else None,
    )
