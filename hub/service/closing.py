"""What comes after the answer: the citizen's rating, rework, follow-up and archive (R32-R34, R40)."""

from __future__ import annotations

from typing import get_args

import msgspec

from hub.domain import case as case_table, closing as rules
from hub.domain.errors import MoveNotAllowed, TextMissing
from hub.domain.facts import LookedAt
from hub.domain.owed import Owed
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service import by_code, case_file, filing, notices, owing, posts, telling
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, closing, notices as stored_notices, owed
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m


def rate(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.RateCase) -> Decision:
    """评价 (R32) as the citizen told it to staff."""
    found, policy = _case_and_policy(tx, books, told.case_number)
    return _rated(tx, books, draft, asked, found, policy, told.level, told.text)


def rate_by_code(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.RateByCode) -> Decision:
    """评价 (R32) by the citizen, of whatever their code opens: once for each answer, at a kiosk or on a phone."""
    number = by_code.case_number(tx, books, asked, told.secret)
    found, policy = _case_and_policy(tx, books, number)
    rules.check_open_to_rating(found.stage)
    if len(told.text) > filing.LIMITS["text"]:
        raise Refused("too_long", f"text has at most {filing.LIMITS['text']} characters")
    return _rated(tx, books, draft, asked, found, policy, told.level, told.text)


def _rated(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    found: OpenCase,
    policy: Policy,
    level: str,
    text: str,
) -> Decision:
    """A level that the case's policy sends back reopens it at once, with a clock of its own (R33)."""
    stage = case_file.prescribed(policy, found.stage, "rate")
    rules.check_level(policy, level)
    bad = policy.sends_back(level)
    case_file.step(tx, books, asked, found.number, "rate", text="" if bad else text)
    closing.add_rating(
        tx, books.hall.code, found.number, at=asked.at, level=level, staff=asked.actor.staff, sent_back=bad
    )
    cases.save(tx, books.hall.code, found.number, stage=stage)
    events: list[m.Event] = [case_file.moved(tx, books, draft, found, "rate", asked.at)]
    if bad:
        events += _sent_back(tx, books, draft, asked, found, policy, text)
        events += _mends_guides(tx, books, draft, asked, found, policy)
    return Decision(m.Done(), events, found.number)


def follow_up(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.FollowUpCase) -> Decision:
    """回访 (R34): asked again, and what was said."""
    found, policy = _case_and_policy(tx, books, told.case_number)
    stage = case_file.prescribed(policy, found.stage, "follow_up", told.text)
    cases.save(tx, books.hall.code, found.number, stage=stage)
    case_file.step(tx, books, asked, found.number, "follow_up", text=told.text)
    owed.settle(tx, books.hall.code, found.number, ("follow_up",))
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "follow_up", asked.at)], found.number)


def archive(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ArchiveCase) -> Decision:
    """归档: nothing leads on from there. Refuses while something is owed."""
    found, policy = _case_and_policy(tx, books, told.case_number)
    stage = case_file.prescribed(policy, found.stage, "archive")
    tracks = policy.complaints.followed_by.value
    if found.kind == "grievance" and not posts.holds(tx, books, asked, tracks):
        raise Refused("not_permitted", f"{policy.role(tracks).title} tracks a 投诉 to its end, and archives it (R10)")
    code = books.hall.code
    answered, asked_again = (
        closing.answered_at(tx, code, found.number),
        closing.newest_step(tx, code, found.number, "follow_up"),
    )
    missing = rules.owed_before_archive(
        policy,
        rated_badly=any(one.sent_back for one in closing.ratings(tx, code, found.number)),
        followed_up=asked_again is not None and answered is not None and asked_again >= answered,
    )
    if case_file.standing_of(tx, books, found.number).referral_open:
        raise Refused("referral_open", f"{found.number} is followed at another authority (R23); send FollowReferral")
    if "follow_up" in missing:
        raise Refused(
            "follow_up_owed", f"{found.number} is archived after its follow-up (R34); send FollowUpCase first"
        )
    if not telling.record(tx, books, found).told and "citizen" in policy.handling.result_goes_to.value:
        raise Refused(
            "result_not_told", f"the citizen of {found.number} has not heard the result (R24); send TellCitizen"
        )
    if telling.owes_explanation(tx, books, found, policy, books.local_date(asked.at)):
        raise Refused(
            "explanation_owed", f"{found.number} was late and nobody explained it (R74); send ExplainLateness"
        )
    cases.save(tx, code, found.number, stage=stage)
    owed.settle(tx, code, found.number, get_args(Owed))
    case_file.step(tx, books, asked, found.number, "archive")
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "archive", asked.at)], found.number)


