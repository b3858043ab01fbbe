"""What papers may say, and complaints taken in by hand (R66): entered later with the time on paper, and the slip."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from hub.domain import slips as rules
from hub.domain.numbers import TicketNumber
from hub.domain.slips import Use
from hub.errors import Refused
from hub.service import slips as sheets
from hub.service.books import Asked, Books, Decision
from hub.service.filing import ticket_id
from hub.service.slips import Line
from hub.store import numbering, slips, tickets
from hub.store.transaction import Transaction
from hub.wire import messages as m

LONGEST = 32
"""Of any number on paper."""


@dataclass(frozen=True)
class ByHand:
    """The slip of a complaint: `new` where nobody has entered it yet, else its ticket is there without a case."""

    number: TicketNumber
    line: Line
    ticket_id: str
    new: bool


def must_be_so(books: Books, asked: Asked, told: m.FileComplaint | m.TakeTicket, said: m.PrintedNumber) -> None:
    """What a paper says at all; refuses `bad_printed_number`.

    What staff took in by hand has no case number yet, only the time: it is entered later, at a window (R66).
    """
    if max(len(said.case_number), len(said.ticket_number)) > LONGEST:
        raise Refused("bad_printed_number", f"a number has at most {LONGEST} characters")
    by_hand = isinstance(told, m.FileComplaint) and not said.case_number and asked.actor.role == "window"
    if by_hand and (said.printed_at > asked.at or books.date_of(said.printed_at) != said.business_date):
        raise Refused("bad_printed_number", "a complaint was taken in by hand before now, and on its business date")
    if not by_hand and not (said.ticket_number if isinstance(told, m.TakeTicket) else said.case_number):
        raise Refused("bad_printed_number", f"the paper of a {type(told).__name__} has its number")


def look_at(
    tx: Transaction, books: Books, asked: Asked, told: m.FileComplaint | m.TakeTicket, said: m.PrintedNumber
) -> ByHand | None:
    """The slip that a paper names; None where it names none. Refuses `bad_slip`: staff type it, and can mend it."""
    number = rules.slip_number(said.ticket_number, books.hall.slip_series)
    if number is None:
        return None
    if isinstance(told, m.TakeTicket) or said.case_number or asked.actor.role != "window":
        raise Refused("bad_slip", f"{said.ticket_number} is a slip: enter it with its sheet, or with its complaint")
    use = Use(said.ticket_number, "waiting", taken_at=said.printed_at)
    fault, line = sheets.look_at(tx, books, use, sheets.known_now(tx, books, asked))
    found = ticket_id(books.date_of(said.printed_at), said.ticket_number)
    if line.block is not None and line.block.service != books.hall.service_for_cases:
        raise Refused("bad_slip", f"{said.ticket_number} was printed for {line.block.service}")
    if fault is not None and fault[0] == "used":
        ticket = tickets.find(tx, books.hall.code, found)
        if ticket is None or ticket.case_number:
            has = f"is of {ticket.case_number}" if ticket else "was not taken on that date, or is void"
            raise Refused("bad_slip", f"{said.ticket_number} {has}; look at the sheet")
        return ByHand(number, line, found, new=False)
    if fault is not None or said.business_date != books.date_of(said.printed_at):
        why = fault[0] if fault else "other_day"
        raise Refused("bad_slip", f"{said.ticket_number} cannot be entered so ({why}); look at the sheet")
    return ByHand(number, line, found, new=True)


def put_down(tx: Transaction, books: Books, asked: Asked, slip: ByHand, decision: Decision) -> Decision:
    """Keeps that the slip was used, with both times; or gives the case to the ticket that is there already."""
    hall, answer = books.hall.code, decision.answer
    assert isinstance(answer, m.ComplaintAccepted), "only complaints have cases"
    ticket = tickets.find(tx, hall, slip.ticket_id)
    if slip.new:
        sheets.put_down(tx, books, asked, slip.line, ticket, "hub")
        return decision
    assert ticket is not None, "it was found a moment ago"
    slips.give_case(tx, hall, slip.ticket_id, answer.case_number)
    numbering.save_ticket_id(tx, hall, answer.case_number, slip.ticket_id)
    decision.answer = msgspec.structs.replace(answer, ticket_id=ticket.ticket_id, ticket_number=ticket.number)
    if (of_today := tickets.find(tx, hall, slip.ticket_id, books.business_date)) is not None:
        decision.events.append(m.TicketTaken(ticket=of_today))
    return decision
