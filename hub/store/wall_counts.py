"""What the wall says of all cases together: filed, answered, in time, overdue (R28); no wall counts a 投诉."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, func, select

from hub.domain import on_time
from hub.store import policies
from hub.store.schema import case
from hub.wire.messages import Counts


def counts(tx: Connection, hall: str, day: dt.date, zone: dt.tzinfo) -> Counts:
    """Cases filed on that date and in its month, how many of those are answered, in time by the zone's days, and what
    is overdue.

    Only a date that was promised is kept or missed: cases of a hall that promises none are not among the answered.
    """
    of_walls = (case.c.hall == hall, case.c.kind == "matter")
    in_month = (*of_walls, case.c.business_date.between(day.replace(day=1), day))
    answered = tx.execute(
        select(case.c.answered_at, case.c.due_date, case.c.policy_code, case.c.policy_version).where(
            *in_month, case.c.answered_at.is_not(None)
        )
    ).all()
    promising = policies.promising(tx, hall)
    answered = [row for row in answered if (row.policy_code, row.policy_version) in promising]
    return Counts(
        today=_count(tx, *of_walls, case.c.business_date == day),
        month=_count(tx, *in_month),
        answered_month=len(answered),
        on_time_month=sum(
            not on_time.is_missed(row.due_date, day, answered=row.answered_at.astimezone(zone).date())
            for row in answered
        ),
        overdue=past_due(tx, hall, day, zone),
    )


def past_due(tx: Connection, hall: str, day: dt.date, zone: dt.tzinfo) -> int:
    """How many cases, of whatever month, are open on that date and past the one that was promised."""
    alike = (case.c.due_date, case.c.paused_at, case.c.policy_code, case.c.policy_version)
    past = tx.execute(
        select(*alike, func.count().label("cases"))
        .where(case.c.hall == hall, case.c.answered_at.is_(None), case.c.due_date < day)
        .where(case.c.kind == "matter")
        .group_by(*alike)
    ).all()
    promising = policies.promising(tx, hall) if past else frozenset()
    return sum(
        row.cases
        for row in past
        if (row.policy_code, row.policy_version) in promising
        and on_time.is_missed(row.due_date, day, answered=None, stopped=_date(row.paused_at, zone))
    )


def _date(at: dt.datetime | None, zone: dt.tzinfo) -> dt.date | None:
    return at.astimezone(zone).date() if at else None


def _count(tx: Connection, *where: Any) -> int:
    return tx.execute(select(func.count()).select_from(case).where(*where)).scalar_one()
