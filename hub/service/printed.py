"""Numbers that a paper said before the hub could: adopted where they can be, else void with what stands instead.

A complaint is filed whatever its paper says; only which numbers stand is decided here. docs/decisions/0011.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from hub.domain import ticket as ticket_table
from hub.domain.numbers import BadNumber, TicketNumber, read_case_number, read_ticket_number
from hub.service import filing, notices, queue, slip_cases
from hub.service.books import Asked, Books, Decision, Draft
from hub.service.filing import Paper, ticket_id
from hub.store import additions, numbering, tickets, views
from hub.store.sealing import Sealer
from hub.store.transaction import Transaction
from hub.wire import codec, messages as m

REACH = 1000
"""How far beyond its counter the hub believes a number of its own series: more than any backup lacks."""
UNHEARD: frozenset[ticket_table.TicketState] = frozenset({"called", "recalled", "no_show"})
"""Calls of a number that nobody held were no calls: under the paper's number the citizen still waits."""

Doubt = m.VoidReason | None


def said_by(command: object) -> m.PrintedNumber | None:
    """What the command's paper says, for the commands that can have one."""
    return command.printed_number if isinstance(command, m.FileComplaint | m.TakeTicket) else None


def digest_of(sealer: Sealer, command_id: str, command: m.Command, frame: bytes) -> bytes:
    """Recognises a resend: the same bytes, or the same but for what a paper says meanwhile."""
    if said_by(command) is not None:
        frame = codec.encode_request(command_id, msgspec.structs.replace(command, printed_number=None))
    return sealer.fingerprint("command", frame)


def settled(tx: Transaction, books: Books, asked: Asked, command: object, first: m.Answer) -> m.Answer | None:
    """The answer to a command that was carried out before; None where its paper is news to the hub."""
    said = said_by(command)
    if said is None or _agree(first, said):
        return first
    known = numbering.find_paper(tx, books.hall.code, asked.command_id)
    if known is None or known == said:
        return first if known else None
    return m.Rejected(code="command_id_reused", text="another paper of this command was adopted before")


def carry_out(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: Any, first: m.Answer | None) -> Decision:
    """Carries out a command that comes with a paper; `first` is the answer it had before the hub knew of the paper.

    Refuses `bad_printed_number` for what is longer than any number, and for a paper without one.
    """
    said = said_by(told)
    assert said is not None, "only for commands with a paper"
    slip_cases.must_be_so(books, asked, told, said)
    by_hand = None if first else slip_cases.look_at(tx, books, asked, told, said)
    numbering.add_paper(tx, books.hall.code, asked.command_id, said)
    if first is not None:
        return _adopt_later(tx, books, draft, asked, told, said, first)
    service = told.service if isinstance(told, m.TakeTicket) else books.hall.service_for_cases
    case_doubt = _case_doubt(tx, books, draft, asked, said)
    ticket, ticket_doubt = (by_hand.number, None) if by_hand else _ticket_doubt(tx, books, draft, asked, said, service)
    paper = Paper(
        day=said.business_date,
        printed_at=_since(books, asked, said),
        has_ticket=by_hand.new if by_hand else bool(said.ticket_number),
        case_number="" if case_doubt else said.case_number,
        ticket=ticket,
    )
    file = filing.take_ticket if isinstance(told, m.TakeTicket) else filing.file_complaint
    decision = file(books, draft, asked, told, paper)
    _count(draft, paper.day, paper.case_number, None if by_hand else ticket)
    additions.add_rows(tx, books.hall.code, [decision.rows])
    additions.save_counters(tx, books.hall.code, draft.counters)
    assert isinstance(decision.answer, m.ComplaintAccepted | m.TicketIssued)
    _joined(tx, books, asked, decision.answer.ticket_id)
    _doubted(tx, books, draft, asked, decision, said, case_doubt, ticket_doubt)
    return slip_cases.put_down(tx, books, asked, by_hand, decision) if by_hand else decision


