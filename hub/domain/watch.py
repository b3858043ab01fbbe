"""When people are reminded of a due date, and when a notice has waited too long: in working hours only. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from hub.domain.deadline import Calendar
from hub.domain.hall import Role
from hub.domain.hours import Hours
from hub.domain.policy import Policy

Reminder = Literal["due_soon", "due_today", "overdue"]
POSTS: dict[str, Role] = {"window": "window", "department": "department", "supervisor": "supervisor"}


def in_hours(hours: Sequence[Hours], calendar: Calendar, local: dt.datetime) -> bool:
    """Whether people are at work at a moment of the hall's own time."""
    day, hour = local.date(), local.time()
    if not calendar.is_working(day) or hour >= (calendar.closes(day) or dt.time.max):
        return False
    return any(one.opens <= hour < one.closes for one in hours)


def worked(hours: Sequence[Hours], calendar: Calendar, since: dt.datetime, now: dt.datetime) -> dt.timedelta:
    """Working time between two moments of the hall's own time."""
    total, day = dt.timedelta(), since.date()
    while day <= now.date():
        if calendar.is_working(day):
            for one in hours:
                opens = max(dt.datetime.combine(day, one.opens, now.tzinfo), since)
                ends = min(one.closes, calendar.closes(day) or one.closes)
                closes = min(dt.datetime.combine(day, ends, now.tzinfo), now)
                total += max(closes - opens, dt.timedelta())
        day += dt.timedelta(days=1)
    return total


def reminder(policy: Policy, calendar: Calendar, due: dt.date, today: dt.date) -> Reminder | None:
    """What is said on that day of an open case that is due on `due`."""
    rules, left = policy.notices, calendar.working_days_between(today, due)
    if today < due:
        return "due_soon" if left in rules.remind_before_wd.value else None
    if today == due:
        return "due_today" if rules.remind_at_due.value else None
    return "overdue" if -left and -left % rules.remind_late_every_wd.value == 0 else None


def horizon(policy: Policy, calendar: Calendar, today: dt.date) -> dt.date:
    """The latest due date that anybody is reminded of today."""
    return calendar.due(today, max(policy.notices.remind_before_wd.value, default=0)).date


def posts(policy: Policy, roles: Sequence[str]) -> tuple[Role, ...]:
    """The terminals at which these roles of the hall act (R4); who uses no terminal is told by the supervisor's."""
    return tuple(sorted({POSTS.get(policy.role(role).at, "supervisor") for role in roles if role}))
