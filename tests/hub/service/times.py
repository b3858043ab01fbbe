"""A hall that gives times in advance, and one that has hours, as a desk."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from hub.domain.hours import Hours
from hub.domain.policy import Cited
from hub.domain.policy.values import Named
from hub.wire import messages as m
from tests.factories import MONDAY
from tests.hub.desk import Desk

ZONE = ZoneInfo("Asia/Shanghai")
OFFICE = (Hours(dt.time(9), dt.time(12)), Hours(dt.time(13, 30), dt.time(17)))
GROUNDS = (Named(code="urgent", name="急办件"), Named(code="last_minute", name="临下班件"))
TUESDAY = MONDAY + dt.timedelta(days=1)


def with_rules(desk: Desk, hours: tuple[Hours, ...] = (), **rules: Any) -> Desk:
    """The desk under a policy with these rules about appointments and these hours; others go by the default."""
    appointments = {name: Cited(value) for name, value in ({"taken": True} | rules).items()}
    policy = desk.policy
    opening = replace(policy.opening, hours=Cited(hours), late_grounds=Cited(GROUNDS))
    desk.policy = replace(
        policy,
        version=policy.version + 1,
        appointments=replace(policy.appointments, **appointments),
        opening=opening,
    )
    desk.reopen()
    return desk


def at(desk: Desk, clock: str, day: dt.date = MONDAY) -> None:
    """It is that time of the hall's own."""
    hours, minutes = clock.split(":")
    desk.at = dt.datetime.combine(day, dt.time(int(hours), int(minutes)), ZONE).astimezone(dt.UTC)


def free(desk: Desk, day: dt.date = TUESDAY, service: str = "inquiry", kind: str = "booked") -> dict[dt.time, int]:
    """The free ones of each slot."""
    listed = desk.query("kiosk-1", m.ListSlots(service=service, date=day, kind=kind))
    return {one.slot: one.free for one in listed.slots}


def book(desk: Desk, slot: str = "10:00", day: dt.date = TUESDAY, service: str = "inquiry", **more: Any) -> Any:
    """An appointment that is given, or the refusal."""
    asked = m.BookAppointment(service=service, date=day, slot=dt.time.fromisoformat(slot), **more)
    answer = desk.ask("kiosk-1", asked)
    return answer.appointment if isinstance(answer, m.AppointmentMade) else answer
