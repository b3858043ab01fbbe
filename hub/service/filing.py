"""Commands that only add: decided in memory, written for a whole round at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

from hub.domain import lookup, queue
from hub.domain.draft import UNSURE
from hub.domain.numbers import TicketNumber, case_number, ticket_number
from hub.errors import Refused
from hub.service import notices, waiting
from hub.service.books import Actor, Asked, Books, Decision, Draft
from hub.store import receipts
from hub.store.sealing import Person
from hub.wire import messages as m

MOST_VISITS = 5
IN_THE_HALL = frozenset[m.Channel]({"kiosk", "window"})
"""Channels whose citizens stand here and can be called; nobody else takes a place in the line."""
LIMITS = {"text": 4000, "name": 60, "phone": 40, "since": 40, "language": 16}


@dataclass(frozen=True)
class Paper:
    """What of a citizen's paper is adopted: numbers of `day`, each where it can be. `hub.service.printed` decides."""

    day: dt.date
    printed_at: dt.datetime
    has_ticket: bool
    case_number: str = ""
    ticket: TicketNumber | None = None


def file_complaint(
    books: Books, draft: Draft, asked: Asked, told: m.FileComplaint, paper: Paper | None = None
) -> Decision:
    """Opens a case (登记) and, when its window is open, a ticket; nothing else can turn a citizen away.

    Who takes it at a window owns it (首接负责, R5); what a kiosk took is the receiving post's until somebody does.
    Where there is a paper already, it says whether there is a ticket, and since when the citizen waits for an answer.
    Refuses `unknown_code`, `too_long` and `bad_secret`: mistakes of a terminal, never of a citizen.
    """
    _check(books, asked.actor, told)
    hall, picture = books.hall, books.picture
    day, number = books.business_date, ""
    if paper is not None and paper.case_number:
        day, number = paper.day, paper.case_number
    number = number or case_number(hall.code, day, draft.next_number("case"))
    due = books.due_at_filing(paper.printed_at if paper else asked.at)
    service = hall.service(hall.service_for_cases)
    serving = [w.number for w in hall.windows if service.code in w.services]
    open_windows = [n for n in serving if n in picture.windows and picture.windows[n].open]
    ticket: m.TicketView | None = None
    ahead = 0
    rows: dict[str, list[dict[str, object]]] = {}
    here = told.channel in IN_THE_HALL
    if paper.has_ticket if paper else (here and open_windows):
        ticket, ahead, rows["ticket"] = take_place(books, draft, asked, service.code, number, paper)
    rows["case"] = [
        {
            "number": number,
            "command_id": asked.command_id,
            "kind": "matter",
            "business_date": day,
            "filed_at": asked.at,
            "stage": "filed",
            "matter": told.matter,
            "reasons": ",".join(told.reasons),
            "visits": told.visits,
            "confidential": told.confidential,
            "channel": told.channel,
            "language": told.language,
            "scope": told.scope,
            "policy_code": books.policy.code,
            "policy_version": books.policy.version,
            "calendar_version": books.edition.version,
            "due_date": due.date,
            "due": msgspec.msgpack.encode(due),
            "owner": asked.actor.staff,
            "ticket_id": ticket.ticket_id if ticket else "",
        }
    ]
    person = Person(name=told.name, phone=told.phone, text=told.text)
    rows["person"] = [{"case_number": number, "sealed": books.sealer.seal_person(person, number)}]
    rows["lookup"] = receipts.secret_rows(books.sealer, number, "paper", told.on_paper)
    if told.on_screen is not None:
        rows["lookup"] += receipts.secret_rows(books.sealer, number, "screen", told.on_screen)
    rows["step"] = [
        {
            "case_number": number,
            "ordinal": 0,
            "at": asked.at,
            "move": "file",
            "staff": asked.actor.staff,
            "sealed": books.sealer.seal_text(told.since, f"step/{number}/0"),
        }
    ]
    wait = waiting.joined(books, draft, service.code, asked.at) if ticket is not None else None
    draft.counts = msgspec.structs.replace(
        draft.counts,
        today=draft.counts.today + (day == books.business_date),
        month=draft.counts.month + (day.replace(day=1) == books.business_date.replace(day=1)),
    )
    promised = due.date if books.policy.promises_a_date else None
    progress = m.CaseProgress(case_number=number, stage="filed", filed_at=asked.at, due_date=promised)
    notice_row, notice_event = notices.raised(draft, asked.at, kind="new_complaint", roles=("window",), subject=number)
    rows["notice"] = [notice_row]
    return Decision(
        answer=m.ComplaintAccepted(
            case_number=number,
            filed_at=asked.at,
            due=due,
            ticket_number=ticket.number if ticket else "",
            ticket_id=ticket.ticket_id if ticket else "",
            ahead=ahead,
            window=serving[0] if len(serving) == 1 else 0,
            wait=wait,
        ),
        events=[m.ComplaintFiled(case=progress, ticket=_shown(ticket), counts=draft.counts), notice_event],
        subject=number,
        rows=rows,
    )


