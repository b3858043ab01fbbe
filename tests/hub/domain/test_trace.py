"""The trace of a date: every day stands in it once, numbered or with why it does not count."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from hub.domain.deadline import Calendar, Due
from hub.domain.extension import extended, resumed
from hub.domain.pause import waited
from hub.domain.trace import TraceDay, articles, days
from tests.factories import a_calendar, a_due, a_policy
from tests.hub.domain.test_hall_calendar import COUNTED, MOMENTS

DAY = dt.timedelta(days=1)
SPANS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4)


def told(due: Due, pauses: list[tuple[dt.date, dt.date]] | None = None) -> list[str]:
    """One word a day: its number, or why it has none."""
    traced = days(a_calendar(), due, pauses or [])
    return [f"{one.date:%m-%d} {one.number or one.why or one.state}" for one in traced]


@pytest.mark.rule("R25")
def test_every_day_up_to_the_date_is_numbered_or_says_why_not() -> None:
    assert told(a_due(5, dt.date(2026, 9, 23))) == [
        *("09-23 start", "09-24 1", "09-25 holiday", "09-26 holiday", "09-27 holiday", "09-28 2", "09-29 3", "09-30 4"),
        *(f"10-0{n} holiday" for n in range(1, 8)),
        "10-08 5",
    ]


@pytest.mark.rule("R27")
def test_days_that_others_took_have_no_number() -> None:
    due, stopped = a_due(3), (dt.date(2026, 11, 24), dt.date(2026, 11, 26))
    on = resumed(a_calendar(), due, waited(a_calendar(), due, *stopped))
    assert told(on, [stopped]) == [
        *("11-23 start", "11-24 1", "11-25 paused", "11-26 paused", "11-27 2"),
        *("11-28 weekend", "11-29 weekend", "11-30 3"),
    ]


@pytest.mark.rule("R27")
def test_where_it_stopped_on_its_last_day_that_day_s_rest_is_the_date() -> None:
    due, stopped = a_due(2), (dt.date(2026, 11, 25), dt.date(2026, 11, 29))
    on = resumed(a_calendar(), due, waited(a_calendar(), due, *stopped))
    assert told(on, [stopped])[-1] == "11-30 2"
    assert "11-25 paused" in told(on, [stopped])


@pytest.mark.rule("R25", "R26", "R27")
@given(calendar=COUNTED, start=MOMENTS, wd=st.integers(0, 15), added=st.integers(0, 5), spans=SPANS)
def test_the_trace_of_any_date_is_without_gaps_and_its_last_number_is_what_was_promised_and_granted(
    calendar: Calendar, start: dt.datetime, wd: int, added: int, spans: list[tuple[int, int]]
) -> None:
    due, day, pauses = extended(calendar, calendar.due(start, wd), added), start.date(), []
    for gap, length in spans:
        paused, on = day + gap * DAY, day + (gap + length) * DAY
        if paused > due.date:
            break
        due = resumed(calendar, due, waited(calendar, due, paused, on))
        pauses.append((paused, on))
        day = on
    traced = days(calendar, due, pauses)
    assert [one.date for one in traced] == [start.date() + n * DAY for n in range(len(traced))]
    assert traced[-1].date == due.date
    numbers = [one.number for one in traced if one.state == "counts"]
    assert numbers == list(range(1, due.wd - due.paused_wd + 1))
    assert sum(one.state == "paused" for one in traced) == due.paused_wd
    if due.wd > due.paused_wd:
        assert traced[-1].state == "counts", "a date is a day that counts"
    for one in traced:
        assert (one.state == "off") <= (not calendar.counts(one.date))
        assert (one.number > 0) == (one.state == "counts")


def test_a_day_that_counts_though_one_might_think_otherwise_says_so() -> None:
    traced = days(a_calendar(), a_due(4, dt.date(2026, 9, 29)))
    assert traced[-1] == TraceDay(dt.date(2026, 10, 10), "counts", 4, remark="moved")


@pytest.mark.rule("R25", "R26")
def test_the_articles_are_those_of_the_policy_that_the_date_rests_on() -> None:
    policy = a_policy("yueyang")
    due = replace(a_due(8), extended_wd=3)
    found = {one.key: one for one in articles(policy, due, "matter", "work_order", ["dispatch", "extend"])}
    assert list(found) == ["clock.starts", "clock.day_zero", "classes", "extension.needs", "extension.cap_wd"]
    assert found["clock.starts"].cite.startswith("第十三条")
    assert not found["classes"].silent
    assert found["clock.day_zero"].silent
