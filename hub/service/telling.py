"""The answer reaches the citizen, and a late one is explained (R24, R28, R30, R74)."""

from __future__ import annotations

import datetime as dt

from hub.domain import breach, case as case_table
from hub.domain.errors import MoveNotAllowed, TextMissing
from hub.domain.policy import Policy
from hub.domain.policy.values import UsualMedium
from hub.errors import Refused
from hub.service import case_file
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import closing, owed
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m


def tell_citizen(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.TellCitizen) -> Decision:
    """告知本人 (R24): by the unit or the window, when and in which medium. What was written is answered so (R30)."""
    found = case_file.find_own(tx, books, asked, told.case_number)
    if found.stage in case_table.OPEN or found.stage == "archived":
        raise MoveNotAllowed("case", found.stage, "tell", case_table.allowed(found.stage))
    policy = case_file.policy_of(tx, books, found)
    owes = medium_owed(tx, books, found, policy)
    if owes not in ("either", "mainly_oral", told.medium):
        raise Refused("wrong_medium", f"the citizen of {found.number} is told in the medium {owes} (R30, R50)")
    text = f"{told.medium}: {told.text}" if told.text else told.medium
    department = asked.actor.terminal.department
    case_file.step(tx, books, asked, found.number, "tell", department=department, text=text)
    owed.settle(tx, books.hall.code, found.number, ("tell",))
    return Decision(m.Done(), subject=found.number)


def medium_owed(tx: Transaction, books: Books, found: OpenCase, policy: Policy) -> UsualMedium:
    """In which medium this citizen is answered (R30)."""
    in_writing = closing.came_in_writing(tx, books.hall.code, found.number)
    return breach.medium_owed(policy, found.kind, found.stage, in_writing=in_writing)


def explain_lateness(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.ExplainLateness) -> Decision:
    """责令责任人向办事人说明 (R74): what the citizen was told about why it is late. Refuses `not_late`."""
    found = _own_case(tx, books, asked, told.case_number)
    if not told.text.strip():
        raise TextMissing("explain")
    if not breach.is_late(record(tx, books, found), books.local_date(asked.at)):
        raise Refused("not_late", f"{found.number} is not late: there is nothing to explain")
    case_file.step(
        tx, books, asked, found.number, "explain", department=asked.actor.terminal.department, text=told.text
    )
    return Decision(m.Done(), subject=found.number)


def read_breaches(tx: Transaction, books: Books, asked: Asked, wanted: m.ReadBreaches) -> m.Answer:
    """What is wrong with a case's time today (R28)."""
    found = _own_case(tx, books, asked, wanted.case_number)
    policy = case_file.policy_of(tx, books, found)
    kept = record(tx, books, found)
    today = books.local_date(asked.at)
    return m.Breaches(
        case_number=found.number,
        codes=breach.breaches(policy, kept, today),
        explanation_owed=owes_explanation(tx, books, found, policy, today),
    )


def record(tx: Transaction, books: Books, found: OpenCase) -> breach.Record:
    """What the books say of a case's time. On the spot the citizen hears the answer as it is
    given, but of what was written it is owed in writing."""
    code = books.hall.code
    answered = closing.answered_at(tx, code, found.number)
    policy = case_file.policy_of(tx, books, found)
    began = closing.clock_began(tx, code, found.number, found.filed_at, policy)
    extended = closing.newest_step(tx, code, found.number, "extend")
    heard = breach.heard_by(medium_owed(tx, books, found, policy))
    told = [closing.newest_step(tx, code, found.number, move) for move in heard]
    return breach.Record(
        due=found.due.date,
        answered=books.local_date(answered) if answered else None,
        told=answered is not None and any(one is not None and one >= answered for one in told),
        extended=extended is not None and extended >= began,
        stopped=books.local_date(found.paused_at) if found.paused_at else None,
    )


def owes_explanation(tx: Transaction, books: Books, found: OpenCase, policy: Policy, today: dt.date) -> bool:
    """Whether the case is late, its policy wants that explained (R74, R10), and nobody has since the clock began."""
    delayed = found.kind == "grievance" and policy.complaints.delay_explained.value
    if not (policy.clock.late_explained_by.value or delayed) or not breach.is_late(record(tx, books, found), today):
        return False
    began = closing.clock_began(tx, books.hall.code, found.number, found.filed_at, policy)
    explained = closing.newest_step(tx, books.hall.code, found.number, "explain")
    return explained is None or explained < began


def _own_case(tx: Transaction, books: Books, asked: Asked, number: str) -> OpenCase:
    """A case; for a department one of its own."""
    found = case_file.find(tx, books, number)
    own = asked.actor.terminal.department
    if own and own != found.department:
        raise Refused("unknown_case", f"no case {number} here")
    return found
