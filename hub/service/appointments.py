"""Appointments (R58) and times agreed on (R56): booked, moved, cancelled, listed. Whoever has the code has the time.

Decided one by one against the table, so that no slot is given away twice, whoever asks in the same round.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

import msgspec

from hub.domain import slots
from hub.domain.errors import DomainError, NotPrescribed, TextMissing
from hub.domain.hall import Service
from hub.domain.slots import AppointmentKind
from hub.errors import Refused
from hub.service import capacity
from hub.service.books import Asked, Books, Decision, Draft
from hub.service.capacity import starts_at
from hub.service.refusals import rejection
from hub.store import appointments as stored
from hub.store.transaction import Transaction
from hub.wire import messages as m

OFFERED = 6
"""How many free times are offered at once: as many as a screen has room for."""
LONGEST_REASON = 400


def book(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.BookAppointment) -> Decision:
    """Gives a time; refuses `not_prescribed`, `no_slot`, `slot_full`, and of times to agree on `capacity_left`."""
    service = books.hall.service(wanted.service)
    because = _because(tx, books, draft, asked, wanted)
    _must_be_free(tx, books, asked, service, wanted.date, wanted.slot, wanted.kind)
    made = m.AppointmentView(
        appointment_id=asked.command_id,
        code=stored.fresh_code(tx, books.hall.code, books.sealer, asked.command_id),
        service=service.code,
        date=wanted.date,
        slot=wanted.slot,
        kind=wanted.kind,
        state="booked",
        made_at=asked.at,
    )
    stored.add(tx, books.hall.code, books.sealer, made, asked.actor.staff, because, wanted.reason)
    return Decision(m.AppointmentMade(appointment=made), subject=_told(made))


def move(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.MoveAppointment) -> Decision:
    """Another time of the same kind under the same code; the old one is free again."""
    found = still_open(tx, books, asked, wanted.code)
    service = books.hall.service(found.service)
    if (wanted.date, wanted.slot) != (found.date, found.slot):
        _must_be_free(tx, books, asked, service, wanted.date, wanted.slot, found.kind)
        stored.move(tx, books.hall.code, found.appointment_id, wanted.date, wanted.slot)
    moved = msgspec.structs.replace(found, date=wanted.date, slot=wanted.slot)
    return Decision(m.AppointmentMade(appointment=as_told(books, moved)), subject=f"{_told(found)} to {_told(moved)}")


def cancel(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.CancelAppointment) -> Decision:
    """Its place is free again."""
    found = still_open(tx, books, asked, wanted.code)
    stored.cancel(tx, books.hall.code, found.appointment_id, asked.at)
    ended = msgspec.structs.replace(found, state="cancelled")
    return Decision(m.AppointmentMade(appointment=ended), subject=_told(found))


# --- questions


def list_slots(db: Transaction, books: Books, asked: Asked, query: m.ListSlots) -> m.Answer:
    try:
        service = books.hall.service(query.service)
    except DomainError as wrong:
        return rejection(wrong)
    return m.SlotList(slots=tuple(of_day(db, books, asked.at, service, query.date, query.kind)))


def list_appointments(db: Transaction, books: Books, _asked: Asked, query: m.ListAppointments) -> m.Answer:
    found = stored.of_day(db, books.hall.code, query.date)
    return m.AppointmentList(appointments=tuple(as_told(books, one) for one in found))


# --- what the modules of appointments share


def named(tx: Transaction, books: Books, asked: Asked, code: str) -> m.AppointmentView:
    """The appointment of a code; refuses `unknown_appointment`, and `too_many_codes` where too many were that."""
    books.codes.must_be_left(asked)
    found = stored.find(tx, books.hall.code, code)
    if found is None:
        books.codes.failed(asked)
        raise Refused("unknown_appointment", "no appointment has this code; read it again, or take a number")
    return found


def still_open(tx: Transaction, books: Books, asked: Asked, code: str) -> m.AppointmentView:
    """One that can be moved or cancelled; refuses `appointment_ended`."""
    found = named(tx, books, asked, code)
    if found.state != "booked" or found.date < books.local_date(asked.at):
        how = "is over" if found.state == "booked" else f"was {found.state.replace('_', ' ')}"
        raise Refused("appointment_ended", f"the appointment of {found.date} {found.slot:%H:%M} {how}; book another")
    return found


def as_told(books: Books, found: m.AppointmentView) -> m.AppointmentView:
    """With whether the hall is closed then after all."""
    return msgspec.structs.replace(found, called_off=found.state == "booked" and is_called_off(books, found))


def is_called_off(books: Books, found: m.AppointmentView) -> bool:
    """Whether that day, or that time of it, has no slots any more."""
    service = next((one for one in books.hall.services if one.code == found.service), None)
    return service is None or not slots.is_served(books.policy, books.calendar, service, found.date, found.slot)


def of_day(
    db: Transaction, books: Books, now: dt.datetime, service: Service, day: dt.date, kind: AppointmentKind
) -> Iterator[m.FreeSlot]:
    """The slots of that day that can be given and have not begun, with how many are free."""
    today = books.local_date(now)
    offered = books.policy.appointments.taken.value or kind == "overload"
    if not offered or not today <= day <= slots.last_day(books.policy, books.calendar, today):
        return
    given = stored.taken(db, books.hall.code, service.code, day, kind)
    quotas = slots.quotas(books.hall, books.policy, books.calendar, service, day, kind)
    for slot, quota in quotas.items():
        found = m.FreeSlot(date=day, slot=slot, quota=quota, free=max(0, quota - given[slot]))
        if quota and starts_at(books, found) > now:
            yield found


def free_times(
    db: Transaction, books: Books, now: dt.datetime, service: Service, kind: AppointmentKind, since: dt.date
) -> tuple[m.FreeSlot, ...]:
    """The next free times from that day on, as many as are offered at once."""
    last = slots.last_day(books.policy, books.calendar, books.local_date(now))
    days = (since + dt.timedelta(days=ahead) for ahead in range(max(0, (last - since).days + 1)))
    free = (one for day in days for one in of_day(db, books, now, service, day, kind) if one.free)
    return tuple(islice(free, OFFERED))


def _must_be_free(
    tx: Transaction,
    books: Books,
    asked: Asked,
    service: Service,
    day: dt.date,
    slot: dt.time,
    kind: AppointmentKind,
) -> None:
    """Refuses `no_slot` for a time that is not given, and `slot_full`; both with the next free times."""
    today = books.local_date(asked.at)
    last = slots.last_day(books.policy, books.calendar, today)
    found = [one for one in of_day(tx, books, asked.at, service, day, kind) if one.slot == slot]
    if found and found[0].free:
        return
    times = free_times(tx, books, asked.at, service, kind, day if today <= day <= last else today)
    if not found:
        given = f"times of {service.code} are given from {today} to {last}, in the slots of ListSlots"
        raise Refused("no_slot", f"no time is given at {slot:%H:%M} on {day}; {given}", times=times)
    full = f"all {found[0].quota} of {slot:%H:%M} on {day} are given away; choose another"
    raise Refused("slot_full", full, times=times)


def _because(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.BookAppointment) -> str:
    """Why a time may be given: empty for an appointment, else what the hub sees or that staff say so."""
    rules = books.policy.appointments
    if len(wanted.reason) > LONGEST_REASON:
        raise Refused("too_long", f"a reason has at most {LONGEST_REASON} characters")
    if wanted.kind == "booked":
        if not rules.taken.value:
            raise NotPrescribed("appointments", books.policy.document)
        return ""
    if rules.over_capacity.value != "agree":
        raise NotPrescribed("times to agree on", books.policy.document)
    if capacity.is_over(tx, books, draft, asked.at, books.hall.service(wanted.service)):
        return "over_capacity"
    if asked.actor.role == "kiosk":
        raise Refused("capacity_left", "today's can still be served: take a number")
    if not wanted.reason.strip():
        raise TextMissing("a time agreed on though today's can be served")
    return "staff"


def _told(found: m.AppointmentView) -> str:
    return f"{found.appointment_id[:8]} {found.service} {found.date} {found.slot:%H:%M}"
