"""Ticket rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, select, update

from hub.domain.numbers import ticket_number
from hub.domain.ticket import AT_WINDOW, WAITING
from hub.store.prepared import prepared
from hub.store.schema import command, ticket
from hub.wire.messages import TicketView

LEFT_THE_LINE = ("done", "withdrawn", "no_show")
MOVED = (
    *("state", "window", "called_at", "ended_at", "calls"),
    *("service", "lane", "stands_at", "not_before", "for_window", "passed"),
)
"""What a move may change."""


def find(tx: Connection, hall: str, ticket_id: str, day: dt.date | None = None) -> TicketView | None:
    """A ticket by its id, of any line or of one day's line only."""
    row = tx.execute(
        _FIND if day is None else _FIND_IN_LINE, {"of_hall": hall, "id": ticket_id, "day": day}
    ).one_or_none()
    return None if row is None else view(row)


def given_at(tx: Connection, hall: str, ticket_id: str) -> str:
    """The terminal at which a ticket was taken; empty where no command is known that gave it."""
    found = tx.execute(
        select(command.c.terminal)
        .join(ticket, (ticket.c.hall == command.c.hall) & (ticket.c.command_id == command.c.command_id))
        .where(ticket.c.hall == hall, ticket.c.ticket_id == ticket_id)
    ).scalar_one_or_none()
    return found or ""


def waiting(tx: Connection, hall: str, day: dt.date, services: tuple[str, ...]) -> list[TicketView]:
    """The waiting tickets of these services in the day's line, kept ones with them, in no order."""
    return _found(tx, _WAITING, hall, day, services=services)


def waiting_for(tx: Connection, hall: str, day: dt.date, window: int, services: tuple[str, ...]) -> list[TicketView]:
    """The same, and those bound to this window whatever they wait for."""
    return _found(tx, _WAITING_FOR, hall, day, services=services, number=window)


def at_window(tx: Connection, hall: str, day: dt.date, number: int) -> list[TicketView]:
    """The tickets that a window has called or serves."""
    return _found(tx, _AT_WINDOW, hall, day, number=number)


def bound_to(tx: Connection, hall: str, day: dt.date, number: int) -> list[TicketView]:
    """The waiting tickets that this window alone may call."""
    return _found(tx, _BOUND, hall, day, number=number)


def of_day(tx: Connection, hall: str, day: dt.date) -> list[TicketView]:
    return _found(tx, _OF_LINE, hall, day)


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
    row = {"of_hall": hall, "id": changed.ticket_id} | {f"to_{name}": getattr(changed, name) for name in MOVED}
    prepared(tx, "save ticket", _save).run(tx, [row])


def pass_by(tx: Connection, hall: str, ids: Sequence[str]) -> None:
    """Somebody with a later place was called: each of these was passed once more."""
    if not ids:
        return
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


def _found(tx: Connection, wanted: Select[Any], hall: str, day: dt.date, **said: Any) -> list[TicketView]:
    return [view(row) for row in tx.execute(wanted, {"of_hall": hall, "day": day, **said})]


def _save() -> Update:
    return (
        update(ticket)
        .where(ticket.c.hall == bindparam("of_hall"), ticket.c.ticket_id == bindparam("id"))
        .values({name: bindparam(f"to_{name}") for name in MOVED})
    )


_FIND = select(ticket).where(ticket.c.hall == bindparam("of_hall"), ticket.c.ticket_id == bindparam("id"))
_FIND_IN_LINE = _FIND.where(ticket.c.queue_date == bindparam("day"))
_OF_LINE = (
    select(ticket)
    .where(ticket.c.hall == bindparam("of_hall"), ticket.c.queue_date == bindparam("day"))
    .order_by(ticket.c.taken_at, ticket.c.number)
)
_IN_LINE = _OF_LINE.where(ticket.c.state.in_(WAITING))
_SERVED = ticket.c.service.in_(bindparam("services", expanding=True))
_WAITING = _IN_LINE.where(_SERVED)
_WAITING_FOR = _IN_LINE.where(_SERVED | (ticket.c.for_window == bindparam("number")))
_BOUND = _IN_LINE.where(ticket.c.for_window == bindparam("number"))
_AT_WINDOW = _OF_LINE.where(ticket.c.state.in_(AT_WINDOW), ticket.c.window == bindparam("number"))
"""Built once: every call asks for them."""
