"""Sheets of numbers worked by hand, entered when the hub is back: each number once, with both times (R65, R66)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from hub.domain import slips as rules
from hub.domain.slips import Block, Cause, Fault, Known, Use
from hub.domain.ticket import StepMove, TicketState
from hub.errors import Refused
from hub.service import by_hand, queue
from hub.service.books import Asked, Books, Decision, Draft
from hub.service.filing import ticket_id
from hub.store import slips, ticket_steps, tickets, windows
from hub.store.ticket_steps import Why
from hub.store.transaction import Transaction
from hub.wire import messages as m

NOT_CALLED = frozenset({"waiting", "transferred", "parked", "withdrawn"})
"""How a number that the hub gave stands while people are called by hand; a day that turned has withdrawn it."""
CALLED = ("served", "no_show")
LONGEST = 15
"""Of a number: its id has the date before it."""


class Line(NamedTuple):
    """A line of a sheet that can be taken over, with the block of its slip or the ticket that the hub gave."""

    use: Use
    block: Block | None
    ticket: m.TicketView | None


def take_over(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ImportSlips) -> Decision:
    """Adopts every number of the sheets exactly once, or says of each wrong line what is wrong and changes nothing.

    Refuses `too_many_lines`. The head is told of each window that worked by hand, from when to when (R66).
    """
    if not 1 <= len(told.uses) <= rules.MOST_AT_ONCE:
        raise Refused("too_many_lines", f"1 to {rules.MOST_AT_ONCE} lines at once; send the others after these")
    lines, faults = _looked_at(tx, books, asked, told)
    if faults:
        return Decision(m.SlipsImported(taken=0, faults=tuple(faults)), subject=f"{len(faults)} lines refused")
    taken = [_adopt(tx, books, asked, line, told.because) for line in lines]
    _lay_down(tx, books, asked, lines, taken)
    today = [one for one, on_day in taken if one is not None and on_day]
    events: list[m.Event] = [m.TicketTaken(ticket=one) for one in today]
    for window, since, until in _spans(books, lines):
        events += by_hand.tell_head(tx, books, draft, asked, window, since, until, told.because)
    waiting = sum(one.state in ("waiting", "transferred") for one in today)
    return Decision(m.SlipsImported(taken=len(lines), waiting=waiting), events, f"{len(lines)} lines")


def _looked_at(
    tx: Transaction, books: Books, asked: Asked, told: m.ImportSlips
) -> tuple[list[Line], list[m.SlipFault]]:
    """The lines that can be taken over, and what is wrong with the others."""
    lines: list[Line] = []
    faults: list[m.SlipFault] = []
    known = known_now(tx, books, asked)
    seen: dict[str, int] = {}
    for place, said in enumerate(told.uses, start=1):
        use = Use(**msgspec.structs.asdict(said))
        fault, line = look_at(tx, books, use, known)
        key = _key(books, line)
        if fault is None and key in seen:
            fault = "twice", str(seen[key])
        if fault is not None:
            faults.append(m.SlipFault(line=place, number=use.number[:24], why=fault[0], about=fault[1]))
            continue
        seen[key] = place
        lines.append(line._replace(use=rules.lifted(line.use)))
    return lines, faults


def known_now(tx: Transaction, books: Books, asked: Asked) -> Known:
    """What lines are held against."""
    hall = books.hall
    staff = frozenset(one.staff for one in windows.all_staff(tx, hall.code))
    return Known(asked.at, frozenset(one.number for one in hall.windows), staff)


def look_at(tx: Transaction, books: Books, use: Use, known: Known) -> tuple[tuple[Fault, str] | None, Line]:
    """What is wrong with a line, if anything, and the line with what the tables know of its number."""
    number = rules.slip_number(use.number, books.hall.slip_series)
    if number is None:
        return _look_at_ticket(tx, books, use, known)
    block = slips.block_of(tx, books.hall.code, number)
    line = Line(use, block, None)
    if block is None:
        return ("no_such_block", use.number), line
    return _used(tx, books, use.number) or rules.fault_of(use, known, block.printed_at, books.date_of), line


def _look_at_ticket(tx: Transaction, books: Books, use: Use, known: Known) -> tuple[tuple[Fault, str] | None, Line]:
    """A number that the hub gave before it went away: it stands in that day's line until somebody called it by hand."""
    line = Line(use, None, None)
    if use.outcome not in CALLED or use.called_at is None or len(use.number) > LONGEST:
        return ("not_a_number", use.number[:LONGEST]), line
    if use.called_at > known.now:
        return ("in_future", f"{use.called_at:%Y-%m-%d %H:%M}"), line
    wanted = ticket_id(books.date_of(use.called_at), use.number)
    found = tickets.find(tx, books.hall.code, wanted)
    if found is None:
        return ("no_such_ticket", f"{books.date_of(use.called_at)}"), line
    use = msgspec.structs.replace(use, taken_at=found.taken_at)
    line = Line(use, None, found)
    if fault := _used(tx, books, wanted):
        return fault, line
    if found.state not in NOT_CALLED:
        return ("ended", found.state), line
    return rules.fault_of(use, known, found.taken_at, books.date_of), line


def _used(tx: Transaction, books: Books, key: str) -> tuple[Fault, str] | None:
    before = slips.entered(tx, books.hall.code, [key]).get(key)
    if before is None:
        return None
    return "used", f"{before.entered_at.astimezone(books.zone):%Y-%m-%d %H:%M} {before.entered_by}"


def _key(books: Books, line: Line) -> str:
    return line.ticket.ticket_id if line.ticket else line.use.number


