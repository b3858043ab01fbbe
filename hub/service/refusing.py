"""否定事项报备 (R50): where the policy files refusals, none holds before its head has approved it."""

from __future__ import annotations

from hub.domain.case import Stage
from hub.domain.errors import NotPrescribed, TextMissing
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service import answering, case_file, notices, posts
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, notices as stored_notices, refusing, views
from hub.store.cases import OpenCase
from hub.store.refusing import Proposed
from hub.store.transaction import Transaction
from hub.wire import messages as m


def propose(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ProposeRefusal) -> Decision:
    """Fills in the form. Refuses `not_prescribed`, and `refusal_waits` while an earlier one is not decided."""
    found, policy = _filed(tx, books, told.case_number)
    _declined(found, policy, told.text)  # only what could be declined now
    if not told.basis.strip():
        raise TextMissing("a refusal's basis")
    before = refusing.newest(tx, books.hall.code, found.number)
    if before is not None and before.approved is None:
        raise Refused("refusal_waits", f"{found.number} has a refusal that waits for approval")
    refusing.propose(
        tx,
        books.hall.code,
        found.number,
        before.ordinal + 1 if before else 0,
        basis=told.basis,
        at=asked.at,
        staff=asked.actor.staff,
    )
    cases.save(tx, books.hall.code, found.number, owner=found.owner or asked.actor.staff)
    case_file.step(tx, books, asked, found.number, "propose_refusal", text=told.text)
    approver = policy.refusals.approver.value
    posts.must_be_held(tx, books, asked, found, policy, approver)
    waiting = case_file.ask_for_word(
        tx, books, draft, asked, "refusal_waits", found.number, policy, approver, found.department
    )
    return Decision(m.Done(), [waiting], found.number)


def decide(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.DecideRefusal) -> Decision:
    """Approved, the case is out of scope with the proposal's reasons; else it goes on. Nobody approves their own."""
    found, policy = _filed(tx, books, told.case_number)
    code = books.hall.code
    waiting = refusing.newest(tx, code, found.number)
    if waiting is None or waiting.approved is not None:
        raise Refused("no_refusal", f"{found.number} has no refusal that waits")
    if asked.actor.speaks_for(waiting.proposed_by):
        raise Refused("not_permitted", "nobody approves a refusal of their own")
    refusing.decide(
        tx, code, found.number, waiting.ordinal, approved=told.approved, at=asked.at, staff=asked.actor.staff
    )
    if told.approved:
        text = _text(tx, books, found.number)
        owed = answering.answered(tx, books, draft, asked, found, policy, _declined(found, policy, text))
        case_file.step(tx, books, asked, found.number, "decline", text=text)
        events: list[m.Event] = [case_file.moved(tx, books, draft, found, "decline", asked.at), *owed]
    else:
        if not told.text.strip():
            raise TextMissing("a refusal that is not approved")
        case_file.step(tx, books, asked, found.number, "reject_refusal", text=told.text)
        events = []
    row, event = notices.raised(
        draft,
        asked.at,
        kind="refusal_decided",
        roles=("window",),
        subject=found.number,
        detail="approved" if told.approved else "rejected",
    )
    stored_notices.add(tx, code, [row])
    return Decision(m.Done(), [*events, event], found.number)


def read(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ReadRefusal) -> Decision:
    """What the form and the notice say, remedies with them."""
    found, policy = _filed(tx, books, wanted.case_number)
    proposed: Proposed | None = refusing.newest(tx, books.hall.code, found.number)
    if proposed is None:
        raise Refused("no_refusal", f"{found.number} has no refusal")
    rules = policy.refusals
    form = m.Refusal(
        case_number=found.number,
        text=_text(tx, books, found.number),
        basis=proposed.basis,
        proposed_by=proposed.proposed_by,
        proposed_at=proposed.proposed_at,
        copies=rules.copies.value,
        notice_in=rules.notice_in.value,
        remedies=rules.remedies.value,
        approved=proposed.approved,
        decided_by=proposed.decided_by,
        decided_at=proposed.decided_at,
    )
    return Decision(form, subject=found.number)


def _filed(tx: Transaction, books: Books, number: str) -> tuple[OpenCase, Policy]:
    found = case_file.find(tx, books, number)
    policy = case_file.policy_of(tx, books, found)
    if not policy.refusals.filed.value:
        raise NotPrescribed("filed refusals", policy.document)
    return found, policy


def _declined(found: OpenCase, policy: Policy, text: str) -> Stage:
    return case_file.prescribed(policy, case_file.triaged(found, policy), "decline", text)


def _text(tx: Transaction, books: Books, number: str) -> str:
    """The newest proposal's reasons."""
    steps = views.steps(tx, books.hall.code, books.sealer, number)
    return next(one.text for one in reversed(steps) if one.move == "propose_refusal")
