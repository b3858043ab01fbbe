"""After hours (R60): who has a number is served, and numbers are given while a window serves late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hub.domain import opening
from hub.domain.errors import UnknownCode
from hub.domain.hall import Service, Window
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


def nobody_waits(tx: Transaction, books: Books, window: Window, at: dt.datetime) -> Refused:
    """What a window is told that calls where nobody waits: whoever has a number is called at any hour."""
    services = [one for one in books.hall.services if one.code in window.services]
    if any(is_open(books, one, at) or ground(tx, books, at, one.code) for one in services):
        return Refused("queue_empty", "nobody waits for this window")
    return closed(books, at, services)


def is_open(books: Books, service: Service, at: dt.datetime) -> bool:
    """Whether numbers of the service are given at that moment."""
    return opening.is_open(opening.hours_of(books.policy, service), books.calendar, at.astimezone(books.zone))


def ground(tx: Transaction, books: Books, at: dt.datetime, service: str) -> str:
    """On what ground an open window serves it late; empty when none does."""
    serving = (one for one in _going_on(tx, books, at) if service in books.hall.window(one.window).services)
    return next((one.ground for one in serving), "")


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