def take_ticket(books: Books, draft: Draft, asked: Asked, wanted: m.TakeTicket, paper: Paper | None = None) -> Decision:
    """A number of a service's own series (R55), or the one on the citizen's paper."""
    service = books.hall.service(wanted.service)
    ticket, ahead, rows = take_place(books, draft, asked, service.code, "", paper)
    shown = _shown(ticket)
    wait = waiting.joined(books, draft, service.code, asked.at) if shown else None
    return Decision(
        answer=m.TicketIssued(
            ticket_id=ticket.ticket_id,
            number=ticket.number,
            service=service.code,
            ahead=ahead,
            wait=wait,
            taken_at=ticket.taken_at,
        ),
        events=[m.TicketTaken(ticket=shown)] if shown else [],
        subject=ticket.ticket_id,
        rows={"ticket": rows},
    )


def take_place(
    books: Books, draft: Draft, asked: Asked, service_code: str, case: str, paper: Paper | None = None
) -> tuple[m.TicketView, int, list[dict[str, object]]]:
    """A ticket in the line of its service, how many wait before it, and its row.

    With a paper the citizen stands where they have stood since it was printed; a line that was closed meanwhile
    stays closed.
    """
    service = books.hall.service(service_code)
    day, taken_at = books.business_date, paper.printed_at if paper else asked.at
    if paper is not None and paper.ticket is not None:
        day, series, place = paper.day, paper.ticket.series, paper.ticket.number
    else:
        series, place = service.letter, draft.next_number(service.letter)
    closed = day < books.business_date and books.policy.queue.at_day_end.value == "close"
    number = ticket_number(series, place)
    view = m.TicketView(
        ticket_id=ticket_id(day, number),
        number=number,
        service=service.code,
        state="withdrawn" if closed else "waiting",
        taken_at=taken_at,
        ended_at=asked.at if closed else None,
        case_number=case,
    )
    row: dict[str, object] = {
        "ticket_id": view.ticket_id,
        "command_id": asked.command_id,
        "business_date": day,
        "series": series,
        "number": place,
        "service": service.code,
        "state": view.state,
        "taken_at": taken_at,
        "case_number": case,
        "queue_date": day if closed else books.business_date,
    }
    if closed:
        return view, 0, [row | {"ended_at": asked.at}]
    ahead = draft.stand_in_line(service.code, asked.at)
    if taken_at < asked.at:
        due = (one for one in books.picture.waiting(service.code) if queue.is_due(one, asked.at))
        ahead = sum(one.lane != "line" or queue.place(one) < queue.place(view) for one in due)
    return view, ahead, [row]


def ticket_id(day: dt.date, number: str) -> str:
    """`20261123-F012`: numbers begin anew each day, ids do not."""
    return f"{day:%Y%m%d}-{number}"


def _shown(ticket: m.TicketView | None) -> m.TicketView | None:
    """A ticket as the feed tells it: one whose line is closed is in nobody's picture."""
    return ticket if ticket is not None and ticket.state == "waiting" else None


def _check(books: Books, actor: Actor, told: m.FileComplaint) -> None:
    if told.channel not in books.policy.channels.value:
        raise Refused("unknown_code", f"this hall takes no complaints by {told.channel} (R9)")
    check_kiosk(actor, told.channel)
    if told.matter not in UNSURE:
        books.hall.matter(told.matter)
    for reason in told.reasons:
        books.policy.reason(reason)
    if told.scope:
        books.policy.exclusion(told.scope)
    if not 1 <= told.visits <= MOST_VISITS:
        raise Refused("bad_visits", f"visits are 1 to {MOST_VISITS}, which stands for that many or more")
    for field, most in LIMITS.items():
        if len(getattr(told, field)) > most:
            raise Refused("too_long", f"{field} has at most {most} characters")
    check_secrets(told.on_paper)
    if told.on_screen is not None:
        check_secrets(told.on_screen)


def check_kiosk(actor: Actor, channel: m.Channel) -> None:
    """Refuses `wrong_channel`: who stands at a kiosk came to the hall; staff register what came another way (R9)."""
    if actor.role == "kiosk" and channel != "kiosk":
        raise Refused("wrong_channel", f"a kiosk takes nothing by {channel}; staff at a window register that")


def check_secrets(keys: m.LookupSecrets) -> None:
    """Refuses `bad_secret`: keys that are not as `hub.domain.lookup` makes them."""
    if len(keys.token) != lookup.TOKEN_LENGTH or lookup.read_typed(keys.typed) != keys.typed:
        raise Refused("bad_secret", "a look-up secret is 128 random bits, its typed form 16 characters and a check")
