"""What somebody is told of how long they will wait."""

from __future__ import annotations

import datetime as dt

from hub.domain import estimate
from hub.domain.estimate import Wait
from hub.service.books import Books, Draft
from hub.wire import messages as m, waits


def expected(books: Books, draft: Draft, service: str, at: dt.datetime) -> Wait | None:
    """What to tell who takes a number now, behind those of this round."""
    picture = books.picture
    if waits.is_crowded(picture):
        draft.line = draft.line or waits.empty_line(books.hall, picture)
        return draft.line.rough(service, picture.waiting_count | draft.ahead)
    return _line(books, draft, at).wait(service)


def joined(books: Books, draft: Draft, service: str, at: dt.datetime) -> Wait | None:
    """The same, and they stand there from now on."""
    told = expected(books, draft, service, at)
    if draft.line is not None:
        draft.line.add(service)
    return told


def of_ticket(books: Books, ticket: m.TicketView, at: dt.datetime) -> Wait | None:
    """What to tell who stands in line already."""
    return waits.for_ticket(books.hall, books.picture, ticket, at)


def ahead_of(books: Books, ticket: m.TicketView, at: dt.datetime) -> int:
    """How many of the same service will be called before a ticket, as things stand."""
    return len(estimate.before(ticket, books.picture.waiting(ticket.service), at))


def minutes_until_served(books: Books, draft: Draft, service: str, at: dt.datetime, others: int) -> float | None:
    """When who comes now will have been served, should so many others go before them; None when nobody can say."""
    wait = expected(books, draft, service, at)
    if wait is None or draft.line is None:
        return None
    mean, windows = draft.line.mean(service), draft.line.windows(service)
    return (wait.low_min + wait.high_min) / 2 + others * mean / windows + mean


def _line(books: Books, draft: Draft, at: dt.datetime) -> estimate.Line:
    if draft.line is None:
        draft.line = waits.line_of(books.hall, books.picture, at)
    return draft.line
