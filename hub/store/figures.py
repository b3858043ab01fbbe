"""A month's figures for reports: how many cases, where they stand, and whether they were answered in time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from hub.domain import on_time
from hub.store import policies
from hub.store.schema import case


class Month(msgspec.Struct, frozen=True):
    """The cases that were filed in one month; `late` counts the `overdue` too: open, and past their due date.

    Of a hall whose document promises no date none is in time or late.
    """

    filed: int
    by_stage: Mapping[str, int]
    by_matter: Mapping[str, int]
    by_department: Mapping[str, int]
    answered: int
    on_time: int
    late: int
    overdue: int

    @property
    def on_time_percent(self) -> int | None:
        """按时答复率, as the wall has it; None before anything had to be answered."""
        return on_time.percent(self.on_time, self.on_time + self.late - self.overdue, self.overdue)


def of_month(db: Connection, hall: str, first: dt.date, zone: dt.tzinfo, today: dt.date | None = None) -> Month:
    """The month that begins at `first`; days are the zone's. Runs beside the loop: it reads every case of the month.

    Without `today` an open case is late from the end of the month on.
    """
    following = (first + dt.timedelta(days=31)).replace(day=1)
    today = today or following
    rows = db.execute(
        select(
            *(case.c.stage, case.c.matter, case.c.department, case.c.answered_at, case.c.due_date, case.c.paused_at),
            *(case.c.policy_code, case.c.policy_version),
        ).where(case.c.hall == hall, case.c.business_date >= first, case.c.business_date < following)
    ).all()
    promising = policies.promising(db, hall)
    promised = [row for row in rows if (row.policy_code, row.policy_version) in promising]
    missed = [row for row in promised if _is_missed(row, today, zone)]
    return Month(
        filed=len(rows),
        by_stage=Counter(row.stage for row in rows),
        by_matter=Counter(row.matter for row in rows),
        by_department=Counter(row.department for row in rows),
        answered=sum(row.answered_at is not None for row in rows),
        on_time=sum(row.answered_at is not None for row in promised)
        - sum(row.answered_at is not None for row in missed),
        late=len(missed),
        overdue=sum(row.answered_at is None for row in missed),
    )


def _is_missed(row: Any, today: dt.date, zone: dt.tzinfo) -> bool:
    answered, stopped = (at.astimezone(zone).date() if at else None for at in (row.answered_at, row.paused_at))
    return on_time.is_missed(row.due_date, today, answered=answered, stopped=stopped)
