"""The hall's calendar in versions: the state's years taken over, the hall's own days set and taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.domain.deadline import HallDay
from hub.domain.hall_calendar import HallCalendar, Published
from hub.service import calendars, unasked
from hub.store import schema
from hub.store.calendars import newest
from hub.wire import messages as m
from hub.wire.calendar_commands import calendar_of
from tests.factories import MONDAY
from tests.hub import desk as desks
from tests.hub.desk import PUBLISHED, Desk, hold

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + dt.timedelta(days=n) for n in range(1, 6))
NEW_YEAR = tuple(dt.date(2027, 1, day) for day in (1, 2, 3))
OF_2027 = Published((2027,), {"元旦": NEW_YEAR, "春节": (dt.date(2027, 2, 5),)}, (dt.date(2027, 2, 6),))


def close(*days: dt.date, **changes: Any) -> m.ChangeCalendar:
    return m.ChangeCalendar(**({"days": days, "kind": "closed", "reason": "台风停业"} | changes))


def look_after(desk: Desk) -> int:
    """Lets the hub do what it does by itself until nothing is left; how many rounds that took."""
    for rounds in range(1000):
        jobs = unasked.due(desk.books, {}, {}, (), desk.at)
        if not jobs:
            return rounds
        desk.commit(jobs)
    raise AssertionError("the hub never comes to rest")


def publish(desk: Desk, published: Published) -> None:
    """The hub is started again with other files."""
    desk.published = published
    desk.reopen()
    look_after(desk)


def of(desk: Desk, year: int = 0, terminal: str = "supervisor") -> m.WorkingCalendar:
    answer = desk.query(terminal, m.ReadCalendar(year=year))
    assert isinstance(answer, m.WorkingCalendar)
    return answer


# --- the hall's own days


@pytest.mark.rule("R25")
def test_a_day_that_the_hall_is_closed_is_a_version_with_who_when_and_why(desk: Desk) -> None:
    assert desk.ask("supervisor", close(TUESDAY, WEDNESDAY)) == m.Done()
    read = of(desk)
    assert (read.version, read.years) == (2, (2024, 2025, 2026))
    assert read.days == tuple(HallDay(day, "closed", "台风停业") for day in (TUESDAY, WEDNESDAY))
    newest_version, first = read.versions
    assert newest_version == m.CalendarVersion(2, desk.at, "name of 90", "hall", "台风停业")
    assert (first.version, first.who, first.layer) == (1, "", "state")
    assert desk.events[-1].event == m.CalendarSet(version=2)
    assert [one.kind for one in desk.rows(schema.audit)][-1] == "ChangeCalendar"
    assert desk.file().due.date > desks.CALENDAR.due(MONDAY, desk.policy.longest_wd).date


@pytest.mark.rule("R25")
def test_it_can_be_taken_back_and_every_version_stays(desk: Desk) -> None:
    desk.ask("supervisor", close(TUESDAY))
    desk.ask("supervisor", close(TUESDAY, kind="half", closes=dt.time(12)))
    assert of(desk).days == (HallDay(TUESDAY, "half", "台风停业", dt.time(12)),)
    assert desk.ask("supervisor", close(TUESDAY, kind="as_published", reason="台风改道")) == m.Done()
    read = of(desk)
    assert read.days == ()
    assert [(one.version, one.why) for one in read.versions][:3] == [(4, "台风改道"), (3, "台风停业"), (2, "台风停业")]
    assert len(desk.rows(schema.calendar)) == 4


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (close(), "bad_days"),
        (close(TUESDAY, TUESDAY), "bad_days"),
        (close(*(MONDAY + dt.timedelta(days=n) for n in range(32))), "bad_days"),
        (close(MONDAY - dt.timedelta(days=32)), "bad_days"),
        (close(dt.date(2029, 1, 1)), "bad_days"),
        (close(TUESDAY, reason=" "), "text_missing"),
        (close(TUESDAY, reason="长" * 201), "too_long"),
        (close(TUESDAY, kind="half"), "closing_needed"),
        (close(TUESDAY, kind="half", closes=dt.time()), "closing_needed"),
        (close(TUESDAY, closes=dt.time(12)), "closing_needed"),
        (close(SATURDAY), "nothing_changes"),
        (close(TUESDAY, kind="worked"), "nothing_changes"),
        (close(TUESDAY, kind="as_published"), "nothing_changes"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(desk: Desk, wrong: m.ChangeCalendar, code: str) -> None:
    before = desk.kept()
    assert desk.ask("supervisor", wrong).code == code
    assert (desk.kept(), of(desk).version) == (before, 1)


@pytest.mark.rule("R4", "R25")
def test_only_who_answers_for_the_hall_changes_its_calendar(desk: Desk) -> None:
    hold(desk, "90", "supervisor")
    assert desk.ask("supervisor", close(TUESDAY)).code == "not_permitted"
    assert desk.ask("window-3", close(TUESDAY)).code == "not_permitted"
    hold(desk, "90", "hall_head")
    assert desk.ask("supervisor", close(TUESDAY)) == m.Done()


def test_two_changes_in_one_round_are_two_versions_and_both_hold(desk: Desk) -> None:
    asks = [desks.Ask("supervisor", close(day)) for day in (TUESDAY, WEDNESDAY)]
    assert desk.round(*asks) == [m.Done(), m.Done()]
    assert [one.date for one in of(desk).days] == [TUESDAY, WEDNESDAY]
    assert of(desk).version == 3


def test_the_calendar_is_on_the_disk(desk: Desk) -> None:
    desk.ask("supervisor", close(TUESDAY))
    look_after(desk)
    before = of(desk)
    desk.reopen()
    assert of(desk) == before
    assert not desk.books.calendar.is_working(TUESDAY)


@pytest.mark.rule("R25")
@pytest.mark.parametrize("terminal", ["kiosk-1", "wall", "window-3"])
def test_every_terminal_reads_it_and_counts_as_the_hub_does(desk: Desk, terminal: str) -> None:
    desk.ask("supervisor", close(TUESDAY))
    desk.ask("supervisor", close(SATURDAY, kind="worked"))
    counted = calendar_of(of(desk, terminal=terminal))
    for wd in range(12):
        assert counted.due(MONDAY, wd) == desk.books.calendar.due(MONDAY, wd)
    assert bool(of(desk, terminal=terminal).versions) is (terminal == "window-3")


def test_one_year_alone_is_read(desk: Desk) -> None:
    desk.ask("supervisor", close(dt.date(2027, 1, 4)))
    assert of(desk, 2026).years == (2026,)
    assert {one.date.year for one in of(desk, 2026).holidays} == {2026}
    assert of(desk, 2026).days == ()
    assert of(desk, 2027).years == ()
    assert [one.date for one in of(desk, 2027).days] == [dt.date(2027, 1, 4)]


# --- the state's years


@pytest.mark.rule("R25")
def test_a_year_newly_published_is_taken_over_at_the_next_start(desk: Desk) -> None:
    desk.ask("supervisor", close(TUESDAY))
    publish(desk, OF_2027.over(PUBLISHED))
    read = of(desk)
    assert (read.version, read.years[-1]) == (3, 2027)
    assert (read.versions[0].layer, read.versions[0].who) == ("state", "")
    assert "2027" in read.versions[0].why
    assert read.days == (HallDay(TUESDAY, "closed", "台风停业"),)
    assert m.CalendarSet(version=3) in [one.event for one in desk.events]


@pytest.mark.rule("R25")
def test_a_hub_with_older_files_takes_nothing_back(desk: Desk) -> None:
    publish(desk, OF_2027.over(PUBLISHED))
    publish(desk, PUBLISHED)
    assert (of(desk).version, of(desk).years[-1]) == (2, 2027)


def test_the_same_files_again_are_no_new_version(desk: Desk) -> None:
    assert look_after(desk) == 0
    desk.reopen()
    assert look_after(desk) == 0
    assert len(desk.rows(schema.calendar)) == 1


def test_a_hall_that_had_no_calendar_yet_begins_with_what_the_files_say(desk: Desk) -> None:
    with desk.store.reading() as db:
        found = newest(db, desk.hall.code)
    assert found is not None
    assert (found.version, found.days) == (1, HallCalendar(PUBLISHED))
    assert calendars.waits(desk.books) is False
