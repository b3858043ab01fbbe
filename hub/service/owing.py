"""What is owed about a case beside its answer: asked for when it falls due, reminded of, struck off when it is done."""

from __future__ import annotations

import datetime as dt

from hub.domain import owed as rules, watch
from hub.domain.owed import Owed
from hub.domain.policy import Policy
from hub.service import notices
from hub.service.books import Books, Draft
from hub.store import closing, owed, policies
from hub.store.cases import OpenCase
from hub.store.owed import Unwatched, Waiting
from hub.store.transaction import Transaction
from hub.wire import messages as m

ASKED: dict[Owed, m.NoticeKind] = {
    "follow_up": "follow_up_owed",
    "tell": "tell_owed",
    "look": "look_owed",
    "investigate": "investigation_owed",
}
OVERDUE: dict[Owed, m.NoticeKind] = {
    "follow_up": "follow_up_overdue",
    "tell": "tell_overdue",
    "investigate": "investigation_overdue",
}
"""What is said when the time that a document names has passed; no document names one by which a leader looks."""


def owe(
    tx: Transaction,
    books: Books,
    draft: Draft,
    at: dt.datetime,
    found: OpenCase,
    policy: Policy,
    what: Owed,
) -> list[m.Event]:
    """Lays it down with its time, and tells whom the policy names."""
    since = books.local(at)
    until = rules.due(policy, books.calendar, what, since, found.due.date)
    first_word = rules.first_word(until, since.date())
    _add(tx, books, found.number, what, since=at, due_date=until, remind_on=first_word)
    post = rules.role(policy, found.kind, what)
    return notices.tell(
        tx,
        books,
        draft,
        at,
        ASKED[what],
        watch.posts(policy, (post,)),
        found.number,
        detail=f"{until}" if until else "",
        department=found.department,
        post=post,
    )


def remind(tx: Transaction, books: Books, draft: Draft, at: dt.datetime) -> list[m.Event]:
    """Reminds of what is due or was, and brings before its leader what he has never looked at (R34, R73)."""
    hall, today = books.hall.code, books.local_date(at)
    for one in _unwatched(tx, books, at):
        policy = policies.find(tx, hall, one.policy_code, one.policy_version)
        began = closing.clock_began(tx, hall, one.number, one.filed_at, policy)
        until = rules.due(policy, books.calendar, "look", books.local_date(began), today)
        _add(tx, books, one.number, "look", since=began, due_date=until, remind_on=until)
    return [event for waiting in owed.to_remind(tx, hall, today) for event in _said(tx, books, draft, at, waiting)]


def waits(db: Transaction, books: Books, now: dt.datetime) -> bool:
    """Whether `remind` has anything to do."""
    return bool(owed.to_remind(db, books.hall.code, books.local_date(now)) or _unwatched(db, books, now))


def looked(tx: Transaction, books: Books, at: dt.datetime, found: OpenCase, policy: Policy) -> None:
    """The leader has: the next look falls due a period from now (R73)."""
    until = rules.due(policy, books.calendar, "look", books.local_date(at), found.due.date)
    _add(tx, books, found.number, "look", since=at, due_date=until, remind_on=until)


def _add(
    tx: Transaction,
    books: Books,
    number: str,
    what: Owed,
    *,
    since: dt.datetime,
    due_date: dt.date | None,
    remind_on: dt.date | None,
) -> None:
    hall, version = books.hall.code, books.edition.version
    owed.add(tx, hall, number, what, since=since, due_date=due_date, remind_on=remind_on, calendar_version=version)


def _unwatched(db: Transaction, books: Books, now: dt.datetime) -> list[Unwatched]:
    """By today's policy; when each falls due says its own."""
    last = rules.first_look(books.policy, books.calendar, books.local_date(now))
    if last is None:
        return []
    midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), books.zone)
    return owed.unwatched(db, books.hall.code, midnight.astimezone(dt.UTC))


def _said(tx: Transaction, books: Books, draft: Draft, at: dt.datetime, one: Waiting) -> list[m.Event]:
    policy, today = policies.find(tx, books.hall.code, one.policy_code, one.policy_version), books.local_date(at)
    late = one.due_date is not None and one.due_date < today
    kind = OVERDUE.get(one.what, ASKED[one.what]) if late else ASKED[one.what]
    owed.put_off(
        tx, books.hall.code, one.number, one.what, rules.reminded_again(policy, books.calendar, one.what, today)
    )
    post = rules.role(policy, one.kind, one.what)
    whom = watch.posts(policy, (post,))
    said = {"detail": f"{one.due_date or ''}", "department": one.department, "post": post}
    return notices.tell(tx, books, draft, at, kind, whom, one.number, **said)
