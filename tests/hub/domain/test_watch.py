"""Reminders and working time, by the calendar."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from hub.domain import watch
from hub.domain.deadline import Calendar, HallDay
from tests import factories

ZONE = ZoneInfo("Asia/Shanghai")
POLICY, CALENDAR = factories.a_policy(), factories.a_calendar()
HOURS = POLICY.notices.hours.value


@pytest.mark.parametrize(
    ("since", "now", "minutes"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:02", 2),
        ("2026-11-23T11:59", "2026-11-23T13:31", 2),
        ("2026-11-27T16:30", "2026-11-30T09:30", 60),
        ("2026-11-28T10:00", "2026-11-29T10:00", 0),
        ("2026-11-23T10:00", "2026-11-23T10:00", 0),
    ],
)
def test_noon_night_and_weekend_are_no_working_time(since: str, now: str, minutes: int) -> None:
    moments = (dt.datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (since, now))
    assert watch.worked(HOURS, CALENDAR, *moments) == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("today", "said"),
    [(26, None), (27, "due_soon"), (28, None), (30, "due_today")],
)
def test_a_monday_is_reminded_of_on_the_friday_before(today: int, said: str | None) -> None:
    due = dt.date(2026, 11, 30)
    day = dt.date(2026, 11, today)
    found = watch.reminder(POLICY, CALENDAR, due, day) if CALENDAR.is_working(day) else None
    assert found == said


def test_late_reminders_come_as_often_as_the_policy_says() -> None:
    often = factories.replace(POLICY.notices.remind_late_every_wd, value=2)
    policy = factories.replace(POLICY, notices=factories.replace(POLICY.notices, remind_late_every_wd=often))
    due = dt.date(2026, 11, 23)
    said = [watch.reminder(policy, CALENDAR, due, dt.date(2026, 11, day)) for day in (24, 25, 26, 27)]
    assert said == [None, "overdue", None, "overdue"]


def test_who_uses_no_terminal_is_told_through_the_supervisor_s() -> None:
    named = [code for code, role in POLICY.roles.items() if role.at == "nobody"]
    assert watch.posts(POLICY, named) in ((), ("supervisor",))
    assert watch.posts(POLICY, ("receiver", "handler", "")) == ("department", "window")


def test_a_half_day_of_the_hall_ends_when_it_closes() -> None:
    half = HallDay(factories.MONDAY, "half", "学习", dt.time(11))
    calendar = Calendar((2026,), {}, frozenset(), (half,))
    ten, eleven, three = (dt.datetime.combine(factories.MONDAY, dt.time(hour)) for hour in (10, 11, 15))
    assert [watch.in_hours(HOURS, calendar, one) for one in (ten, eleven, three)] == [True, False, False]
    assert watch.worked(HOURS, calendar, ten, three) == dt.timedelta(hours=1)
