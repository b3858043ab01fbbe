"""The window's first look at a case, and the three answers it may give instead of a no (R2, R3, R15, R18, R29)."""

from __future__ import annotations

from hub.domain.case import Stage
from hub.domain.errors import TextMissing
from hub.domain.facts import Declined, Standing, Verified
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service import answering, case_file
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, owed
from hub.store.transaction import Transaction
from hub.wire import messages as m


def triage(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.TriageCase) -> Decision:
    """研判, 审核确认: what was found; the first receiver becomes the owner (R5). A 投诉 is looked into (R10)."""
    found = case_file.find(tx, books, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    stage: Stage = case_file.prescribed(policy, found.stage, "triage")
    if not told.finding.strip():
        raise TextMissing("triage")
    if told.case_class:
        policy.case_class(told.case_class)
    cases.save(
        tx,
        books.hall.code,
        found.number,
        stage=stage,
        case_class=told.case_class or found.case_class,
        owner=found.owner or asked.actor.staff,
    )
    case_file.step(tx, books, asked, found.number, "triage")
    case_file.lay_down(tx, books, asked, found.number, Verified(told.case_class, told.finding))
    owed.settle(tx, books.hall.code, found.number, ("investigate",))
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "triage", asked.at)], found.number)


def decline(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.DeclineCase) -> Decision:
    """窗口无否决权: where and how instead, what to supply, or what superiors said; never a bare no."""
    found = case_file.find(tx, books, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    stage = case_file.prescribed(policy, case_file.triaged(found, policy), "decline", told.text)
    if policy.refusals.filed.value and told.kind != "supply":
        raise Refused("approval_needed", f"{policy.name} files its refusals: send ProposeRefusal (R50)")
    late = books.local_date(asked.at) > found.due.date
    if late and policy.refusals.unanswered_is_handled.value and not told.exclusion:
        raise Refused("to_be_handled", f"{found.number} had no answer in time: handle it, unless the law bars it (R29)")
    _complete(policy, case_file.standing_of(tx, books, found.number), told)
    asked_for = answering.answered(tx, books, draft, asked, found, policy, stage)
    case_file.step(tx, books, asked, found.number, "decline", text=told.text)
    fact = Declined(told.kind, told.exclusion, told.basis, told.supply, told.medium)
    case_file.lay_down(tx, books, asked, found.number, fact)
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "decline", asked.at), *asked_for], found.number)


def _complete(policy: Policy, standing: Standing, told: m.DeclineCase) -> None:
    """Refuses `answer_incomplete` with what its kind still needs."""
    if told.kind == "elsewhere" and not told.exclusion:
        raise Refused("answer_incomplete", "name the ground on which it is out of scope (R2)")
    if told.exclusion:
        ground = policy.exclusion(told.exclusion)
        if ground.answer != told.kind:
            raise Refused("answer_incomplete", f"on the ground {told.exclusion} the answer owed is {ground.answer}")
        if ground.basis_named and not told.basis.strip():
            raise Refused("answer_incomplete", "name the provision that bars it (R2)")
    if told.kind == "supply" and not any(item.strip() for item in told.supply):
        raise Refused("answer_incomplete", "list all that is missing, at once (R3)")
    if told.kind == "ask_upward" and not standing.instructed:
        raise Refused("answer_incomplete", "ask upward first, and answer with what came of it (R3)")
    if policy.refusals.reasons_in.value == "written" and told.medium != "written":
        raise Refused("written_needed", "this hall gives its reasons in writing (R29)")