def _adopt(tx: Transaction, books: Books, asked: Asked, line: Line, because: Cause) -> tuple[m.TicketView | None, bool]:
    """Writes what a line says; its ticket, and whether that stands in the line of this business date."""
    hall, today = books.hall.code, books.business_date
    view, in_line = None, False
    if line.ticket is not None:
        view = _ended(line.use, line.ticket)
        tickets.save(tx, hall, view)
        in_line = tickets.find(tx, hall, view.ticket_id, today) is not None
    elif line.block is not None and line.use.outcome != "void":
        view, day = _ticket_of(books, asked, line.use, line.block)
        slips.add_ticket(tx, hall, view, day, command_id_of(line.use.number))
        in_line = day == today
    put_down(tx, books, asked, line, view, because)
    return view, in_line


def put_down(
    tx: Transaction, books: Books, asked: Asked, line: Line, view: m.TicketView | None, because: Cause
) -> None:
    """Keeps the line itself with both times: when it was worked, and when it was entered and by whom (R66)."""
    use = line.use
    service = line.block.service if line.block else line.ticket.service if line.ticket else ""
    row: dict[str, object] = {
        "number": _key(books, line),
        "block": line.block.block if line.block else None,
        "business_date": books.date_of(use.taken_at or asked.at),
        "service": service,
        "outcome": use.outcome,
        "taken_at": use.taken_at,
        "called_at": use.called_at,
        "ended_at": use.ended_at,
        "window": use.window,
        "staff": use.staff,
        "because": because,
        "entered_at": asked.at,
        "entered_by": asked.actor.staff,
        "ticket_id": view.ticket_id if view else "",
    }
    slips.add_uses(tx, books.hall.code, [row])


def _ticket_of(books: Books, asked: Asked, use: Use, block: Block) -> tuple[m.TicketView, dt.date]:
    """The ticket of a slip, and the date in whose line it stands: who still waits stands where they have stood since.

    A line that was closed meanwhile stays closed.
    """
    assert use.taken_at is not None, "every slip but a void one was taken"
    day = books.date_of(use.taken_at)
    closed = day < books.business_date and books.policy.queue.at_day_end.value == "close"
    waits = use.outcome == "waiting" and not closed
    view = m.TicketView(
        ticket_id=ticket_id(day, use.number),
        number=use.number,
        service=block.service,
        state="waiting" if waits else "withdrawn" if use.outcome == "waiting" else _ended_as(use),
        taken_at=use.taken_at,
        window=use.window,
        called_at=use.called_at,
        ended_at=None if waits else use.ended_at or use.called_at or asked.at,
        calls=int(use.called_at is not None),
    )
    return view, books.business_date if waits else day


def _ended(use: Use, before: m.TicketView) -> m.TicketView:
    """A number that the hub gave, as it is after somebody called it by hand."""
    return msgspec.structs.replace(
        before,
        state=_ended_as(use),
        window=use.window,
        called_at=use.called_at,
        ended_at=use.ended_at or use.called_at,
        calls=before.calls + 1,
    )


def _ended_as(use: Use) -> TicketState:
    return "done" if use.outcome == "served" else "no_show"


def _lay_down(
    tx: Transaction,
    books: Books,
    asked: Asked,
    lines: Iterable[Line],
    taken: Iterable[tuple[m.TicketView | None, bool]],
) -> None:
    """The steps of the line: who came into it only now, and who was called by hand, with whom that passed by (R55).

    A step by hand has the time on the sheet, and its place behind all that the hub had written down before.
    """
    hall = books.hall.code
    entries = list(zip(lines, taken, strict=True))
    for line, (view, _) in entries:
        if line.ticket is None and view is not None and view.state != "withdrawn":
            queue.joined(tx, books, asked, msgspec.structs.replace(view, state="waiting", window=0))
    called = [(line.use, view) for line, (view, _) in entries if view is not None and line.use.called_at]
    days = {books.date_of(use.called_at) for use, _ in called if use.called_at}
    passed = {
        (day, one.number): len(one.passed) for day in days for one in rules.out_of_order(slips.calls(tx, hall, day))
    }
    for use, view in called:
        assert use.called_at is not None, "chosen so"
        staff = use.staff or asked.actor.staff
        why = Why(because="by_hand", passed=passed.get((books.date_of(use.called_at), use.number), 0))
        at_window = msgspec.structs.replace(view, state="called", ended_at=None)
        ticket_steps.lay_down(tx, hall, books.sealer, at_window, "call", use.called_at, staff, why)
        end: StepMove = "finish" if use.outcome == "served" else "mark_no_show"
        ended_at = view.ended_at or use.called_at
        ticket_steps.lay_down(tx, hall, books.sealer, view, end, ended_at, staff, Why(because="by_hand"))


def command_id_of(number: str) -> str:
    """What stands for a command in a slip's ticket: the same for the same number, so that no second one fits in."""
    return hashlib.sha256(f"slip/{number}".encode()).hexdigest()[:32]


def _spans(books: Books, lines: Iterable[Line]) -> list[tuple[int, dt.datetime, dt.datetime]]:
    """From when to when each window worked by hand on each day, by its first and last line."""
    spans: dict[tuple[int, dt.date], list[dt.datetime]] = {}
    for use, _, _ in lines:
        if use.window and use.called_at:
            spans.setdefault((use.window, books.date_of(use.called_at)), []).extend(
                (use.called_at, use.ended_at or use.called_at)
            )
    return [(window, min(times), max(times)) for (window, _), times in sorted(spans.items())]
