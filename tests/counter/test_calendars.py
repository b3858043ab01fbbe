"""The calendar page: what each day of the year is, what a change lacks, and which open dates it would move."""

from __future__ import annotations

import datetime as dt

import pytest

from counter import calendars
from counter.calendars import Change
from hub.wire.calendar_commands import calendar_of
from hub.wire.messages import ChangeCalendar
from tests.counter.line_states import working
from tests.counter.makers import TODAY, line, policy_of

READ = working()
NEXT = TODAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (dt.date(2026, 11, 23), "working"),
        (dt.date(2026, 11, 22), "weekend"),
        (dt.date(2026, 10, 1), "holiday"),
        (dt.date(2026, 10, 10), "made_up"),
        (dt.date(2026, 11, 26), "closed"),
        (dt.date(2026, 12, 31), "half"),
        (dt.date(2026, 11, 28), "worked"),
    ],
)
def test_each_day_is_what_the_calendar_counts_it_as(day: dt.date, kind: str) -> None:
    (found,) = (one for one in calendars.year_of(READ, day.year) if one.date == day)
    assert found.kind == kind


def test_every_day_of_the_year_agrees_with_the_calendar_that_dates_are_counted_with() -> None:
    counted = calendar_of(READ)
    days = calendars.year_of(READ, 2026)
    assert len(days) == 365
    off = {"weekend", "holiday", "closed"}
    assert [one.date for one in days if (one.kind not in off) is not counted.is_working(one.date)] == []


def test_days_are_marked_and_let_go_again_up_to_a_month_of_them() -> None:
    change = calendars.toggled(calendars.toggled(Change(), NEXT), TODAY)
    assert change.days == (TODAY, NEXT)
    assert calendars.toggled(change, TODAY).days == (NEXT,)
    many = Change()
    for one in range(40):
        many = calendars.toggled(many, TODAY + dt.timedelta(days=one))
    assert len(many.days) == calendars.DAYS_AT_MOST


def test_a_half_day_says_when_it_closes_and_every_change_says_why() -> None:
    change = Change(days=(NEXT,), kind="half", closes="noon")
    assert calendars.missing(change) == ("closes", "reason")
    assert calendars.missing(Change()) == ("days", "kind", "reason")
    whole = Change(days=(NEXT,), kind="half", closes="11：30", reason=" 停电 ")
    assert calendars.missing(whole) == ()
    assert calendars.command(whole) == ChangeCalendar(days=(NEXT,), kind="half", reason="停电", closes=dt.time(11, 30))
    closed = Change(days=(NEXT,), kind="closed", reason="停电")
    assert calendars.command(closed) == ChangeCalendar(days=(NEXT,), kind="closed", reason="停电")


@pytest.mark.parametrize(
    ("typed", "hour"),
    [("12:00", dt.time(12)), ("1130", dt.time(11, 30)), ("00:00", None), ("24:00", None), ("12", None), ("", None)],
)
def test_an_hour_is_read_as_it_is_typed(typed: str, hour: dt.time | None) -> None:
    assert calendars.hour(typed) == hour


@pytest.mark.rule("R25")
def test_a_closed_day_moves_what_counts_over_it_and_taking_it_back_moves_it_back() -> None:
    policy = policy_of("yueyang")
    due = calendar_of(READ).under(policy).due(TODAY, 5)
    cases = [line(7, due=due), line(8, due=calendar_of(READ).due(TODAY, 5), stage="replied")]
    closed = Change(days=(NEXT,), kind="closed", reason="停电")
    (moved,) = calendars.would_move(READ, closed, cases, policy)
    assert (moved.case_number, moved.before) == (cases[0].case_number, due.date)
    assert moved.after > due.date
    own = dt.date(2026, 11, 26)
    (back,) = calendars.would_move(READ, Change(days=(own,), kind="as_published", reason="如期办公"), cases, policy)
    assert back.after < due.date
    weekend = Change(days=(dt.date(2026, 11, 29),), kind="closed", reason="周末")
    assert calendars.would_move(READ, weekend, cases, policy) == ()
