"""When numbers of a service are given (R60): its own hours, else the policy's; none means always. Pure.

Moments are the hall's own time.
"""

from __future__ import annotations

import datetime as dt

from hub.domain.deadline import Calendar
from hub.domain.hall import Service
from hub.domain.hours import Hours
from hub.domain.policy import Policy

LOOKS_AHEAD_D = 60
"""No hall is closed for longer; who is told nothing of when it opens asks again."""


def hours_of(policy: Policy, service: Service) -> tuple[Hours, ...]:
    """The hours of a service; empty: numbers are given whenever somebody comes."""
    return service.hours or policy.opening.hours.value


def stretches(hours: tuple[Hours, ...], calendar: Calendar, day: dt.date) -> tuple[Hours, ...]:
    """The hours of that day; of a half day until it ends, and none on a day off."""
    if not calendar.is_working(day):
        return ()
    ends = calendar.closes(day)
    if ends is None:
        return hours
    return tuple(Hours(one.opens, min(one.closes, ends)) for one in hours if one.opens < ends)


def is_open(hours: tuple[Hours, ...], calendar: Calendar, at: dt.datetime) -> bool:
    """Whether numbers are given at that moment."""
    return not hours or any(one.opens <= at.time() < one.closes for one in stretches(hours, calendar, at.date()))


def closes_at(hours: tuple[Hours, ...], calendar: Calendar, day: dt.date) -> dt.time | None:
    """When the last of that day's hours ends; None when there are none, or it never closes."""
    return max((one.closes for one in stretches(hours, calendar, day)), default=None)


def opens_next(hours: tuple[Hours, ...], calendar: Calendar, at: dt.datetime) -> dt.datetime | None:
    """The next time after this one at which numbers are given again; None when none is known."""
    for ahead in range(LOOKS_AHEAD_D):
        day = at.date() + dt.timedelta(days=ahead)
        for one in stretches(hours, calendar, day):
            opens = dt.datetime.combine(day, one.opens, at.tzinfo)
            if opens > at:
                return opens
    return None
