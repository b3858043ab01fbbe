"""The times of a day that can be given in advance, and how many of each: worked out from the hall and its policy. Pure.

A window's time is divided among its services by their weights. Of what that comes to in a slot, the policy's share is
held back (R58) or kept to be agreed on (R56); fractions of a citizen add up over the day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Literal

from hub.domain.deadline import Calendar
from hub.domain.hall import Hall, Service
from hub.domain.hours import Hours
from hub.domain.opening import hours_of, stretches
from hub.domain.policy import Policy

AppointmentKind = Literal["booked", "overload"]
"""预约 asked for in advance, or a time agreed on because today's are more than can be served."""
AppointmentState = Literal["booked", "checked_in", "cancelled"]


def quotas(
    hall: Hall, policy: Policy, calendar: Calendar, service: Service, day: dt.date, kind: AppointmentKind
) -> dict[dt.time, int]:
    """How many each slot of that day has for such appointments, by its beginning; empty on a day off."""
    rules = policy.appointments
    share = rules.held_percent if kind == "booked" else rules.agreed_percent
    windows = sum((_share(window.weights, window.services, service.code) for window in hall.windows), Fraction())
    each = windows * Fraction(rules.slot_min.value, max(1, service.minutes)) * Fraction(share.value, 100)
    hours = hours_of(policy, service) or policy.notices.hours.value
    found: dict[dt.time, int] = {}
    total = Fraction()
    for starts in _starts(stretches(hours, calendar, day), rules.slot_min.value):
        found[starts] = floor(total + each) - floor(total)
        total += each
    return found


def is_served(policy: Policy, calendar: Calendar, service: Service, day: dt.date, slot: dt.time) -> bool:
    """Whether the hall is open at a time that was given away."""
    hours = stretches(hours_of(policy, service) or policy.notices.hours.value, calendar, day)
    return any(one.opens <= slot < one.closes for one in hours)


def last_day(policy: Policy, calendar: Calendar, today: dt.date) -> dt.date:
    """The latest day for which a time can be given today."""
    day, ahead = today, policy.appointments.ahead_wd.value
    while ahead:
        day += dt.timedelta(days=1)
        ahead -= calendar.is_working(day)
    return day


def _share(weights: dict[str, int], services: tuple[str, ...], service: str) -> Fraction:
    """How much of a window's time is that service's."""
    if service not in services:
        return Fraction()
    return Fraction(weights.get(service, 1), sum(weights.get(one, 1) for one in services))


def _starts(hours: tuple[Hours, ...], slot_min: int) -> Iterator[dt.time]:
    for one in hours:
        at, closes = _minutes(one.opens), _minutes(one.closes)
        while at + slot_min <= closes:
            yield dt.time(at // 60, at % 60)
            at += slot_min


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
