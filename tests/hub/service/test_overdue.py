"""按时 figures count what is open and past its date: on the wall, in the events, after a restart."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.store import figures
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_ended_clock import ASKED, sent_back, that_pauses

DAY = dt.timedelta(days=1)


def sent(desk: Desk, case_class: str = "general") -> m.CaseLine:
    return desk.dispatched("tax", case_class)


def until(desk: Desk, date: dt.date) -> m.Counts:
    """The counts when the business date has turned to that one, at ten in the morning."""
    desk.at = dt.datetime.combine(date, dt.time(2), dt.UTC)
    desk.turn_day(date)
    return counts(desk)


def counts(desk: Desk) -> m.Counts:
    """What the events came to; the same as what a hub finds that starts now."""
    told = desk.books.picture.counts
    desk.reopen()
    assert desk.books.picture.counts == told
    return told


@pytest.mark.rule("R28")
def test_a_hall_that_never_answers_has_no_hundred_percent(desk: Desk) -> None:
    due = sent(desk).due.date
    assert until(desk, due).on_time_percent is None
    told = until(desk, due + DAY)
    assert (told.overdue, told.on_time_percent) == (1, 0)
    turned = [one.event for one in desk.events if isinstance(one.event, m.DayTurned)]
    assert turned[-1].counts == told


@pytest.mark.rule("R28")
def test_an_overdue_case_that_is_answered_is_late_and_no_longer_overdue(desk: Desk) -> None:
    line = sent(desk)
    until(desk, line.due.date + DAY)
    for command in (
        m.AcceptWorkOrder(work_order_id=line.work_order_id),
        m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"),
    ):
        assert desk.ask("department-tax", command) == m.Done()
    told = counts(desk)
    assert (told.answered_month, told.on_time_month, told.overdue, told.on_time_percent) == (1, 0, 0, 0)


@pytest.mark.rule("R26", "R28")
def test_an_extension_granted_after_the_date_is_counted_from_the_new_one(desk: Desk) -> None:
    line = sent(desk)
    until(desk, line.due.date + DAY)
    assert desk.ask("department-tax", m.AskExtension(case_number=line.case_number, **ASKED)) == m.Done()
    assert counts(desk).overdue == 1, "the old date stands until somebody decides"
    assert desk.ask("supervisor", m.DecideExtension(case_number=line.case_number, granted=True)) == m.Done()
    assert counts(desk).overdue == 0
    assert until(desk, desk.line(line.case_number).due.date + DAY).overdue == 1


@pytest.mark.rule("R27", "R28")
@pytest.mark.parametrize(("days", "overdue"), [(0, 0), (1, 1)], ids=["in time", "after its date"])
def test_a_clock_that_was_stopped_in_time_is_not_overdue_however_long_it_stands(
    desk: Desk, days: int, overdue: int
) -> None:
    that_pauses(desk)
    line = sent(desk)
    until(desk, line.due.date + days * DAY)
    stop = m.PauseClock(case_number=line.case_number, ground="superior", evidence="请示。")
    assert desk.ask("department-tax", stop) == m.Done()
    assert until(desk, line.due.date + 4 * DAY).overdue == overdue
    assert desk.ask("department-tax", m.ResumeClock(case_number=line.case_number, evidence="批复。")) == m.Done()
    assert counts(desk).overdue == overdue


@pytest.mark.rule("R28", "R33")
def test_a_case_that_is_sent_back_is_overdue_when_its_own_new_date_has_passed(desk: Desk) -> None:
    line = sent(desk)
    sent_back(desk, line.case_number)
    assert counts(desk).answered_month == 0
    due = desk.line(line.case_number).due.date
    assert until(desk, due).overdue == 0
    assert until(desk, due + DAY).overdue == 1, "in a new month too"


@pytest.mark.rule("R28")
def test_what_nobody_was_promised_is_not_overdue(desk: Desk) -> None:
    desk.policy = factories.replace(factories.a_policy("wuxi"), version=2)
    desk.reopen()
    due = desk.line(desk.file(reasons=("other",)).case_number).due.date
    assert until(desk, due + 3 * DAY).overdue == 0


@pytest.mark.rule("R28")
def test_no_new_month_makes_good_what_the_last_one_left(desk: Desk) -> None:
    line = sent(desk)
    assert until(desk, dt.date(2026, 11, 30)).overdue == 1
    assert until(desk, dt.date(2026, 12, 1)) == m.Counts(overdue=1)
    assert counts(desk).on_time_percent == 0
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    assert counts(desk) == m.Counts(), "it is another month's answer"


@pytest.mark.rule("R28")
def test_the_month_s_report_has_the_wall_s_figures(desk: Desk) -> None:
    line = sent(desk)
    sent(desk)
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    told = until(desk, line.due.date + DAY)
    with desk.store.reading() as db:
        month = figures.of_month(db, desk.hall.code, dt.date(2026, 11, 1), desk.books.zone, line.due.date + DAY)
    assert (month.on_time, month.overdue, month.late) == (told.on_time_month, told.overdue, 1)
    assert month.on_time_percent == told.on_time_percent == 50
