"""What the hub says by itself about what waits on people: in working hours, once, and a step up when nobody reacts."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.service import unasked
from hub.service.watch import Lookout
from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk


def at(desk: Desk, month: int, day: int, time: str) -> None:
    """Sets the desk's clock to a moment of the hall's own time."""
    desk.at = dt.datetime.combine(dt.date(2026, month, day), dt.time.fromisoformat(time), desk.books.zone).astimezone(
        dt.UTC
    )


def look(desk: Desk, lookout: Lookout | None = None) -> int:
    """What the hub does once a minute; how many jobs it found."""
    lookout = lookout or Lookout(desk.books)
    jobs = []
    if lookout.is_time(desk.at):
        with desk.store.reading() as db:
            jobs = unasked.watched(lookout, db, desk.at)
    if jobs:
        desk.commit(jobs)
    return len(jobs)


def told(desk: Desk, terminal: str, *kinds: str) -> list[tuple[str, str, str]]:
    listed = desk.query(terminal, m.ListNotices()).notices
    return [(one.kind, one.subject, one.detail) for one in listed if one.kind in kinds]


def under_a_policy_that_pauses(desk: Desk) -> None:
    """From now on cases are opened under a policy whose clock stops on the grounds of 无锡."""
    wuxi = factories.a_policy("wuxi")
    clock = factories.replace(desk.policy.clock, pause_grounds=wuxi.clock.pause_grounds)
    moves = desk.policy.moves | {move: wuxi.moves[move] for move in ("pause", "resume")}
    desk.policy = factories.replace(desk.policy, version=2, clock=clock, moves=moves)
    desk.reopen()


REMINDERS = ("due_soon", "due_today", "overdue")


@pytest.mark.rule("R47", "R73")
def test_department_and_window_are_reminded_before_at_and_after_due(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number  # due on Wednesday
    for day in (24, 25, 26, 27):
        at(desk, 11, day, "09:01")
        look(desk)
    said = [
        ("due_soon", number, "2026-11-25"),
        ("due_today", number, "2026-11-25"),
        ("overdue", number, "2026-11-25"),
        ("overdue", number, "2026-11-25"),
    ]
    assert told(desk, "department-real-estate", *REMINDERS) == said
    assert told(desk, "window-3", *REMINDERS) == said
    assert told(desk, "supervisor", *REMINDERS) == said[2:]
    assert told(desk, "department-tax", *REMINDERS) == []


@pytest.mark.rule("R47")
def test_each_day_s_reminder_is_said_once_also_after_a_restart(desk: Desk) -> None:
    desk.dispatched("real-estate")
    at(desk, 11, 25, "09:01")
    look(desk)
    before = desk.count(schema.notice)
    desk.reopen()
    desk.later(minutes=1)
    look(desk)
    assert [one for one in told(desk, "window-3", *REMINDERS) if one[0] == "due_today"] != []
    assert desk.count(schema.notice) - before <= 2  # what went a step up, and no reminder
    assert len(told(desk, "window-3", *REMINDERS)) == 1


@pytest.mark.rule("R47")
@pytest.mark.parametrize(("day", "time"), [(25, "08:59"), (25, "12:00"), (25, "13:29"), (25, "17:00"), (28, "10:00")])
def test_nobody_is_reminded_outside_working_hours(desk: Desk, day: int, time: str) -> None:
    desk.dispatched("real-estate")
    at(desk, 11, day, time)
    assert look(desk) == 0
    assert told(desk, "window-3", *REMINDERS, "unattended") == []


def test_before_a_department_has_the_case_it_is_the_window_that_is_reminded(desk: Desk) -> None:
    number = desk.file().case_number
    due = desk.line(number).due.date
    at(desk, due.month, due.day, "10:00")
    look(desk)
    assert told(desk, "window-3", "due_today") == [("due_today", number, f"{due}")]


def test_nobody_is_reminded_of_an_answered_case(desk: Desk) -> None:
    number = desk.file().case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    at(desk, 12, 10, "10:00")
    look(desk)
    assert told(desk, "window-3", *REMINDERS) == []


@pytest.mark.rule("R21")
def test_a_notice_that_nobody_takes_goes_a_step_up_after_the_policy_s_minutes(desk: Desk) -> None:
    number = desk.file().case_number
    desk.later(seconds=119)
    assert look(desk) == 0
    desk.later(seconds=1)
    assert look(desk) == 1
    assert told(desk, "supervisor", "unattended") == [("unattended", number, "new_complaint")]
    desk.later(minutes=10)
    assert look(desk) == 0


def test_what_somebody_took_goes_no_step_up(desk: Desk) -> None:
    desk.file()
    desk.ask("window-3", m.AcknowledgeNotice(notice_id=1))
    desk.later(minutes=5)
    assert look(desk) == 0


def test_only_working_time_counts_before_a_notice_goes_a_step_up(desk: Desk) -> None:
    at(desk, 11, 23, "16:59")
    number = desk.file().case_number
    at(desk, 11, 24, "09:00")
    assert look(desk) == 0
    at(desk, 11, 24, "09:01")
    assert look(desk) == 1
    assert told(desk, "supervisor", "unattended") == [("unattended", number, "new_complaint")]


def test_the_hub_looks_once_a_minute(desk: Desk) -> None:
    lookout = Lookout(desk.books)
    assert lookout.is_time(desk.at)
    desk.later(seconds=59)
    assert not lookout.is_time(desk.at)
    desk.later(seconds=1)
    assert lookout.is_time(desk.at)


def test_a_case_is_reminded_of_as_its_own_policy_says(desk: Desk) -> None:
    old = desk.file().case_number
    notices = factories.replace(
        desk.policy.notices, remind_at_due=factories.replace(desk.policy.notices.remind_at_due, value=False)
    )
    desk.policy = factories.replace(desk.policy, version=2, notices=notices)
    desk.reopen()
    desk.file()
    due = desk.line(old).due.date
    at(desk, due.month, due.day, "10:00")
    look(desk)
    assert told(desk, "window-3", "due_today") == [("due_today", old, f"{due}")]


@pytest.mark.rule("R27", "R73")
def test_nobody_is_reminded_while_the_clock_stands_still(desk: Desk) -> None:
    under_a_policy_that_pauses(desk)
    number = desk.dispatched("real-estate").case_number  # due on Wednesday
    assert (
        desk.ask("window-3", m.PauseClock(case_number=number, ground="superior", evidence="请示〔2026〕3号"))
        == m.Done()
    )
    at(desk, 11, 25, "10:00")
    look(desk)
    assert told(desk, "window-3", *REMINDERS) == []
    desk.ask("window-3", m.ResumeClock(case_number=number, evidence="批复〔2026〕5号"))
    due = desk.line(number).due.date
    at(desk, due.month, due.day, "10:00")
    look(desk)
    assert told(desk, "window-3", "due_today") == [("due_today", number, f"{due}")]


@pytest.mark.rule("R21", "R26")
def test_an_extension_that_nobody_decides_on_goes_a_step_up(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number
    for terminal in ("window-3", "department-real-estate"):
        for one in desk.query(terminal, m.ListNotices()).notices:
            desk.ask(terminal, m.AcknowledgeNotice(notice_id=one.notice_id))
    desk.ask("department-real-estate", m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。"))
    desk.later(minutes=3)
    look(desk)
    assert told(desk, "supervisor", "unattended") == [("unattended", number, "extension_asked")]
