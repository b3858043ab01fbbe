"""Open cases nobody has looked at today, and notices nobody has taken; what was done about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, exists, func, insert, select

from hub.domain.grievance import CaseKind
from hub.store.schema import case, escalation, notice, reminder

AT_ONCE = 50
"""Cases and notices in one look: a few milliseconds of the hub's loop."""


class DueCase(msgspec.Struct, frozen=True):
    """An open case whose due date is near or past."""

    number: str
    due_date: dt.date
    department: str
    policy_code: str
    policy_version: int
    kind: CaseKind


class Unattended(msgspec.Struct, frozen=True):
    """A notice that waits."""

    notice_id: int
    kind: str
    subject: str
    raised_at: dt.datetime


def unlooked(db: Connection, hall: str, until: dt.date, today: dt.date) -> list[DueCase]:
    """Open cases whose clock counts, due up to a date, that were not yet looked at today, the longest due first."""
    looked = exists().where(
        reminder.c.hall == case.c.hall,
        reminder.c.case_number == case.c.number,
        reminder.c.due_date == case.c.due_date,
        reminder.c.day == today,
    )
    rows = db.execute(
        select(
            case.c.number,
            case.c.due_date,
            case.c.department,
            case.c.policy_code,
            case.c.policy_version,
            case.c.kind,
        )
        .where(
            case.c.hall == hall,
            case.c.answered_at.is_(None),
            case.c.paused_at.is_(None),
            case.c.due_date <= until,
            ~looked,
        )
        .order_by(case.c.due_date, case.c.number)
        .limit(AT_ONCE)
    )
    return [DueCase(*row) for row in rows]


def note_look(tx: Connection, hall: str, number: str, due: dt.date, day: dt.date, kind: str) -> None:
    tx.execute(insert(reminder).values(hall=hall, case_number=number, due_date=due, day=day, kind=kind))


def unattended(db: Connection, hall: str, kinds: Collection[str], before: dt.datetime) -> list[Unattended]:
    """Notices of these kinds, raised before a moment, that nobody took and that went no step up; oldest first.

    They go up in the order in which they were raised: what is older than the newest that did was looked at.
    """
    newest = select(func.max(escalation.c.notice_id)).where(escalation.c.hall == hall).scalar_subquery()
    rows = db.execute(
        select(notice.c.notice_id, notice.c.kind, notice.c.subject, notice.c.raised_at)
        .where(
            notice.c.hall == hall,
            notice.c.acknowledged_at.is_(None),
            notice.c.kind.in_(sorted(kinds)),
            notice.c.raised_at <= before,
            notice.c.notice_id > func.coalesce(newest, 0),
        )
        .order_by(notice.c.notice_id)
        .limit(AT_ONCE)
    )
    return [Unattended(*row) for row in rows]


def note_escalation(tx: Connection, hall: str, notice_id: int, at: dt.datetime) -> None:
    tx.execute(insert(escalation).values(hall=hall, notice_id=notice_id, at=at))
