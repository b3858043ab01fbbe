"""Rows of what is owed about cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

import msgspec
from sqlalchemy import Connection, Select, delete, exists, insert, select, update

from hub.domain.grievance import CaseKind
from hub.domain.owed import Owed
from hub.store.schema import case, owed
from hub.store.watching import AT_ONCE
from hub.wire.messages import Owing


class Waiting(msgspec.Struct, frozen=True):
    """Something owed of which somebody is to be reminded, with what of its case says whom."""

    number: str
    what: Owed
    due_date: dt.date | None
    department: str
    kind: CaseKind
    policy_code: str
    policy_version: int


class Unwatched(msgspec.Struct, frozen=True):
    """An open case at which its leader has never looked."""

    number: str
    filed_at: dt.datetime
    policy_code: str
    policy_version: int


def add(
    tx: Connection,
    hall: str,
    number: str,
    what: Owed,
    *,
    since: dt.datetime,
    due_date: dt.date | None,
    remind_on: dt.date | None,
    calendar_version: int,
) -> None:
    """From now on this is owed, anew where it was; counted on that version of the calendar."""
    settle(tx, hall, number, [what])
    tx.execute(
        insert(owed).values(
            hall=hall,
            case_number=number,
            what=what,
            since=since,
            due_date=due_date,
            remind_on=remind_on,
            calendar_version=calendar_version,
        )
    )


def settle(tx: Connection, hall: str, number: str, whats: Iterable[Owed]) -> None:
    """What was done, or can no longer be."""
    tx.execute(delete(owed).where(owed.c.hall == hall, owed.c.case_number == number, owed.c.what.in_([*whats])))


def put_off(tx: Connection, hall: str, number: str, what: Owed, remind_on: dt.date) -> None:
    key = (owed.c.hall == hall, owed.c.case_number == number, owed.c.what == what)
    tx.execute(update(owed).where(*key).values(remind_on=remind_on))


def of_cases(tx: Connection, hall: str, numbers: Collection[str] | Select[tuple[str]]) -> dict[str, tuple[Owing, ...]]:
    """What is owed about each of these cases, the oldest first."""
    rows = tx.execute(
        select(owed.c.case_number, owed.c.what, owed.c.since, owed.c.due_date)
        .where(owed.c.hall == hall, owed.c.case_number.in_(numbers))
        .order_by(owed.c.since, owed.c.what)
    )
    found: dict[str, tuple[Owing, ...]] = {}
    for row in rows:
        one = Owing(what=row.what, since=row.since, due_date=row.due_date)
        found[row.case_number] = (*found.get(row.case_number, ()), one)
    return found


def to_remind(db: Connection, hall: str, today: dt.date) -> list[Waiting]:
    rows = db.execute(
        select(
            owed.c.case_number,
            owed.c.what,
            owed.c.due_date,
            case.c.department,
            case.c.kind,
            case.c.policy_code,
            case.c.policy_version,
        )
        .join_from(owed, case, (case.c.hall == owed.c.hall) & (case.c.number == owed.c.case_number))
        .where(owed.c.hall == hall, owed.c.remind_on <= today)
        .order_by(owed.c.remind_on, owed.c.case_number, owed.c.what)
        .limit(AT_ONCE)
    )
    return [Waiting(*row) for row in rows]


def unwatched(db: Connection, hall: str, filed_before: dt.datetime) -> list[Unwatched]:
    looked_for = exists().where(owed.c.hall == case.c.hall, owed.c.case_number == case.c.number, owed.c.what == "look")
    rows = db.execute(
        select(case.c.number, case.c.filed_at, case.c.policy_code, case.c.policy_version)
        .where(case.c.hall == hall, case.c.answered_at.is_(None), case.c.filed_at < filed_before, ~looked_for)
        .order_by(case.c.number)
        .limit(AT_ONCE)
    )
    return [Unwatched(*row) for row in rows]
