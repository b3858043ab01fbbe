"""What the public picture tells of waiting: the same for the wall, for answers and for the phone page. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from hub.domain import estimate
from hub.domain.estimate import Line, Wait
from hub.domain.hall import Hall
from hub.domain.ticket import AT_WINDOW, WAITING
from hub.wire.events import TicketView
from hub.wire.picture import Picture

EXACT_UP_TO = 120
"""Beyond so many waiting, who stands where among them changes nothing that anybody could be told."""


def for_newcomers(hall: Hall, picture: Picture, now: dt.datetime) -> dict[str, Wait | None]:
    """What to tell who takes a number now, by service; None when no window is open for it."""
    if is_crowded(picture):
        line = empty_line(hall, picture)
        return {one.code: line.rough(one.code, picture.waiting_count) for one in hall.services}
    line = line_of(hall, picture, now)
    return {one.code: line.wait(one.code) for one in hall.services}


def for_ticket(hall: Hall, picture: Picture, ticket: TicketView, now: dt.datetime) -> Wait | None:
    """The same for who stands in line already; whose time was given waits at least for that."""
    ahead = estimate.before(ticket, picture.waiting(), now)
    wait = _line(hall, picture, now, ahead, ticket.ticket_id).wait(ticket.service, ticket.for_window)
    if wait is None or ticket.not_before is None or ticket.not_before <= now:
        return wait
    given = _minutes(ticket.not_before, now)
    return Wait(max(wait.low_min, given), max(wait.high_min, given))


def line_of(hall: Hall, picture: Picture, now: dt.datetime) -> Line:
    """The line with everybody in it; `add` more and ask it again."""
    waiting = picture.waiting()
    ready = (one for one in waiting if one.not_before is None or one.not_before <= now)
    return _line(hall, picture, now, sorted(ready, key=estimate.rank))


def empty_line(hall: Hall, picture: Picture) -> Line:
    """The open windows with what their services take, and nobody in line."""
    return Line(hall, opened(picture), picture.took())


def is_crowded(picture: Picture) -> bool:
    return picture.waiting_count.total() > EXACT_UP_TO


def opened(picture: Picture) -> set[int]:
    return {number for number, window in picture.windows.items() if window.open}


def _line(hall: Hall, picture: Picture, now: dt.datetime, ahead: Iterable[TicketView], but_for: str = "") -> Line:
    line = empty_line(hall, picture)
    for one in picture.tickets.values():
        if one.state in AT_WINDOW and one.called_at is not None:
            line.serves(one.window, one.service, max(0.0, (now - one.called_at).total_seconds() / 60))
        elif one.not_before is not None and one.not_before > now and one.state in WAITING and one.ticket_id != but_for:
            line.expects(one.service, _minutes(one.not_before, now), one.for_window)
    for one in ahead:
        line.add(one.service, one.for_window)
    return line


def _minutes(at: dt.datetime, now: dt.datetime) -> int:
    return max(0, round((at - now).total_seconds() / 60))
