"""What every answer to a case has in common, whoever gives it: from here on the citizen is owed something else."""

from __future__ import annotations

from hub.domain import closing as rules
from hub.domain.case import Stage
from hub.domain.policy import Policy
from hub.service import clocks, owing, telling
from hub.service.books import Asked, Books, Draft
from hub.store import cases, closing, owed
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m


def answered(
    tx: Transaction, books: Books, draft: Draft, asked: Asked, found: OpenCase, policy: Policy, stage: Stage
) -> list[m.Event]:
    """Saves the answer; its first receiver owns the case (R5). Then the citizen is to hear it (R24, R28) and, where
    the hall does that, to be asked again (回访, R34): whom the policy names is told so."""
    code = books.hall.code
    owner = found.owner or asked.actor.staff
    cases.save(tx, code, found.number, stage=stage, answered_at=asked.at, owner=owner)
    owed.settle(tx, code, found.number, ("look", "investigate"))
    events = clocks.lapse(tx, books, draft, asked, found)
    heard = stage == "answered_on_the_spot" and telling.medium_owed(tx, books, found, policy) != "written"
    if "citizen" in policy.handling.result_goes_to.value and not heard:
        events += owing.owe(tx, books, draft, asked.at, found, policy, "tell")
    rated_badly = any(one.sent_back for one in closing.ratings(tx, code, found.number))
    if rules.wants_follow_up(policy, rated_badly=rated_badly):
        events += owing.owe(tx, books, draft, asked.at, found, policy, "follow_up")
    return events