def _adopt_later(
    tx: Transaction, books: Books, draft: Draft, asked: Asked, told: Any, said: m.PrintedNumber, first: m.Answer
) -> Decision:
    """The hub gave numbers to a lost answer, and a paper was printed without them: the paper's stand."""
    hall = books.hall.code
    service = told.service if isinstance(told, m.TakeTicket) else books.hall.service_for_cases
    void_case, case_doubt = "", None
    number = first.case_number if isinstance(first, m.ComplaintAccepted) else ""
    if said.case_number and number not in ("", said.case_number):
        case_doubt = _case_doubt(tx, books, draft, asked, said)
        if case_doubt is None:
            void_case, number = number, said.case_number
            numbering.renumber_case(tx, hall, books.sealer, void_case, number, said.business_date)
            _count(draft, said.business_date, number, None)
            _void(tx, books, asked, void_case, number, "paper_says_other")
    before = numbering.ticket_of_command(tx, hall, asked.command_id)
    wanted = ticket_id(said.business_date, said.ticket_number) if said.ticket_number else ""
    after, ticket_doubt = before, None
    if before != wanted:
        ticket, ticket_doubt = _ticket_doubt(tx, books, draft, asked, said, service)
        if ticket is not None or not (before and wanted):
            _count(draft, said.business_date, "", ticket)
            after = _other_ticket(tx, books, draft, asked, said, service, number, before, ticket)
    if number:
        numbering.save_ticket_id(tx, hall, number, after)
    additions.save_counters(tx, hall, draft.counters)
    decision = Decision(
        answer=_told_anew(first, number, after),
        subject=f"{void_case or before} void, {number or after}" if (void_case or before != after) else number or after,
    )
    if void_case or before != after:
        decision.events.append(
            m.NumberReplaced(
                void_case=void_case,
                void_ticket=before if before != after else "",
                case=views.progress(tx, hall, number) if number else None,
                ticket=tickets.find(tx, hall, after, books.business_date) if after else None,
            )
        )
    _doubted(tx, books, draft, asked, decision, said, case_doubt, ticket_doubt)
    return decision


def _other_ticket(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    said: m.PrintedNumber,
    service: str,
    case: str,
    before: str,
    ticket: TicketNumber | None,
) -> str:
    """Puts the ticket under the paper's number, takes one that the paper has alone, or ends one that it has not.

    The id of what stands then; empty for nothing.
    """
    hall = books.hall.code
    if not before:
        paper = Paper(said.business_date, _since(books, asked, said), has_ticket=True, ticket=ticket)
        taken, _, rows = filing.take_place(books, draft, asked, service, case, paper)
        additions.add_rows(tx, hall, [{"ticket": rows}])
        _joined(tx, books, asked, taken.ticket_id)
        return taken.ticket_id
    held = tickets.find(tx, hall, before)
    assert held is not None, "its id was just read"
    if ticket is None:
        _void(tx, books, asked, before, "", "paper_says_other")
        if held.state not in ticket_table.ENDED:
            queue.moved(tx, books, asked, held, "finish" if held.state == "serving" else "withdraw")
        return ""
    unheard = held.state in UNHEARD
    if unheard:
        held = msgspec.structs.replace(held, state="waiting", window=0, called_at=None, ended_at=None, calls=0)
    view = msgspec.structs.replace(
        held, ticket_id=ticket_id(said.business_date, said.ticket_number), number=said.ticket_number
    )
    numbering.renumber_ticket(tx, hall, before, view, number=ticket, day=said.business_date)
    if unheard:
        _joined(tx, books, asked, view.ticket_id)
    _void(tx, books, asked, before, view.ticket_id, "paper_says_other")
    return view.ticket_id


def _joined(tx: Transaction, books: Books, asked: Asked, ticket_id: str) -> None:
    """Who comes with a paper stands in line from now on, at the place that it says."""
    ticket = tickets.find(tx, books.hall.code, ticket_id) if ticket_id else None
    if ticket is not None and ticket.state in ticket_table.WAITING:
        queue.joined(tx, books, asked, ticket)


def _count(draft: Draft, day: dt.date, case: str, ticket: TicketNumber | None) -> None:
    """What a paper says is given out: no counter stays behind it."""
    if case:
        read = read_case_number(case)
        if not read.series:
            draft.pass_by(day, "case", read.serial)
    if ticket is not None:
        draft.pass_by(day, ticket.series, ticket.number)


# --- what cannot be adopted


