import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hub.domain.deadline import Calendar, DayOff, due_at_dispatch, due_at_filing
from hub.domain.errors import CalendarNotPublished
from tests.factories import MONDAY, a_calendar, a_policy

CALENDAR = a_calendar()
PUBLISHED = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


@pytest.mark.rule("R25")
def test_five_working_days_after_a_monday_are_the_next_monday():
    due = CALENDAR.due(MONDAY, 5)
    assert due.date == dt.date(2026, 11, 30)
    assert due.counted == tuple(dt.date(2026, 11, day) for day in (24, 25, 26, 27, 30))
    assert due.skipped == tuple(DayOff(date=dt.date(2026, 11, day), why="weekend") for day in (28, 29))
    assert not due.provisional


@pytest.mark.rule("R25")
def test_spring_festival_does_not_count_and_its_moved_saturdays_do():
    due = CALENDAR.due(dt.date(2026, 2, 12), 7)
    assert due.date == dt.date(2026, 2, 28)
    assert due.moved_workdays == (dt.date(2026, 2, 14), dt.date(2026, 2, 28))
    assert {day.name for day in due.skipped} == {"春节"}
    assert [day.date.day for day in due.skipped] == list(range(15, 24))


@pytest.mark.rule("R25")
def test_on_the_spot_is_due_the_same_day():
    due = CALENDAR.due(MONDAY, 0)
    assert (due.date, due.counted, due.skipped) == (MONDAY, (), ())


def test_a_date_in_a_year_without_calendar_is_provisional_and_says_why():
    due = CALENDAR.due(dt.date(2026, 12, 28), 5)
    assert due.date == dt.date(2027, 1, 4)
    assert due.provisional_because == ("calendar_not_published",)
    assert not CALENDAR.due(dt.date(2026, 12, 24), 5).provisional


@given(start=PUBLISHED, wd=st.integers(0, 60))
def test_counting_one_by_one_gives_the_same_date(start, wd):
    day, left = start, wd
    while left or not (wd or CALENDAR.is_working(day)):
        day += dt.timedelta(days=1)
        left -= bool(wd) and CALENDAR.is_working(day)
    due = CALENDAR.due(start, wd)
    assert due.date == day
    assert len(due.counted) == wd
    assert len(due.counted) + len(due.skipped) == (day - start).days
    assert CALENDAR.working_days_between(start, day) == (wd or day > start)


@given(start=PUBLISHED, end=st.dates(dt.date(2023, 6, 1), dt.date(2027, 6, 1)))
def test_working_days_between_counts_back_as_it_counts_forth(start, end):
    assert CALENDAR.working_days_between(start, end) == -CALENDAR.working_days_between(end, start)


def test_a_year_without_calendar_is_named():
    CALENDAR.require(2026)
    with pytest.raises(CalendarNotPublished, match="2027"):
        CALENDAR.require(2027)


def test_a_holiday_wins_over_a_workday_and_an_empty_calendar_knows_weekends():
    day = dt.date(2026, 5, 1)
    assert not Calendar((2026,), {day: "劳动节"}, frozenset({day})).is_working(day)
    assert Calendar((), {}, frozenset()).due(MONDAY, 5).date == dt.date(2026, 11, 30)


@pytest.mark.rule("R25")
def test_yueyangs_date_at_filing_is_triage_plus_its_limit_and_provisional():
    due = due_at_filing(a_policy("yueyang"), CALENDAR, MONDAY)
    assert (due.wd, due.date) == (6, dt.date(2026, 12, 1))
    assert due.provisional_because == ("clock_not_started",)


@pytest.mark.rule("R25")
def test_shantings_date_at_filing_is_its_longest_limit_and_stands():
    due = due_at_filing(a_policy("shanting"), CALENDAR, MONDAY)
    assert (due.wd, due.date, due.provisional) == (5, dt.date(2026, 11, 30), False)


@pytest.mark.rule("R25")
def test_the_clock_runs_from_dispatch_in_yueyang_and_from_filing_in_shanting():
    tuesday = MONDAY + dt.timedelta(days=1)
    yueyang = due_at_dispatch(a_policy("yueyang"), CALENDAR, MONDAY, tuesday, "work_order")
    shanting = due_at_dispatch(a_policy("shanting"), CALENDAR, MONDAY, tuesday, "general")
    assert (yueyang.start, yueyang.date) == (tuesday, dt.date(2026, 12, 1))
    assert (shanting.start, shanting.date) == (MONDAY, dt.date(2026, 11, 25))
