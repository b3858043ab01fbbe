"""投诉: lodged, and kept from whom it is about (R10-R13)."""

from __future__ import annotations

import msgspec

from hub.domain import grievance as rules, owed as when_owed
from hub.domain.errors import MoveNotAllowed, TextMissing
from hub.domain.facts import StatementRecorded
from hub.domain.hall import Role
from hub.domain.numbers import case_number
from hub.errors import Refused
from hub.service import filing, notices
from hub.service.books import Actor, Asked, Books, Decision, Draft
from hub.store import additions, cases, facts, grievances, owed, receipts, windows
from hub.store.cases import OpenCase
from hub.store.sealing import Person
from hub.store.transaction import Transaction
from hub.wire import messages as m

LIMITS = filing.LIMITS | {"respondent": 60, "happened": 60, "place": 120}
BEFORE_WRITTEN: frozenset[type[m.Message]] = frozenset(
    {
        m.ReadCase,
        m.NameRespondent,
        m.ReportPrint,
        m.ReplacePaperCode,
        m.BeginAttachment,
        m.SendChunk,
        m.FinishAttachment,
        m.ReadAttachment,
        m.ReadBreaches,
        m.ReadRefusal,
        m.ExplainDue,
        m.SuperviseCase,
        m.ExplainLateness,
        m.HandOver,
        m.RecordStatement,
    }
)
"""What may be done with a 投诉 that still has to be put in writing (R12): nothing that settles it."""


def lodge(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.LodgeGrievance) -> Decision:
    """Opens a 投诉. Who signs it is kept from all but who took it and who follows it (R13).

    Who takes it owns it, but not where it is about them (R11).
    """
    complaints, hall = books.policy.complaints, books.hall
    _check(books, asked.actor, told)
    number = case_number(hall.code, books.business_date, draft.next_number("case"))
    due = rules.due(books.policy, books.calendar, books.local(asked.at))
    case_row: dict[str, object] = {
        "number": number,
        "command_id": asked.command_id,
        "kind": "grievance",
        "business_date": books.business_date,
        "filed_at": asked.at,
        "stage": "filed",
        "matter": "other",
        "reasons": "",
        "visits": 1,
        "confidential": rules.is_confidential(complaints, told.name),
        "channel": told.channel,
        "language": told.language,
        "scope": "",
        "policy_code": books.policy.code,
        "policy_version": books.policy.version,
        "calendar_version": books.edition.version,
        "due_date": due.date,
        "due": msgspec.msgpack.encode(due),
        "owner": "" if told.respondent_staff == asked.actor.staff else asked.actor.staff,
        "ticket_id": "",
    }
    about = grievances.row(
        books.sealer,
        number,
        grievances.Told(told.respondent, told.happened, told.place),
        ground=told.ground,
        weight=",".join(told.weight),
        department=told.department,
        respondent_staff=_staff(tx, books, told.respondent_staff),
        barred=not complaints.respondent_may_handle.value,
        must_be_written=rules.must_be_written(complaints, told.weight),
    )
    person = Person(name=told.name, phone=told.phone, text=told.text)
    step: dict[str, object] = {"case_number": number, "ordinal": 0, "at": asked.at, "move": "file", "sealed": None}
    waits_for: set[Role] = {"window", *_followers(books)}
    notice, event = notices.raised(draft, asked.at, kind="grievance", roles=tuple(sorted(waits_for)), subject=number)
    rows: dict[str, list[dict[str, object]]] = {
        "case": [case_row],
        "person": [{"case_number": number, "sealed": books.sealer.seal_person(person, number)}],
        "lookup": receipts.secret_rows(books.sealer, number, "paper", told.on_paper),
        "step": [step | {"staff": asked.actor.staff}],
        "notice": [notice],
        "grievance": [about],
    }
    additions.add_rows(tx, hall.code, [rows])
    additions.save_counters(tx, hall.code, draft.counters)
    if complaints.investigated_at_once.value:
        since = books.local(asked.at)
        until = when_owed.due(books.policy, books.calendar, "investigate", since, due.date)
        first_word = when_owed.first_word(until, since.date())
        said = {"due_date": until, "remind_on": first_word}
        version = books.edition.version
        owed.add(tx, hall.code, number, "investigate", since=asked.at, calendar_version=version, **said)
    return Decision(m.ComplaintAccepted(case_number=number, filed_at=asked.at, due=due), [event], number)


