"""Casework: which cases come first, and how long each still has. Pure; what may be done is in `counter.steps`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from hub.domain import case as table
from hub.domain.deadline import Calendar
from hub.domain.hall import Value
from hub.wire.messages import CaseLine

Urgency = Literal["ample", "soon", "today", "overdue", "answered"]
SOON_WD = 1
"""A case with at most so many working days left is shown as due soon."""


class Remaining(Value, frozen=True):
    """How long a case still has: `wd` working days left, or past when overdue (0: only days off since)."""

    urgency: Urgency
    wd: int = 0
    provisional: bool = False


def in_order(cases: Iterable[CaseLine]) -> list[CaseLine]:
    """Open cases by due date, then the answered ones, newest first."""
    lines = list(cases)
    still = [one for one in lines if one.stage in table.OPEN]
    ended = [one for one in lines if one.stage not in table.OPEN]
    still.sort(key=lambda one: (one.due.date, one.filed_at, one.case_number))
    ended.sort(key=lambda one: (one.filed_at, one.case_number), reverse=True)
    return still + ended


def remaining(line: CaseLine, calendar: Calendar, today: dt.date) -> Remaining:
    """How long a case still has, in working days of the hall's calendar."""
    if line.stage not in table.OPEN:
        return Remaining("answered")
    wd = calendar.working_days_between(today, line.due.date)
    if line.due.date < today:
        return Remaining("overdue", -wd, line.due.provisional)
    if wd == 0:
        return Remaining("today", 0, line.due.provisional)
    return Remaining("soon" if wd <= SOON_WD else "ample", wd, line.due.provisional)