def supervise(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.SuperviseCase) -> Decision:
    """督办 (R73): a note in the timeline, and a notice to whoever has the case."""
    found = case_file.find(tx, books, told.case_number)
    if found.stage == "archived":
        raise MoveNotAllowed("case", found.stage, "note", [])
    if not told.text.strip():
        raise TextMissing("note")
    case_file.step(tx, books, asked, found.number, "note", text=told.text)
    policy = case_file.policy_of(tx, books, found)
    leader = policy.supervision.looked_at_by.value
    if found.stage in case_table.OPEN and leader and posts.holds(tx, books, asked, leader):
        case_file.lay_down(tx, books, asked, found.number, LookedAt(leader))
        owing.looked(tx, books, asked.at, found, policy)
    at_department = found.stage in ("dispatched", "accepted")
    row, waiting = notices.raised(
        draft,
        asked.at,
        kind="supervised",
        roles=("department",) if at_department else ("window",),
        subject=found.number,
        department=found.department if at_department else "",
    )
    stored_notices.add(tx, books.hall.code, [row])
    return Decision(m.Done(), [waiting], found.number)


def _sent_back(
    tx: Transaction, books: Books, draft: Draft, asked: Asked, found: OpenCase, policy: Policy, text: str
) -> list[m.Event]:
    """退回重办: open again, with its owner, a new date, and the window told to dispatch it anew."""
    code = books.hall.code
    stage = case_file.prescribed(policy, "rated", "send_back", text)
    answered = closing.answered_at(tx, code, found.number)
    due = rules.due_of_rework(policy, books.calendar, found.kind, found.due, books.local(asked.at))
    cases.save(tx, code, found.number, stage=stage, due=due, answered_at=None, owner=found.owner or asked.actor.staff)
    owed.settle(tx, code, found.number, get_args(Owed))  # of the answer that did not hold
    case_file.step(tx, books, asked, found.number, "send_back", text=text)
    counts = found.kind == "matter" and policy.promises_a_date
    if answered is not None and counts and case_file.this_month(books, found.business_date):
        draft.counts = msgspec.structs.replace(
            draft.counts,
            answered_month=draft.counts.answered_month - 1,
            on_time_month=draft.counts.on_time_month - case_file.on_time(books, found.due, answered),
        )
    row, waiting = notices.raised(draft, asked.at, kind="rework", roles=("window",), subject=found.number)
    stored_notices.add(tx, code, [row])
    return [case_file.moved(tx, books, draft, found, "send_back", asked.at), waiting]


def _mends_guides(
    tx: Transaction, books: Books, draft: Draft, asked: Asked, found: OpenCase, policy: Policy
) -> list[m.Event]:
    """将差评问题作为动态调整办事指南的重要参考 (R33): who publishes the guides hears of which matter it was."""
    if not policy.rating.bad_ones_mend_guides.value:
        return []
    matter = cases.matter(tx, books.hall.code, found.number)
    return notices.tell(tx, books, draft, asked.at, "mend_guide", ("supervisor",), found.number, detail=matter)


def _case_and_policy(tx: Transaction, books: Books, number: str) -> tuple[OpenCase, Policy]:
    found = case_file.find(tx, books, number)
    return found, case_file.policy_of(tx, books, found)
