"""A month's figures for reports: how many cases, where they stand, and whether they were answered in time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, select

from hub.store.schema import case


class Month(msgspec.Struct, frozen=True):
    """The cases that were filed in one month; `late` counts the open ones past their due date too."""

    filed: int
    by_stage: Mapping[str, int]
    by_matter: Mapping[str, int]
    by_department: Mapping[str, int]
    answered: int
    on_time: int
    late: int


def of_month(db: Connection, hall: str, first: dt.date, zone: dt.tzinfo, today: dt.date | None = None) -> Month:
    """The month that begins at `first`; days are the zone's. Runs beside the loop: it reads every case of the month.

    Without `today` an open case is late from the end of the month on.
    """
    following = (first + dt.timedelta(days=31)).replace(day=1)
    today = today or following
    rows = db.execute(
        select(case.c.stage, case.c.matter, case.c.department, case.c.answered_at, case.c.due_date).where(
            case.c.hall == hall, case.c.business_date >= first, case.c.business_date < following
        )
    ).all()
    answered = [row for row in rows if row.answered_at is not None]
    on_time = sum(row.answered_at.astimezone(zone).date() <= row.due_date for row in answered)
    waiting_late = sum(row.answered_at is None and row.due_date < today for row in rows)
    return Month(
        filed=len(rows),
        by_stage=Counter(row.stage for row in rows),
        by_matter=Counter(row.matter for row in rows),
        by_department=Counter(row.department for row in rows),
        answered=len(answered),
        on_time=on_time,
        late=len(answered) - on_time + waiting_late,
    )
