"""网上预审 (R61): received under its own reference, its result told in time."""

from __future__ import annotations

from hub.domain import requests as rules
from hub.domain.errors import TextMissing
from hub.errors import Refused
from hub.service import requests as shared
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import requests
from hub.store.requests import Asker
from hub.store.transaction import Transaction
from hub.wire import messages as m


def receive(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReceivePreReview) -> Decision:
    """An online application is there, once under its own reference; refuses `known_reference`."""
    rules.check_pre_review(books.policy.pre_review)
    if not told.reference.strip():
        raise Refused("request_incomplete", "a pre-review has the reference of its online application")
    if before := requests.is_known(tx, books.hall.code, told.reference):
        raise Refused("known_reference", f"{told.reference} came in before, as {before}")
    outlet = rules.reviewed_at(books.policy.pre_review, told.outlet)
    asker = Asker(told.name, told.phone, "", told.text)
    return shared.take(tx, books, draft, asked, "pre_review", told, asker, reference=told.reference, outlet=outlet)


def tell(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.TellPreReview) -> Decision:
    """The result was told to who applied; what did not pass says what is missing (R61)."""
    found, _ = shared.find(tx, books, told.number, "pre_review")
    state = rules.move("pre_review", found.state, "agree" if told.passed else "refuse")
    if not told.passed and not told.text.strip():
        raise TextMissing("a pre-review that did not pass")
    shared.check_lengths(told)
    requests.save(
        tx,
        books.hall.code,
        books.sealer,
        found.number,
        answer=told.text,
        state=state,
        answered_at=asked.at,
        done_at=asked.at,
        told_by=told.way,
        late=shared.is_late(books, found, asked.at),
        remind_at=None,
    )
    return shared.line_of(tx, books, asked, found.number)
