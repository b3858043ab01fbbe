"""A month's figures and the list of overdue cases, against cases that the hub itself has decided."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.store import figures, views
from hub.wire import messages as m
from tests.factories import MONDAY
from tests.hub.desk import Desk

NOVEMBER = MONDAY.replace(day=1)


def month(desk: Desk, first: dt.date = NOVEMBER, today: dt.date | None = None) -> figures.Month:
    with desk.store.reading() as db:
        return figures.of_month(db, desk.hall.code, first, desk.books.zone, today)


def overdue(desk: Desk, today: dt.date) -> list[views.OverdueCase]:
    with desk.store.reading() as db:
        return views.overdue(db, desk.hall.code, today)


def answer(desk: Desk, number: str) -> None:
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已办结。")) == m.Done()


def test_a_month_counts_its_cases_by_stage_matter_and_department(desk: Desk) -> None:
    first = desk.dispatched("real-estate", matter="other")
    answer(desk, desk.file(matter="other").case_number)
    desk.file(matter="unknown")
    counted = month(desk)
    assert (counted.filed, counted.answered, counted.on_time) == (3, 1, 1)
    assert counted.by_stage == {"dispatched": 1, "answered_on_the_spot": 1, "filed": 1}
    assert counted.by_matter == {"other": 2, "unknown": 1}
    assert counted.by_department == {first.department: 1, "": 2}


def test_an_answer_after_the_due_date_is_late_and_so_is_none_at_all(desk: Desk) -> None:
    late, never = desk.dispatched(), desk.dispatched()
    desk.at = dt.datetime.combine(late.due.date + dt.timedelta(days=1), dt.time(1), dt.UTC)
    order = late.work_order_id
    assert desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=order)) == m.Done()
    assert desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=order, text="已办结。")) == m.Done()
    assert (month(desk, today=never.due.date).late, month(desk, today=never.due.date).on_time) == (1, 0)
    assert month(desk, today=never.due.date + dt.timedelta(days=1)).late == 2


def test_other_months_are_not_counted(desk: Desk) -> None:
    desk.file()
    assert month(desk, dt.date(2026, 10, 1)).filed == 0
    assert month(desk, dt.date(2026, 12, 1)).filed == 0


@pytest.mark.rule("R25")
def test_overdue_are_the_open_cases_past_their_date_the_longest_first(desk: Desk) -> None:
    soon, answered = desk.dispatched(), desk.file().case_number
    answer(desk, answered)
    desk.later(days=1)
    desk.turn_day(MONDAY + dt.timedelta(days=1))
    next_one = desk.dispatched("tax")
    assert overdue(desk, soon.due.date) == []
    listed = overdue(desk, next_one.due.date + dt.timedelta(days=1))
    assert [one.case_number for one in listed] == [soon.case_number, next_one.case_number]
    assert listed[1].department == "tax"
    assert len(overdue(desk, soon.due.date + dt.timedelta(days=1))) == 1