def _case_doubt(tx: Transaction, books: Books, draft: Draft, asked: Asked, said: m.PrintedNumber) -> Doubt:
    """Why the paper's case number cannot be the case's; None when it can."""
    if not said.case_number:
        return None
    try:
        read = read_case_number(said.case_number)
    except BadNumber:
        return "not_a_number"
    if read.hall_code != books.hall.code:
        return "other_hall"
    if read.day != said.business_date or read.day > books.business_date:
        return "other_date"
    if read.series and read.series != asked.actor.terminal.offline_series:
        return "other_series"
    if not read.series and read.serial > _reach(books, draft, read.day, "case"):
        return "beyond_reach"
    if numbering.is_case_number_used(tx, books.hall.code, said.case_number):
        return "taken"
    return None


def _ticket_doubt(
    tx: Transaction, books: Books, draft: Draft, asked: Asked, said: m.PrintedNumber, service_code: str
) -> tuple[TicketNumber | None, Doubt]:
    """The paper's ticket number, or why it cannot be the ticket's."""
    if not said.ticket_number:
        return None, None
    try:
        read = read_ticket_number(said.ticket_number)
    except BadNumber:
        return None, "not_a_number"
    if said.business_date > books.business_date:
        return None, "other_date"
    own = read.series == books.hall.service(service_code).letter
    if not own and read.series != asked.actor.terminal.offline_series:
        return None, "other_series"
    if own and read.number > _reach(books, draft, said.business_date, read.series):
        return None, "beyond_reach"
    wanted = ticket_id(said.business_date, said.ticket_number)
    if numbering.is_ticket_number_used(tx, books.hall.code, said.business_date, read, wanted):
        return None, "taken"
    return read, None


def _reach(books: Books, draft: Draft, day: dt.date, series: str) -> int:
    """The highest number of the hub's own series that is believed; of a past date any, for it gives out no more."""
    return draft.last_number(series) + REACH if day == books.business_date else 10**9


def _since(books: Books, asked: Asked, said: m.PrintedNumber) -> dt.datetime:
    """Since when the citizen waits: the terminal's time if it can be true, else the hub's own."""
    plausible = said.printed_at <= asked.at and books.date_of(said.printed_at) == said.business_date
    return said.printed_at.astimezone(dt.UTC) if plausible else asked.at


def _doubted(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    decision: Decision,
    said: m.PrintedNumber,
    case_doubt: Doubt,
    ticket_doubt: Doubt,
) -> None:
    """Keeps which numbers of the paper do not stand and what does, and tells windows and supervisors."""
    answer = decision.answer
    assert isinstance(answer, m.ComplaintAccepted | m.TicketIssued)
    case = answer.case_number if isinstance(answer, m.ComplaintAccepted) else ""
    if case_doubt is not None:
        _void(tx, books, asked, said.case_number, case, case_doubt)
    if ticket_doubt is not None:
        _void(tx, books, asked, ticket_id(said.business_date, said.ticket_number), answer.ticket_id, ticket_doubt)
    if doubt := case_doubt or ticket_doubt:
        decision.events += notices.trouble(
            tx, books, draft, asked.at, kind="number_collision", subject=case or answer.ticket_id, detail=doubt
        )


def _void(tx: Transaction, books: Books, asked: Asked, number: str, stands: str, reason: m.VoidReason) -> None:
    numbering.add_void(tx, books.hall.code, asked.command_id, number=number, stands=stands, reason=reason, at=asked.at)


def _agree(first: m.Answer, said: m.PrintedNumber) -> bool:
    """Whether the paper says what the hub's answer said."""
    ticket = ticket_id(said.business_date, said.ticket_number) if said.ticket_number else ""
    match first:
        case m.ComplaintAccepted(case_number=number, ticket_id=given):
            return said.case_number in ("", number) and ticket == given
        case m.TicketIssued(ticket_id=given):
            return ticket == given
        case _:
            return True


def _told_anew(first: m.Answer, case: str, after: str) -> m.Answer:
    match first:
        case m.ComplaintAccepted():
            return msgspec.structs.replace(
                first, case_number=case, ticket_id=after, ticket_number=after.partition("-")[2]
            )
        case m.TicketIssued():
            return msgspec.structs.replace(first, ticket_id=after, number=after.partition("-")[2])
        case _:
            raise TypeError(f"{type(first).__name__} has no numbers")
