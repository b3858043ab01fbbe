"""Ticket rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from hub.domain.numbers import ticket_number
from hub.domain.ticket import AT_WINDOW, WAITING
from hub.store.schema import ticket
from hub.wire.messages import TicketView

LEFT_THE_LINE = ("done", "withdrawn", "no_show")


def find(tx: Connection, hall: str, ticket_id: str, day: dt.date | None = None) -> TicketView | None:
    """A ticket by its id, of any line or of one day's line only."""
    row = tx.execute(
        _FIND if day is None else _FIND_IN_LINE, {"of_hall": hall, "id": ticket_id, "day": day}
    ).one_or_none()
    return None if row is None else view(row)


def waiting(tx: Connection, hall: str, day: dt.date, services: tuple[str, ...]) -> list[TicketView]:
    """The waiting tickets of these services in the day's line, kept ones with them, in no order."""
    return _views(tx, hall, day, ticket.c.state.in_(WAITING), ticket.c.service.in_(services))


def waiting_for(tx: Connection, hall: str, day: dt.date, window: int, services: tuple[str, ...]) -> list[TicketView]:
    """The same, and those bound to this window whatever they wait for."""
    mine = ticket.c.service.in_(services) | (ticket.c.for_window == window)
    return _views(tx, hall, day, ticket.c.state.in_(WAITING), mine)


def at_window(tx: Connection, hall: str, day: dt.date, number: int) -> list[TicketView]:
    """The tickets that a window has called or serves."""
    return _views(tx, hall, day, ticket.c.state.in_(AT_WINDOW), ticket.c.window == number)


def bound_to(tx: Connection, hall: str, day: dt.date, number: int) -> list[TicketView]:
    """The waiting tickets that this window alone may call."""
    return _views(tx, hall, day, ticket.c.state.in_(WAITING), ticket.c.for_window == number)


def of_day(tx: Connection, hall: str, day: dt.date) -> list[TicketView]:
    return _views(tx, hall, day)


def unended(tx: Connection, hall: str, since: dt.date, before: dt.date) -> list[TicketView]:
    """Tickets of those days that nobody ended, as they were taken; what is older was ended when its own day turned."""
    rows = tx.execute(
        select(ticket)
        .where(
            ticket.c.hall == hall,
            ticket.c.queue_date >= since,
            ticket.c.queue_date < before,
            ticket.c.state.not_in(LEFT_THE_LINE),
        )
        .order_by(ticket.c.taken_at, ticket.c.series, ticket.c.number)
    )
    return [view(row) for row in rows]


def keep(tx: Connection, hall: str, since: dt.date, day: dt.date) -> None:
    """Lets all of the days since then that nobody ended stand in that day's line."""
    tx.execute(
        update(ticket)
        .where(
            ticket.c.hall == hall,
            ticket.c.queue_date >= since,
            ticket.c.queue_date < day,
            ticket.c.state.not_in(LEFT_THE_LINE),
        )
        .values(queue_date=day)
    )


def save(tx: Connection, hall: str, changed: TicketView) -> None:
    """Writes what a move changed."""
    tx.execute(
        update(ticket)
        .where(ticket.c.hall == hall, ticket.c.ticket_id == changed.ticket_id)
        .values(
            state=changed.state,
            window=changed.window,
            called_at=changed.called_at,
            ended_at=changed.ended_at,
            calls=changed.calls,
            service=changed.service,
            lane=changed.lane,
            stands_at=changed.stands_at,
            not_before=changed.not_before,
            for_window=changed.for_window,
            passed=changed.passed,
        )
    )


def pass_by(tx: Connection, hall: str, ids: Sequence[str]) -> None:
    """Somebody with a later place was called: each of these was passed once more."""
    tx.execute(
        update(ticket).where(ticket.c.hall == hall, ticket.c.ticket_id.in_(ids)).values(passed=ticket.c.passed + 1)
    )


def come_back(tx: Connection, hall: str, ticket_id: str) -> None:
    """Counts a chance that was taken."""
    tx.execute(
        update(ticket)
        .where(ticket.c.hall == hall, ticket.c.ticket_id == ticket_id)
        .values(chances=ticket.c.chances + 1)
    )


def chances(tx: Connection, hall: str, ticket_id: str) -> int:
    """How often this number has come back already."""
    taken: int = tx.execute(
        select(ticket.c.chances).where(ticket.c.hall == hall, ticket.c.ticket_id == ticket_id)
    ).scalar_one()
    return taken


def view(row: Any) -> TicketView:
    return TicketView(
        ticket_id=row.ticket_id,
        number=ticket_number(row.series, row.number),
        service=row.service,
        state=row.state,
        taken_at=row.taken_at,
        window=row.window,
        called_at=row.called_at,
        ended_at=row.ended_at,
        calls=row.calls,
        case_number=row.case_number,
        lane=row.lane,
        stands_at=row.stands_at,
        not_before=row.not_before,
        for_window=row.for_window,
        passed=row.passed,
    )


def _views(tx: Connection, hall: str, day: dt.date, *where: Any) -> list[TicketView]:
    rows = tx.execute(
        select(ticket)
        .where(ticket.c.hall == hall, ticket.c.queue_date == day, *where)
        .order_by(ticket.c.taken_at, ticket.c.number)
    )
    return [view(row) for row in rows]


_FIND = select(ticket).where(ticket.c.hall == bindparam("of_hall"), ticket.c.ticket_id == bindparam("id"))
_FIND_IN_LINE = _FIND.where(ticket.c.queue_date == bindparam("day"))
"""Built once: every look-up asks for a ticket."""
