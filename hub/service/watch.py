"""The hub's own eye on what waits on people: reminders around the due date, notices that nobody takes (R47, R73)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hub.domain import watch as rules
from hub.domain.grievance import CaseKind
from hub.domain.hall import Role
from hub.domain.policy import Policy
from hub.service import calling_off, notices, owing, requests, suggestions
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import notices as stored, policies, watching
from hub.store.transaction import Transaction
from hub.store.watching import DueCase, Unattended
from hub.wire import messages as m

EVERY = dt.timedelta(minutes=1)
ESCALATED: frozenset[m.NoticeKind] = frozenset(
    {
        "new_complaint",
        "grievance",
        "work_order",
        "replied",
        "progress_reported",
        "rework",
        "overdue",
        "supervised",
        "refusal_waits",
        "extension_asked",
        "called_to_window",
        "escalated",
        "instructed",
        "handed_over",
        "follow_up_owed",
        "follow_up_overdue",
        "tell_owed",
        "tell_overdue",
        "look_owed",
        "investigation_owed",
        "investigation_overdue",
        "worked_by_hand",
        "visit_owed",
        "visit_overdue",
        "pre_review_owed",
        "pre_review_overdue",
        "green_asked",
        "criticism_left",
        "suggestions_wait",
    }
)
"""What waits on a person's next step; a device's trouble reaches supervisors at once."""


@dataclass(frozen=True)
class LookAround:
    """Somebody is to be reminded; made by the hub itself."""


class Lookout:
    """Sees once a minute whether there is anything to say: the books tell only of looks that said something."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._looked_at: dt.datetime | None = None

    def is_time(self, now: dt.datetime) -> bool:
        """Whether a minute has passed; outside working hours it never is."""
        if self._looked_at is not None and now - self._looked_at < EVERY:
            return False
        self._looked_at = now
        return _at_work(self._books, now)

    def sees(self, db: Transaction, now: dt.datetime) -> bool:
        """Whether a case or a notice is to be looked at."""
        books = self._books
        looks = (_cases, _waiting, owing.waits, requests.waits, calling_off.waits, suggestions.waits)
        return any(look(db, books, now) for look in looks)


def look_around(tx: Transaction, books: Books, draft: Draft, asked: Asked, _wanted: LookAround) -> Decision:
    """Reminds of what is due soon, today or late, and tells a step up what nobody took for the policy's minutes."""
    events: list[m.Event] = []
    if not _at_work(books, asked.at):
        return Decision(m.Done(), events, "outside working hours")
    for due in _cases(tx, books, asked.at):
        events += _remind(tx, books, draft, asked.at, due)
    for waiting in _waiting(tx, books, asked.at):
        watching.note_escalation(tx, books.hall.code, waiting.notice_id, asked.at)
        up = books.policy.notices.escalate_to.value
        above = rules.posts(books.policy, (up,))
        said = {"detail": waiting.kind, "post": up}
        events += notices.tell(tx, books, draft, asked.at, "unattended", above, waiting.subject, **said)
    events += owing.remind(tx, books, draft, asked.at)
    events += requests.remind(tx, books, draft, asked.at)
    events += suggestions.remind(tx, books, draft, asked.at)
    events += calling_off.tell(tx, books, draft, asked.at)
    return Decision(m.Done(), events, f"{len(events)} notices")


def _cases(db: Transaction, books: Books, now: dt.datetime) -> list[DueCase]:
    today = books.local_date(now)
    return watching.unlooked(db, books.hall.code, rules.horizon(books.policy, books.calendar, today), today)


def _waiting(db: Transaction, books: Books, now: dt.datetime) -> list[Unattended]:
    """Only working time counts: what came in at night has waited since the doors opened."""
    limit = dt.timedelta(minutes=books.policy.notices.escalate_after_min.value)
    hours = books.policy.notices.hours.value
    return [
        one
        for one in watching.unattended(db, books.hall.code, ESCALATED, now - limit)
        if rules.worked(hours, books.calendar, one.raised_at.astimezone(books.zone), now.astimezone(books.zone))
        >= limit
    ]


def _at_work(books: Books, now: dt.datetime) -> bool:
    return rules.in_hours(books.policy.notices.hours.value, books.calendar, now.astimezone(books.zone))


def _remind(tx: Transaction, books: Books, draft: Draft, at: dt.datetime, due: DueCase) -> list[m.Event]:
    policy, today = policies.find(tx, books.hall.code, due.policy_code, due.policy_version), books.local_date(at)
    kind = rules.reminder(policy, books.calendar, due.due_date, today)
    watching.note_look(tx, books.hall.code, due.number, due.due_date, today, kind or "")
    if kind is None:
        return []
    said = {"detail": f"{due.due_date}", "department": due.department}
    events = notices.tell(tx, books, draft, at, kind, _whom(policy, kind, due.kind), due.number, **said)
    explains = policy.clock.late_explained_by.value
    if not explains and due.kind == "grievance" and policy.complaints.delay_explained.value:
        explains = policy.complaints.followed_by.value
    first = kind == "overdue" and not stored.is_waiting(
        tx, books.hall.code, "explain_late", due.number, f"{due.due_date}"
    )
    if explains and first:
        events += notices.tell(
            tx, books, draft, at, "explain_late", rules.posts(policy, (explains,)), due.number, **said
        )
    return events


def _whom(policy: Policy, kind: rules.Reminder, of: CaseKind) -> tuple[Role, ...]:
    """Who has the case and who follows it to its end (R73, of a 投诉 R10); once it is late, whom the policy names."""
    follows = policy.complaints if of == "grievance" else policy.supervision
    followed = follows.followed_by.value
    if kind == "overdue":
        return rules.posts(policy, (*policy.notices.late_goes_to.value, followed))
    return tuple(sorted({"department", *rules.posts(policy, (followed,))}))
