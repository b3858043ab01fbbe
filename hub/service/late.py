"""After hours (R60): who took a number within them is served, and others while a window serves late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hub.domain import opening
from hub.domain.errors import UnknownCode
from hub.domain.hall import Service, Window
from hub.domain.numbers import read_ticket_number
from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import late as stored
from hub.store.transaction import Transaction
from hub.wire import messages as m

LONGEST_REASON = 400


def serve_late(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ServeLate) -> Decision:
    """延时服务: this window goes on on a ground of the policy; refuses `not_later` for a time that has passed."""
    grounds = books.policy.opening.late_grounds.value
    if wanted.ground not in [one.code for one in grounds]:
        raise UnknownCode("ground for late service", wanted.ground, [one.code for one in grounds])
    if wanted.until is not None and wanted.until <= asked.at:
        raise Refused("not_later", "late service ends later than now; leave `until` out to go on until it is done")
    if len(wanted.reason) > LONGEST_REASON:
        raise Refused("too_long", f"a reason has at most {LONGEST_REASON} characters")
    number = books.hall.window(asked.actor.terminal.window).number
    stored.end(tx, books.hall.code, number, asked.at)  # another ground takes the place of the first
    begun = m.LateWindow(window=number, ground=wanted.ground, since=asked.at, until=wanted.until)
    day = books.business_date
    stored.begin(tx, books.hall.code, books.sealer, day, begun, asked.actor.staff, wanted.reason)
    return Decision(m.Done(), subject=f"window-{number} {wanted.ground}")


def end_late(tx: Transaction, books: Books, _draft: Draft, asked: Asked, _wanted: m.EndLate) -> Decision:
    """It is done; a second time changes nothing."""
    number = books.hall.window(asked.actor.terminal.window).number
    stored.end(tx, books.hall.code, number, asked.at)
    return Decision(m.Done(), subject=f"window-{number}")


def read_opening(db: Transaction, books: Books, asked: Asked, _query: m.ReadOpening) -> m.Answer:
    return m.OpeningNow(
        services=tuple(_opening(books, one, asked.at) for one in books.hall.services),
        late=tuple(_going_on(db, books, asked.at)),
    )


# --- what the queue asks


@dataclass(frozen=True)
class AtThisHour:
    """Whom a window may call at this hour; those of `after_hours` because it serves late, on that ground."""

    tickets: list[m.TicketView]
    after_hours: frozenset[str] = frozenset()
    ground: str = ""

    def ground_of(self, ticket: m.TicketView) -> str:
        return self.ground if ticket.ticket_id in self.after_hours else ""


def callable_now(
    tx: Transaction, books: Books, asked: Asked, window: Window, waiting: list[m.TicketView]
) -> AtThisHour:
    """Those who took their number within the hours, and while the window serves late everybody; else `closed`."""
    services = [one for one in books.hall.services if one.code in window.services]
    shut = {one.code for one in services if not is_open(books, one, asked.at)}
    if not shut:
        return AtThisHour(waiting)
    others = frozenset(one.ticket_id for one in waiting if one.service in shut and not _came_in_time(books, one))
    serves_late = next((one for one in _going_on(tx, books, asked.at) if one.window == window.number), None)
    if serves_late is not None:
        return AtThisHour(waiting, others, serves_late.ground)
    allowed = [one for one in waiting if one.ticket_id not in others]
    if not allowed and (others or len(shut) == len(services)):
        raise closed(books, asked.at, [one for one in services if one.code in shut])
    return AtThisHour(allowed)


def is_open(books: Books, service: Service, at: dt.datetime) -> bool:
    """Whether numbers of the service are given at that moment."""
    return opening.is_open(opening.hours_of(books.policy, service), books.calendar, at.astimezone(books.zone))


def serving(tx: Transaction, books: Books, at: dt.datetime, service: str) -> bool:
    """Whether an open window serves it late."""
    return any(service in books.hall.window(one.window).services for one in _going_on(tx, books, at))


def closed(books: Books, at: dt.datetime, services: Iterable[Service]) -> Refused:
    """What is said outside the hours, with when they begin again."""
    opens = [one for service in services if (one := _opens_next(books, service, at)) is not None]
    if not opens:
        return Refused("closed", "numbers of this service are not given on any of the next days; ask at the desk")
    local = min(opens).astimezone(books.zone)
    text = f"numbers are given again from {local:%Y-%m-%d %H:%M}; a complaint is taken at any hour"
    return Refused("closed", text, opens_at=min(opens))


def _going_on(tx: Transaction, books: Books, at: dt.datetime) -> list[m.LateWindow]:
    """Windows that serve late now: while they are open, on the business date."""
    windows = books.picture.windows
    known = {one.number for one in books.hall.windows}
    found = stored.going_on(tx, books.hall.code, books.business_date, at)
    return [one for one in found if one.window in known and one.window in windows and windows[one.window].open]


def _came_in_time(books: Books, ticket: m.TicketView) -> bool:
    """Whether a ticket was given within the hours, or is of those that no hour refuses."""
    if ticket.lane == "appointment" or ticket.case_number:
        return True
    series = read_ticket_number(ticket.number).series
    service = next((one for one in books.hall.services if one.letter == series), None)
    return service is None or is_open(books, service, ticket.taken_at)


def _opening(books: Books, service: Service, at: dt.datetime) -> m.ServiceOpening:
    now_open = is_open(books, service, at)
    hours, day = opening.hours_of(books.policy, service), books.local_date(at)
    closes = opening.closes_at(hours, books.calendar, day)
    return m.ServiceOpening(
        service=service.code,
        open=now_open,
        closes_at=dt.datetime.combine(day, closes, books.zone).astimezone(dt.UTC) if closes and now_open else None,
        opens_at=None if now_open else _opens_next(books, service, at),
    )


def _opens_next(books: Books, service: Service, at: dt.datetime) -> dt.datetime | None:
    found = opening.opens_next(opening.hours_of(books.policy, service), books.calendar, at.astimezone(books.zone))
    return found and found.astimezone(dt.UTC)
