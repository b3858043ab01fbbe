"""What every move of a case needs: the case, the policy it was opened under, and what the move leaves behind."""

from __future__ import annotations

import datetime as dt

import msgspec

from hub.domain import case as case_table, on_time as when_due
from hub.domain.case import CaseMove, Stage
from hub.domain.deadline import Due
from hub.domain.errors import ClockIsPaused, MoveNotAllowed, NotPrescribed
from hub.domain.facts import Fact, Standing, standing
from hub.domain.policy import Policy
from hub.domain.policy.people import Post
from hub.errors import Refused
from hub.service import notices
from hub.service.books import Asked, Books, Draft
from hub.store import cases, facts, notices as stored_notices, policies, views, wall_counts
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m


def find(tx: Transaction, books: Books, number: str) -> OpenCase:
    found = cases.find(tx, books.hall.code, number)
    if found is None:
        raise Refused("unknown_case", f"no case {number}")
    return found


def find_own(tx: Transaction, books: Books, asked: Asked, number: str) -> OpenCase:
    """A case that this terminal may act on: a department's own, any for the hall's own people."""
    found = find(tx, books, number)
    if asked.actor.role == "department" and found.department != asked.actor.terminal.department:
        raise Refused("unknown_case", f"no case {number} here")
    return found


def policy_of(tx: Transaction, books: Books, found: OpenCase) -> Policy:
    """The policy under which the case was opened."""
    return policies.find(tx, books.hall.code, found.policy_code, found.policy_version)


def prescribed(policy: Policy, stage: Stage, by: CaseMove, text: str = "") -> Stage:
    """The stage after a move that this hall's document has; raises `NotPrescribed` for one that it has not."""
    if not policy.has(by):
        raise NotPrescribed(by, policy.document)
    return case_table.move(stage, by, text)


def triaged(found: OpenCase, policy: Policy) -> Stage:
    """Triage is the look the receiver takes by answering or dispatching: its step goes without saying. But where a 投诉
    is investigated at once, that is what its triage is, and it comes first (R10): refuses `not_investigated`."""
    if found.paused_at is not None:
        raise ClockIsPaused(found.number)  # an answer would leave a clock that stands still for ever (R27)
    if found.stage == "filed" and found.kind == "grievance" and policy.complaints.investigated_at_once.value:
        raise Refused("not_investigated", f"{found.number} is a 投诉: look into it first, and send TriageCase (R10)")
    return case_table.move(found.stage, "triage") if found.stage == "filed" else found.stage


def verified(found: OpenCase, policy: Policy) -> Stage:
    """As `triaged`, for what is routed; refuses `not_verified` where the document wants it looked at first (R18)."""
    stage = triaged(found, policy)
    if found.stage == "filed" and policy.handling.verified_before_dispatch.value:
        raise Refused("not_verified", f"verify the registration of {found.number} first")
    return stage


def standing_of(tx: Transaction, books: Books, number: str, since: dt.datetime | None = None) -> Standing:
    """How a case stands beside its stage; from a moment on, what was laid down since then adds up to."""
    kept = facts.of_case(tx, books.hall.code, books.sealer, number)
    return standing(one.fact for one in kept if since is None or one.at >= since)


def lay_down(tx: Transaction, books: Books, asked: Asked, number: str, fact: Fact) -> None:
    facts.add(tx, books.hall.code, books.sealer, number, fact, at=asked.at, by=asked.actor.staff)


def last_by(tx: Transaction, books: Books, number: str, kind: type) -> str:
    """Who laid down the newest fact of a kind (staff code); empty when nobody did."""
    kept = facts.of_case(tx, books.hall.code, books.sealer, number)
    return next((one.staff for one in reversed(kept) if isinstance(one.fact, kind)), "")


def notify(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    kind: m.NoticeKind,
    number: str,
    post: Post,
    department: str = "",
    waits_on: str = "",
) -> m.NoticeRaised:
    """A notice about a case for those at a kind of terminal, in a department where it is one's.

    `waits_on` names the post among them whose word is waited for.
    """
    if post == "nobody":
        raise Refused("nobody_there", "who would have to act does not use this system")
    if post == "department" and not department:
        raise Refused("not_dispatched", f"no department has {number} yet; send it to one first")
    row, event = notices.raised(
        draft,
        asked.at,
        kind=kind,
        roles=(post,),
        subject=number,
        department=department if post == "department" else "",
        post=waits_on,
    )
    stored_notices.add(tx, books.hall.code, [row])
    return event


def ask_for_word(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    kind: m.NoticeKind,
    number: str,
    policy: Policy,
    post: str,
    department: str = "",
) -> m.NoticeRaised:
    """A notice for whoever holds a post of the hall's policy, whose word is waited for (R4)."""
    return notify(tx, books, draft, asked, kind, number, policy.role(post).at, department, waits_on=post)


def still_open(found: OpenCase, by: str) -> None:
    """Raises `MoveNotAllowed` for a case that is answered."""
    if found.stage not in case_table.OPEN:
        raise MoveNotAllowed("case", found.stage, by, case_table.allowed(found.stage))


def step(
    tx: Transaction,
    books: Books,
    asked: Asked,
    number: str,
    move: CaseMove | m.Remark,
    *,
    department: str = "",
    text: str = "",
) -> None:
    """A line of the timeline."""
    cases.add_step(
        tx,
        books.hall.code,
        books.sealer,
        number,
        at=asked.at,
        move=move,
        staff=asked.actor.staff,
        department=department,
        text=text,
    )


def moved(
    tx: Transaction, books: Books, draft: Draft, before: OpenCase, move: CaseMove | m.Remark, at: dt.datetime
) -> m.CaseMoved:
    """The event of a move that was saved: an answer counts in its month, in time or not, and what is overdue is counted
    as it is now, for almost any move may change that."""
    after = views.progress(tx, books.hall.code, before.number)
    overdue = wall_counts.past_due(tx, books.hall.code, books.business_date, books.zone)
    draft.counts = msgspec.structs.replace(draft.counts, overdue=overdue)
    counts = after.respondent is None and policy_of(tx, books, before).promises_a_date
    if counts and after.stage in case_table.ANSWERED and this_month(books, before.business_date):
        draft.counts = msgspec.structs.replace(
            draft.counts,
            answered_month=draft.counts.answered_month + 1,
            on_time_month=draft.counts.on_time_month + on_time(books, before.due, at),
        )
    return m.CaseMoved(move=move, case=after, counts=draft.counts)


def this_month(books: Books, filed_on: dt.date) -> bool:
    return filed_on.replace(day=1) == books.business_date.replace(day=1)


def on_time(books: Books, due: Due, at: dt.datetime) -> bool:
    return not when_due.is_missed(due.date, books.business_date, answered=books.local_date(at))
