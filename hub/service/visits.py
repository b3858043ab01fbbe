"""上门服务 (R59): asked for by who cannot come, answered in time, made by two or more, filed."""

from __future__ import annotations

from hub.domain import requests as rules
from hub.domain.errors import TextMissing
from hub.errors import Refused
from hub.service import requests as shared
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import attachments, cases, requests, windows
from hub.store.requests import Asker
from hub.store.transaction import Transaction
from hub.wire import messages as m

MOST_GO = 10


def ask(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.AskVisit) -> Decision:
    """Somebody who cannot come asks for a visit; refuses a ground that the hall's document does not have."""
    rules.check_visit(books.policy.visits, told.ground)
    if not (told.name.strip() and told.address.strip()):
        raise Refused("request_incomplete", "a visit needs a name and an address: who is to be found where")
    if told.case_number and cases.find(tx, books.hall.code, told.case_number) is None:
        raise Refused("unknown_case", f"no case {told.case_number}")
    asker = Asker(told.name, told.phone, told.address, told.text)
    return shared.take(tx, books, draft, asked, "visit", told, asker, ground=told.ground, case_number=told.case_number)


def answer(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.AnswerVisit) -> Decision:
    """Who asked hears when somebody comes, or why nobody does and what they can do instead (R3)."""
    found, _ = shared.find(tx, books, told.number, "visit")
    state = rules.move("visit", found.state, "agree" if told.agreed else "refuse")
    if told.agreed and (told.visit_at is None or not asked.at <= told.visit_at <= asked.at + shared.AT_MOST):
        raise Refused("request_incomplete", "say when somebody comes: a moment to come, within a year")
    if not told.agreed and not told.text.strip():
        raise TextMissing("a refused visit")
    shared.check_lengths(told)
    first = found.answered_at is None
    agreed_on = told.visit_at if told.agreed else None
    requests.save(
        tx,
        books.hall.code,
        books.sealer,
        found.number,
        answer=told.text,
        state=state,
        visit_at=agreed_on,
        answered_at=asked.at if first else found.answered_at,
        late=found.late or (first and shared.is_late(books, found, asked.at)),
        remind_at=agreed_on and shared.midnight(books, agreed_on),
    )
    return shared.line_of(tx, books, asked, found.number)


def record(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.RecordVisit) -> Decision:
    """They have been there, as many as the document sends, and what they took down is filed with a case (R59)."""
    found, policy = shared.find(tx, books, told.number, "visit")
    state = rules.move("visit", found.state, "carry_out")
    number = told.case_number or found.case_number
    case = cases.find(tx, books.hall.code, number) if number else None
    if number and case is None:
        raise Refused("unknown_case", f"no case {number}")
    papers = attachments.finished(tx, books.hall.code, case.number, told.visited_at) if case else 0
    for one in told.staff:
        if windows.staff_member(tx, books.hall.code, one) is None:
            raise Refused("unknown_staff", f"nobody has the staff code {one!r}")
    rules.check_carried_out(policy.visits, told.staff, papers)
    if len(told.staff) > MOST_GO:
        raise Refused("too_long", f"at most {MOST_GO} of the staff are named")
    if not found.received_at <= told.visited_at <= asked.at:
        raise Refused("bad_times", "a visit was made after it was asked for, and before now")
    requests.save(
        tx,
        books.hall.code,
        books.sealer,
        found.number,
        state=state,
        staff=",".join(dict.fromkeys(told.staff)),
        done_at=told.visited_at,
        case_number=case.number if case else "",
        remind_at=None,
    )
    return shared.line_of(tx, books, asked, found.number)
