"""Appointments for a day on which the hall is closed after all: a holiday that came later. Windows are told once."""

from __future__ import annotations

import datetime as dt

from hub.domain.hall import Role
from hub.service import appointments, notices
from hub.service.books import Books, Draft
from hub.store import appointments as stored
from hub.store.transaction import Transaction
from hub.wire import messages as m


def waits(db: Transaction, books: Books, now: dt.datetime) -> bool:
    """Whether anybody is to be told."""
    return bool(_days(db, books, now))


def tell(tx: Transaction, books: Books, draft: Draft, at: dt.datetime) -> list[m.Event]:
    """Tells windows and supervisors which days' appointments are to be moved; `ListAppointments` has them."""
    events: list[m.Event] = []
    for day, ids in _days(tx, books, at).items():
        stored.note_told(tx, books.hall.code, ids, at)
        told: tuple[Role, ...] = ("supervisor", "window")
        subject, detail = f"{day}", f"{len(ids)}"
        events += notices.tell(tx, books, draft, at, "appointments_called_off", told, subject, detail=detail)
    return events


def _days(db: Transaction, books: Books, now: dt.datetime) -> dict[dt.date, list[str]]:
    """Days with appointments that cannot be kept and of which nobody was told: their ids."""
    found: dict[dt.date, list[str]] = {}
    for one in stored.untold(db, books.hall.code, books.local_date(now)):
        if appointments.is_called_off(books, one):
            found.setdefault(one.date, []).append(one.appointment_id)
    return found
