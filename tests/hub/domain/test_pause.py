"""A clock that stood still: whatever stopped it, for how long, what was left then is left when it goes on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hub.domain.deadline import Calendar, Due
from hub.domain.extension import extended
from hub.domain.pause import left_wd, waited
from tests.factories import a_calendar

DAY = dt.timedelta(days=1)
CALENDAR = a_calendar()
STARTS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30))
DAYS = [dt.date(2024, 1, 1) + n * DAY for n in range(366 + 365 + 365)]
LIMITS = st.integers(1, 30)
SPANS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=1, max_size=5)
"""Pauses: how many days after the one before each begins, and how many it takes."""


def goes_on(calendar: Calendar, due: Due, paused: dt.date, resumed: dt.date) -> Due:
    return extended(calendar, due, waited(calendar, due, paused, resumed))


def day_by_day(calendar: Calendar, start: dt.date, wd: int, pauses: list[tuple[dt.date, dt.date]]) -> dt.date:
    """The due date as somebody strikes off days in a paper calendar: a working day is taken as it begins, unless the
    clock stands still then."""
    day, left = start, wd
    while left:
        day += DAY
        left -= calendar.is_working(day) and not any(paused < day <= resumed for paused, resumed in pauses)
    return day


@pytest.mark.rule("R27")
@given(start=STARTS, wd=LIMITS, spans=SPANS)
def test_several_pauses_lose_no_working_day_and_give_none_away(
    start: dt.date, wd: int, spans: list[tuple[int, int]]
) -> None:
    due, day, pauses = CALENDAR.due(start, wd), start, []
    for gap, length in spans:
        paused, resumed = day + gap * DAY, day + (gap + length) * DAY
        if paused >= due.date:
            break  # what is left on the last day and after it has tests of its own
        before = left_wd(CALENDAR, due, paused)
        due = goes_on(CALENDAR, due, paused, resumed)
        assert left_wd(CALENDAR, due, resumed) == before > 0
        pauses.append((paused, resumed))
        day = resumed
    assert due.date == day_by_day(CALENDAR, start, wd, pauses)


@pytest.mark.rule("R27")
@given(start=STARTS, wd=LIMITS, into=st.integers(0, 20), days=st.integers(0, 20), off=st.integers(-2, 25))
def test_a_holiday_declared_inside_a_pause_changes_nothing_of_what_was_left(
    start: dt.date, wd: int, into: int, days: int, off: int
) -> None:
    due = CALENDAR.due(start, wd)
    paused = min(start + into * DAY, due.date - DAY)
    resumed = paused + days * DAY
    left = left_wd(CALENDAR, due, paused)
    holiday = paused + min(off, days) * DAY
    known = Calendar(
        tuple(CALENDAR.years),
        dict.fromkeys((day for day in DAYS if not CALENDAR.is_working(day)), "") | {holiday: "临时放假"},
        frozenset(day for day in DAYS if CALENDAR.is_working(day) and day.weekday() > 4),
    )
    anew = known.due(start, wd)
    if holiday > paused:
        assert left_wd(known, anew, paused) == left
    assert left_wd(known, goes_on(known, anew, paused, resumed), resumed) == left_wd(known, anew, paused)


@pytest.mark.rule("R27")
@given(start=STARTS, wd=LIMITS, added=st.integers(1, 10), spans=SPANS)
def test_an_extension_between_pauses_adds_its_own_days_and_no_other(
    start: dt.date, wd: int, added: int, spans: list[tuple[int, int]]
) -> None:
    due, day, pauses = CALENDAR.due(start, wd), start, []
    for at, (gap, length) in enumerate(spans):
        paused, resumed = day + gap * DAY, day + (gap + length) * DAY
        if paused >= due.date:
            break
        due = goes_on(CALENDAR, due, paused, resumed)
        if at == 0:
            due = extended(CALENDAR, due, added)
        pauses.append((paused, resumed))
        day = resumed
    assert due.date == day_by_day(CALENDAR, start, wd + (added if pauses else 0), pauses)


@pytest.mark.rule("R27", "R28")
@given(start=STARTS, wd=st.integers(0, 30), after=st.integers(0, 12), days=st.integers(0, 20))
def test_what_could_be_answered_when_it_stopped_can_be_when_it_goes_on_and_what_was_late_stays_late(
    start: dt.date, wd: int, after: int, days: int
) -> None:
    due = CALENDAR.due(start, wd)
    paused, resumed = due.date + after * DAY, due.date + (after + days) * DAY
    then = goes_on(CALENDAR, due, paused, resumed)
    assert (paused > due.date) == (resumed > then.date)
    assert then.date >= due.date
    if after == 0:
        assert not any(CALENDAR.is_working(resumed + n * DAY) for n in range((then.date - resumed).days))
    if left_wd(CALENDAR, due, paused):
        assert left_wd(CALENDAR, then, resumed) == left_wd(CALENDAR, due, paused)


@pytest.mark.rule("R27")
@pytest.mark.parametrize(
    ("due", "paused", "resumed", "until"),
    [
        ((11, 27), (11, 25), (11, 25), (11, 27)),  # within a day
        ((11, 27), (11, 25), (11, 26), (11, 30)),  # overnight: Thursday began without it
        ((11, 27), (11, 27), (11, 29), (11, 30)),  # its last day, a Friday; goes on on Sunday
        ((11, 27), (11, 28), (11, 30), (11, 27)),  # late since Saturday, and still on Monday
        ((9, 30), (9, 29), (10, 5), (10, 8)),  # over a holiday: only the 30th began without it
    ],
)
def test_a_working_day_that_begins_while_the_clock_stands_still_is_not_taken(
    due: tuple[int, int], paused: tuple[int, int], resumed: tuple[int, int], until: tuple[int, int]
) -> None:
    then = CALENDAR.due(dt.date(2026, *due) - 14 * DAY, 1)
    counted = CALENDAR.working_days_between(then.start, dt.date(2026, *due))
    due_before = CALENDAR.due(then.start, counted)
    assert due_before.date == dt.date(2026, *due)
    assert goes_on(CALENDAR, due_before, dt.date(2026, *paused), dt.date(2026, *resumed)).date == dt.date(2026, *until)


def test_before_its_first_day_a_clock_has_nothing_to_lose() -> None:
    """Its start may be put off to a later day than the one on which it came, and it may stop in between."""
    due = CALENDAR.due(dt.date(2026, 11, 24), 3)
    assert goes_on(CALENDAR, due, dt.date(2026, 11, 23), dt.date(2026, 11, 24)).date == due.date
    assert left_wd(CALENDAR, due, dt.date(2026, 11, 20)) == 3
