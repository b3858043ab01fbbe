"""Rows of numbers worked by hand. Nothing in them is changed: a number is entered once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, or_, select, update

from hub.domain.numbers import TicketNumber, read_ticket_number, ticket_number
from hub.domain.slips import Block, Call, Cause, Outcome
from hub.domain.ticket import TicketState
from hub.store.schema import slip_block, slip_use, ticket
from hub.wire.messages import TicketView


class Entered(msgspec.Struct, frozen=True):
    """A number worked by hand, as the sheet has it, and who entered it when; with its ticket as it is now.

    `number` is as shown; `key` the slip's own number, or the id of a ticket that the hub gave.
    """

    key: str
    number: str
    block: str
    business_date: dt.date
    service: str
    outcome: Outcome
    taken_at: dt.datetime | None
    called_at: dt.datetime | None
    ended_at: dt.datetime | None
    window: int
    staff: str
    because: Cause
    entered_at: dt.datetime
    entered_by: str
    ticket_id: str
    state: TicketState | None
    case_number: str


# --- blocks


def blocks(db: Connection, hall: str) -> list[Block]:
    """All blocks, in the order of their numbers."""
    rows = db.execute(
        select(slip_block).where(slip_block.c.hall == hall).order_by(slip_block.c.series, slip_block.c.first)
    )
    return [_block(row) for row in rows]


def block_of(tx: Connection, hall: str, number: TicketNumber) -> Block | None:
    row = tx.execute(
        select(slip_block).where(
            slip_block.c.hall == hall,
            slip_block.c.series == number.series,
            slip_block.c.first <= number.number,
            slip_block.c.last >= number.number,
        )
    ).one_or_none()
    return None if row is None else _block(row)


def overlapping(tx: Connection, hall: str, series: str, first: int, last: int) -> Block | None:
    """A block that has one of these numbers already."""
    row = tx.execute(
        select(slip_block)
        .where(
            slip_block.c.hall == hall,
            slip_block.c.series == series,
            slip_block.c.first <= last,
            slip_block.c.last >= first,
        )
        .order_by(slip_block.c.first)
        .limit(1)
    ).one_or_none()
    return None if row is None else _block(row)


def newest(tx: Connection, hall: str, series: str) -> tuple[int, str]:
    """The highest number of a series that was ever printed, and the epoch in which it was; 0 before the first.

    Blocks are never taken away, so that the newest one is the counter.
    """
    row = tx.execute(
        select(slip_block.c.last, slip_block.c.epoch)
        .where(slip_block.c.hall == hall, slip_block.c.series == series)
        .order_by(slip_block.c.last.desc())
        .limit(1)
    ).one_or_none()
    return (0, "") if row is None else (row.last, row.epoch)


def count_blocks(tx: Connection, hall: str) -> int:
    return tx.execute(select(func.count()).select_from(slip_block).where(slip_block.c.hall == hall)).scalar_one()


def add_block(tx: Connection, hall: str, made: Block, epoch: str) -> None:
    tx.execute(insert(slip_block).values(hall=hall, epoch=epoch, **msgspec.structs.asdict(made)))


# --- what became of numbers


def entered(tx: Connection, hall: str, keys: Collection[str]) -> dict[str, Entered]:
    """Those of these numbers that were entered before."""
    rows = tx.execute(_entries().where(slip_use.c.hall == hall, slip_use.c.number.in_(keys)))
    return {one.key: one for one in map(_entered, rows)}


def of_day(db: Connection, hall: str, day: dt.date) -> list[Entered]:
    """What was worked by hand on a business date, in the order it was called; what was not called comes last."""
    rows = db.execute(
        _entries()
        .where(slip_use.c.hall == hall, slip_use.c.business_date == day)
        .order_by(slip_use.c.called_at.is_(None), slip_use.c.called_at, slip_use.c.taken_at, slip_use.c.number)
    )
    return [_entered(row) for row in rows]


def of_block(db: Connection, hall: str, block: str) -> dict[str, Outcome]:
    """The numbers of a block that were entered, and what became of each."""
    rows = db.execute(
        select(slip_use.c.number, slip_use.c.outcome).where(slip_use.c.hall == hall, slip_use.c.block == block)
    )
    return {row.number: row.outcome for row in rows}


def add_uses(tx: Connection, hall: str, rows: Iterable[dict[str, Any]]) -> None:
    tx.execute(insert(slip_use), [{"hall": hall, **row} for row in rows])


def add_ticket(tx: Connection, hall: str, view: TicketView, queue_date: dt.date, command_id: str) -> None:
    """The ticket of a slip, in the line of that date."""
    number = read_ticket_number(view.number)
    tx.execute(
        insert(ticket).values(
            hall=hall,
            ticket_id=view.ticket_id,
            command_id=command_id,
            business_date=dt.date.fromisoformat(view.ticket_id.partition("-")[0]),
            series=number.series,
            number=number.number,
            service=view.service,
            state=view.state,
            taken_at=view.taken_at,
            window=view.window,
            called_at=view.called_at,
            ended_at=view.ended_at,
            calls=view.calls,
            case_number=view.case_number,
            queue_date=queue_date,
        )
    )


def give_case(tx: Connection, hall: str, ticket_id: str, case_number: str) -> None:
    """The ticket of a slip is that of a case that was entered after it."""
    tx.execute(
        update(ticket).where(ticket.c.hall == hall, ticket.c.ticket_id == ticket_id).values(case_number=case_number)
    )


def calls(db: Connection, hall: str, day: dt.date) -> list[Call]:
    """Everybody who stood in a line on a business date, and when they were called: by the hub or by hand.

    What a fairness report needs to tell which calls by hand passed somebody by (`hub.domain.slips.out_of_order`).
    """
    by_hand = {one.ticket_id: one for one in of_day(db, hall, day) if one.ticket_id}
    rows = db.execute(
        select(ticket)
        .where(ticket.c.hall == hall, or_(ticket.c.business_date == day, ticket.c.queue_date == day))
        .order_by(ticket.c.taken_at, ticket.c.series, ticket.c.number)
    )
    return [_call(row, by_hand.get(row.ticket_id)) for row in rows]


def _call(row: Any, by_hand: Entered | None) -> Call:
    called = by_hand is not None and by_hand.called_at is not None
    left = row.ended_at if row.called_at is None else None
    return Call(
        number=ticket_number(row.series, row.number),
        service=row.service,
        stood_since=row.taken_at,
        called_at=by_hand.called_at if by_hand and called else row.called_at,
        by_hand=called,
        window=row.window,
        ended_at=by_hand.ended_at if by_hand and called else row.ended_at,
        left_at=left,
    )


def _entries() -> Any:
    of_ticket = (ticket.c.hall == slip_use.c.hall) & (ticket.c.ticket_id == slip_use.c.ticket_id)
    return select(slip_use, ticket.c.state, ticket.c.case_number).select_from(slip_use.outerjoin(ticket, of_ticket))


def _entered(row: Any) -> Entered:
    return Entered(
        key=row.number,
        number=row.number.rpartition("-")[2],
        block=row.block or "",
        business_date=row.business_date,
        service=row.service,
        outcome=row.outcome,
        taken_at=row.taken_at,
        called_at=row.called_at,
        ended_at=row.ended_at,
        window=row.window,
        staff=row.staff,
        because=row.because,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        ticket_id=row.ticket_id,
        state=row.state,
        case_number=row.case_number or "",
    )


def _block(row: Any) -> Block:
    return Block(
        block=row.block,
        series=row.series,
        first=row.first,
        last=row.last,
        service=row.service,
        printed_at=row.printed_at,
        printed_by=row.printed_by,
        held_by=row.held_by,
    )
