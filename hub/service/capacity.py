"""How much of the day is left, and whether it is enough for who comes now (R56)."""

from __future__ import annotations

import datetime as dt

from hub.domain import opening
from hub.domain.hall import Service
from hub.service import waiting
from hub.service.books import Books, Draft
from hub.store import appointments as stored
from hub.store.transaction import Transaction
from hub.wire import messages as m


def is_over(tx: Transaction, books: Books, draft: Draft, now: dt.datetime, service: Service) -> bool:
    """Whether who comes now will hardly be served before closing, with those whose appointments are still to come.

    Never where the hall agrees on no other times, has no hours, or has no window open: then nobody can say.
    """
    if books.policy.appointments.over_capacity.value != "agree":
        return False
    local = now.astimezone(books.zone)
    closes = opening.closes_at(opening.hours_of(books.policy, service), books.calendar, local.date())
    if closes is None:
        return False
    to_come = sum(
        one.state == "booked" and one.service == service.code and starts_at(books, one) >= now
        for one in stored.of_day(tx, books.hall.code, local.date())
    )
    until = waiting.minutes_until_served(books, draft, service.code, now, to_come)
    left = dt.datetime.combine(local.date(), closes, books.zone) - local
    return until is not None and until > left.total_seconds() / 60


def starts_at(books: Books, found: m.AppointmentView | m.FreeSlot) -> dt.datetime:
    """The moment (UTC) of a time that was given or can be."""
    return dt.datetime.combine(found.date, found.slot, books.zone).astimezone(dt.UTC)
