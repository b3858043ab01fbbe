"""The hall's own days, half days and cut-off hours: what a date must keep to on any calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from hub.domain.deadline import Calendar, DayOff, HallDay, StartMoved, due_at_filing
from hub.domain.hall_calendar import HallCalendar, Published
from hub.domain.policy import Policy
from tests.factories import MONDAY, a_calendar, a_policy

FRIDAY, SATURDAY, SUNDAY = (MONDAY + dt.timedelta(days=n) for n in (4, 5, 6))
TUESDAY, NEXT_MONDAY, NEXT_TUESDAY = (MONDAY + dt.timedelta(days=n) for n in (1, 7, 8))
FIVE = dt.time(17)
NOON = dt.time(12)

DATES = st.dates(dt.date(2025, 6, 1), dt.date(2027, 3, 1))
HOURS = st.sampled_from((dt.time(), dt.time(11, 59, 59), NOON, dt.time(16, 59, 59, 999999), FIVE, dt.time(23, 59, 59)))
MOMENTS = st.builds(dt.datetime.combine, DATES, HOURS)
HALL_DAYS = st.builds(
    lambda date, kind, closes: HallDay(date, kind, "抢修", closes if kind == "half" else None),
    DATES,
    st.sampled_from(("closed", "worked", "half")),
    st.sampled_from((NOON, dt.time(18))),
)
CALENDARS = st.lists(HALL_DAYS, max_size=40, unique_by=lambda one: one.date).map(
    lambda days: HallCalendar().with_days(days)
)
PUBLISHED = Published(
    years=(2025, 2026),
    holidays={"国庆节": tuple(dt.date(2026, 10, day) for day in range(1, 8))},
    workdays=(dt.date(2026, 10, 10),),
)


def policy(cut_off: dt.time = dt.time(), day_zero: str = "does_not_count", half_days: str = "whole") -> Policy:
    known = a_policy("yunfu")
    clock = known.clock
    clock = replace(
        clock,
        cut_off=replace(clock.cut_off, value=cut_off),
        day_zero=replace(clock.day_zero, value=day_zero),
        half_days=replace(clock.half_days, value=half_days),
    )
    return replace(known, clock=clock)


POLICIES = st.builds(
    policy,
    st.sampled_from((dt.time(), FIVE)),
    st.sampled_from(("does_not_count", "counts")),
    st.sampled_from(("whole", "none")),
)
COUNTED = st.builds(lambda days, rules: replace(days, published=PUBLISHED).calendar().under(rules), CALENDARS, POLICIES)


def on(day: dt.date, hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute, second))


def with_days(*days: HallDay) -> Calendar:
    return Calendar((2026,), {}, frozenset(), days)


# --- properties


@pytest.mark.rule("R25")
@given(calendar=COUNTED, start=MOMENTS, wd=st.integers(0, 30))
def test_a_due_date_is_never_a_day_off_and_never_before_the_start(calendar: Calendar, start: dt.datetime, wd: int):
    due = calendar.due(start, wd)
    assert calendar.is_working(due.date)
    assert calendar.counts(due.date)
    assert due.date >= due.start >= start.date()


@pytest.mark.rule("R25")
@given(calendar=COUNTED, start=MOMENTS, wd=st.integers(0, 30))
def test_the_days_that_count_are_as_many_as_the_limit_and_end_with_the_date(
    calendar: Calendar, start: dt.datetime, wd: int
):
    due = calendar.due(start, wd)
    assert len(due.counted) == wd
    assert due.counted == tuple(sorted(due.counted))
    assert all(calendar.counts(day) for day in due.counted)
    assert not any(calendar.counts(one.date) for one in due.skipped)
    assert due.counted[-1:] == ((due.date,) if wd else ())


@pytest.mark.rule("R25")
@given(days=CALENDARS, rules=POLICIES, off=HALL_DAYS, start=MOMENTS, wd=st.integers(0, 30))
def test_another_day_off_makes_nothing_due_earlier_and_another_working_day_nothing_later(
    days: HallCalendar, rules: Policy, off: HallDay, start: dt.datetime, wd: int
):
    before = replace(days, published=PUBLISHED)
    closed = before.with_days([HallDay(off.date, "closed", "台风")]).calendar().under(rules)
    worked = before.with_days([HallDay(off.date, "worked", "加班")]).calendar().under(rules)
    dates = [one.due(start, wd).date for one in (worked, before.calendar().under(rules), closed)]
    assert dates == sorted(dates)


@pytest.mark.rule("R25")
@given(calendar=COUNTED, start=MOMENTS, later=MOMENTS, wd=st.integers(0, 30), more=st.integers(0, 5))
def test_who_comes_later_or_has_longer_is_never_due_earlier(
    calendar: Calendar, start: dt.datetime, later: dt.datetime, wd: int, more: int
):
    start, later = sorted((start, later))
    assert calendar.due(start, wd).date <= calendar.due(later, wd + more).date


@pytest.mark.rule("R25")
@given(calendar=COUNTED, start=DATES, wd=st.integers(1, 60))
def test_looking_up_and_counting_one_by_one_agree_with_hall_days_and_half_days(
    calendar: Calendar, start: dt.date, wd: int
):
    due = calendar.due(start, wd)
    first_counts = due.start in due.counted
    day, left = due.start, wd - first_counts
    while left:
        day += dt.timedelta(days=1)
        left -= calendar.counts(day)
    assert due.date == day
    assert calendar.working_days_between(due.start, day) == wd - first_counts


@pytest.mark.rule("R25")
@given(calendar=COUNTED, start=MOMENTS, wd=st.integers(0, 20))
def test_counting_on_from_where_a_date_started_gives_the_same_date(calendar: Calendar, start: dt.datetime, wd: int):
    due = calendar.due(start, wd)
    assert calendar.due(due.start, wd).date == due.date


# --- edges


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("came", "due", "moved"),
    [
        (on(FRIDAY, 16, 59, 59), NEXT_MONDAY, None),
        (on(FRIDAY, 17), NEXT_TUESDAY, StartMoved(FRIDAY, "cut_off", FIVE)),
        (on(FRIDAY, 23, 59, 59), NEXT_TUESDAY, StartMoved(FRIDAY, "cut_off", FIVE)),
        (on(SATURDAY, 0), NEXT_TUESDAY, StartMoved(SATURDAY, "day_off")),
        (on(SUNDAY, 23, 59, 59), NEXT_TUESDAY, StartMoved(SUNDAY, "day_off")),
        (on(NEXT_MONDAY, 0), NEXT_TUESDAY, None),
    ],
)
def test_what_comes_at_the_cut_off_or_later_or_on_a_day_off_counts_as_of_the_next_working_day(came, due, moved):
    found = with_days().under(policy(FIVE)).due(came, 1)
    assert (found.date, found.start_moved) == (due, moved)


@pytest.mark.rule("R25")
@pytest.mark.parametrize("came", [on(FRIDAY, 0), on(FRIDAY, 23, 59, 59), on(SATURDAY, 12), on(SUNDAY, 23, 59, 59)])
def test_where_no_hour_is_named_only_midnight_ends_the_day(came):
    found = with_days(HallDay(FRIDAY, "half", "学习", NOON)).under(policy()).due(came, 1)
    assert (found.date, found.start, found.start_moved) == (NEXT_MONDAY, came.date(), None)


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("closes", "hour", "moved"),
    [
        (NOON, dt.time(11, 59, 59), None),
        (NOON, NOON, StartMoved(MONDAY, "half_day", NOON)),
        (dt.time(18), NOON, None),
        (dt.time(18), FIVE, StartMoved(MONDAY, "cut_off", FIVE)),
    ],
)
def test_on_a_half_day_the_cut_off_is_its_closing_where_that_is_earlier(closes, hour, moved):
    calendar = with_days(HallDay(MONDAY, "half", "学习", closes)).under(policy(FIVE))
    found = calendar.due(dt.datetime.combine(MONDAY, hour), 1)
    assert (found.start_moved, found.start) == (moved, TUESDAY if moved else MONDAY)


@pytest.mark.rule("R25")
@pytest.mark.parametrize(("counts", "due"), [("whole", TUESDAY), ("none", MONDAY + dt.timedelta(days=2))])
def test_a_half_day_counts_as_the_policy_says(counts, due):
    calendar = with_days(HallDay(TUESDAY, "half", "学习", NOON)).under(policy(half_days=counts))
    found = calendar.due(MONDAY, 1)
    assert found.date == due
    assert (found.half_days, found.skipped) == (
        ((TUESDAY,), ()) if counts == "whole" else ((), (DayOff(TUESDAY, "half_day", "学习"),))
    )
    assert calendar.is_working(TUESDAY)


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("came", "due"), [(on(FRIDAY, 9), FRIDAY), (on(FRIDAY, 17), NEXT_MONDAY), (on(SATURDAY, 9), NEXT_MONDAY)]
)
def test_where_day_zero_counts_it_is_a_working_day_before_the_cut_off(came, due):
    assert with_days().under(policy(FIVE, "counts")).due(came, 1).date == due


@pytest.mark.rule("R25")
@pytest.mark.parametrize(("start", "due"), [(FRIDAY, FRIDAY), (SATURDAY, NEXT_MONDAY), (SUNDAY, NEXT_MONDAY)])
def test_on_the_spot_is_the_next_working_day_where_the_day_is_off(start, due):
    found = with_days().due(start, 0)
    assert (found.date, found.counted) == (due, ())
    assert all(one.why == "weekend" for one in found.skipped)


@pytest.mark.rule("R25")
def test_a_day_on_which_the_hall_is_closed_is_skipped_with_its_reason_and_one_it_works_is_counted():
    calendar = with_days(HallDay(TUESDAY, "closed", "台风停业"), HallDay(SATURDAY, "worked", "便民服务日"))
    found = calendar.due(MONDAY, 4)
    assert found.date == SATURDAY
    assert found.skipped == (DayOff(TUESDAY, "closed", "台风停业"),)
    assert (found.hall_workdays, found.moved_workdays) == ((SATURDAY,), ())


@pytest.mark.rule("R25")
def test_a_gap_between_published_years_is_counted_by_weekends_and_provisional():
    calendar = Calendar((2024, 2026), {dt.date(2026, 1, 1): "元旦"}, frozenset())
    found = calendar.due(dt.date(2024, 12, 31), 262)
    assert (found.date, found.provisional_because) == (dt.date(2026, 1, 2), ("calendar_not_published",))


@pytest.mark.rule("R25")
def test_the_date_on_the_receipt_counts_from_the_moment_it_was_filed():
    evening = due_at_filing(policy(FIVE), a_calendar(), on(MONDAY, 17, 30))
    assert (evening.start, evening.start_moved) == (TUESDAY, StartMoved(MONDAY, "cut_off", FIVE))
    assert due_at_filing(policy(FIVE), a_calendar(), on(MONDAY, 9)).start == MONDAY


# --- layers


def test_a_year_published_once_stays_published_and_a_newer_file_wins_in_its_years():
    earlier = Published((2025, 2026), {"元旦": (dt.date(2025, 1, 1), dt.date(2026, 1, 2))}, (dt.date(2025, 1, 26),))
    newer = Published((2026, 2027), {"元旦": (dt.date(2026, 1, 1), dt.date(2027, 1, 1))}, ())
    both = newer.over(earlier)
    assert both.years == (2025, 2026, 2027)
    assert both.holidays == {"元旦": (dt.date(2025, 1, 1), dt.date(2026, 1, 1), dt.date(2027, 1, 1))}
    assert both.workdays == (dt.date(2025, 1, 26),)
    assert newer.over(both) == both


def test_a_hall_day_stands_once_and_can_be_taken_back():
    half = HallDay(MONDAY, "half", "学习", NOON)
    changed = (
        HallCalendar()
        .with_days([HallDay(TUESDAY, "closed", "停电"), HallDay(MONDAY, "closed", "停电")])
        .with_days([half])
    )
    assert changed.days == (half, HallDay(TUESDAY, "closed", "停电"))
    assert changed.without_days([MONDAY, TUESDAY]) == HallCalendar()