def name_respondent(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.NameRespondent) -> Decision:
    """Who it is about; a case of theirs goes to who found out, for nobody owns a 投诉 about themselves (R11)."""
    found = cases.find(tx, books.hall.code, told.case_number)
    if found is None or grievances.find(tx, books.hall.code, told.case_number) is None:
        raise Refused("unknown_case", f"no 投诉 {told.case_number}")
    staff = _staff(tx, books, told.staff)
    if staff in ("", asked.actor.staff):
        raise Refused("bad_respondent", "a colleague names the respondent: ask somebody else to take this 投诉")
    grievances.save(tx, books.hall.code, found.number, respondent_staff=staff)
    if found.owner == staff:
        cases.save(tx, books.hall.code, found.number, owner=asked.actor.staff)
    return Decision(m.Done(), subject=found.number)


def record_statement(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.RecordStatement) -> Decision:
    """What the respondent says about it, taken down by who looks into it: both sides have their rights (R11)."""
    found = cases.find(tx, books.hall.code, told.case_number)
    if found is None or found.kind != "grievance":
        raise Refused("unknown_case", f"no 投诉 {told.case_number}")
    if found.stage == "archived":
        raise MoveNotAllowed("case", found.stage, "record a statement", [])
    if not told.text.strip():
        raise TextMissing("a respondent's statement")
    facts.add(
        tx, books.hall.code, books.sealer, found.number, StatementRecorded(told.text), at=asked.at, by=asked.actor.staff
    )
    return Decision(m.Done(), subject=found.number)


def keep_out(tx: Transaction, books: Books, actor: Actor, command: object) -> None:
    """Before any command that names a case: the respondent has no such case (R11), nothing goes to a unit that is
    complained about, and what must be written waits for its writing (R12).

    Refuses `unknown_case`, `bad_respondent`, `respondent_unit` and `not_written`.
    """
    number = _case_of(command)
    found = grievances.find(tx, books.hall.code, number) if number else None
    if found is None or not actor.staff:
        return
    if found.keeps_out(actor.staff, actor.terminal.department):
        raise Refused("unknown_case", f"no case {number} here")
    taker = command.staff if isinstance(command, m.AppointAgent) else getattr(command, "taker", "")
    if found.keeps_out(taker, ""):
        raise Refused("bad_respondent", "this 投诉 is about them: give it to somebody else")
    if isinstance(command, m.DispatchCase | m.CallToWindow) and found.keeps_out("", command.department):
        raise Refused("respondent_unit", "this 投诉 is about that department: name the person, or send it elsewhere")
    if found.waits_for_writing and type(command) not in BEFORE_WRITTEN:
        raise Refused("not_written", "a major 投诉 goes on when its written form is attached: ask for it (R12)")


def identity_hidden(books: Books, actor: Actor, found: OpenCase) -> bool:
    """Whether somebody is not to know who complains (R13): a department where secrecy was asked for; of a signed 投诉
    everybody but who took it and who follows it to the end."""
    if found.kind == "grievance":
        needs_to_know = actor.staff == found.owner or actor.role in _followers(books) - {"window"}
        return found.confidential and not needs_to_know
    return found.confidential and actor.role == "department"


def _followers(books: Books) -> frozenset[Role]:
    at = books.policy.role(books.policy.complaints.followed_by.value).at
    return frozenset() if at == "nobody" else frozenset({at})


def _case_of(command: object) -> str:
    work_order = getattr(command, "work_order_id", "") or getattr(command, "attachment_id", "")
    return getattr(command, "case_number", "") or work_order.partition("/")[0]


def _staff(tx: Transaction, books: Books, code: str) -> str:
    if code and windows.staff_member(tx, books.hall.code, code) is None:
        raise Refused("unknown_code", f"nobody here has the staff code {code!r}")
    return code


def _check(books: Books, actor: Actor, told: m.LodgeGrievance) -> None:
    complaints = books.policy.complaints
    if not complaints.taken.value:
        raise Refused("not_taken_here", "this hall takes no 投诉; name the outlets on the kiosk's home screen (R14)")
    if told.channel not in complaints.channels.value:
        raise Refused("unknown_code", f"this hall takes no 投诉 by {told.channel}")
    filing.check_kiosk(actor, told.channel)
    for field, most in LIMITS.items():
        if len(getattr(told, field, "")) > most:
            raise Refused("too_long", f"{field} has at most {most} characters")
    if told.department:
        books.hall.department(told.department)
    said = {field: getattr(told, field) for field in ("respondent", "department", "place", "name", "phone")}
    rules.check(complaints, told.ground, said | {"matter": told.text, "time": told.happened})
    filing.check_secrets(told.on_paper)
