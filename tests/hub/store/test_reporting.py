"""What reports read of a case is what the hub itself says of it, on both databases."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from msgspec.structs import replace

from hub.domain import spans
from hub.domain.policy.values import Period
from hub.domain.reported import Reading
from hub.reports import figures
from hub.store import reporting
from hub.wire import messages as m
from tests.factories import MONDAY
from tests.hub.desk import Desk
from tests.hub.service.test_requests import under

EVERYTHING = frozenset(get_args(reporting.Need))


def read(desk: Desk, month: str = "2026-11", every: Period = "month") -> Reading:
    with desk.store.reading() as db:
        return reporting.read(
            db, desk.hall.code, desk.sealer, desk.books.zone, spans.parse(every, month), EVERYTHING, lambda *_: None
        )


def replied(desk: Desk, case: m.CaseLine) -> None:
    order = case.work_order_id
    assert desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=order)) == m.Done()
    assert desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=order, text="已办结。")) == m.Done()


@pytest.mark.rule("R28")
def test_breaches_in_a_report_are_those_that_the_hub_tells_of_each_case(desk: Desk) -> None:
    in_time, told, late, never = desk.dispatched(), desk.dispatched(), desk.dispatched(), desk.dispatched()
    for one in (in_time, told):
        replied(desk, one)
    tell = m.TellCitizen(case_number=told.case_number, medium="oral")
    assert desk.ask("department-real-estate", tell) == m.Done()
    desk.at = dt.datetime.combine(late.due.date + dt.timedelta(days=2), dt.time(2), dt.UTC)
    replied(desk, late)
    today = desk.books.local_date(desk.at)
    found = read(desk)
    derived = {one.number: figures.breaches(one, found.policies, today) for one in found.cases}
    numbers = [one.case_number for one in (in_time, told, late, never)]
    assert derived == {n: desk.query("window-3", m.ReadBreaches(case_number=n)).codes for n in numbers}
    assert derived[told.case_number] == ()
    assert derived[in_time.case_number] == ("result_not_delivered",)
    assert "no_reply" in derived[never.case_number]
    assert "no_reply" not in derived[late.case_number]


def test_a_case_has_who_took_it_on_how_often_it_was_sent_and_how_it_was_rated(desk: Desk) -> None:
    one = desk.dispatched(name="李桂英")
    replied(desk, one)
    assert desk.ask("supervisor", m.RateCase(case_number=one.case_number, level="satisfied")) == m.Done()
    (row,) = read(desk).cases
    assert (row.handler, row.sent, row.level, row.department) == ("31", 1, "satisfied", "real-estate")
    assert (row.filed, row.answered, row.name) == (MONDAY, MONDAY, "李桂英")
    (rated,) = read(desk).ratings
    assert (rated.case_number, rated.staff, rated.on) == (one.case_number, "90", MONDAY)


def test_an_open_case_is_carried_into_the_next_month_and_an_answered_one_is_not(desk: Desk) -> None:
    opened, answered = desk.dispatched(), desk.dispatched()
    replied(desk, answered)
    december = read(desk, "2026-12")
    assert [one.number for one in december.carried] == [opened.case_number]
    assert december.cases == ()
    assert {one.number for one in december.before} == {opened.case_number, answered.case_number}


@pytest.mark.rule("R20", "R44")
def test_a_call_to_the_window_counts_for_the_unit_that_was_called_with_the_minutes_until_it_came(desk: Desk) -> None:
    yueyang = under(desk, "yueyang")
    number = yueyang.file().case_number
    call = m.CallToWindow(case_number=number, department="tax")
    assert yueyang.ask("window-3", call) == m.Done()
    yueyang.later(minutes=12)
    assert yueyang.ask("window-3", m.RecordArrival(case_number=number, name="许股长")) == m.Done()
    yueyang.later(minutes=5)
    assert yueyang.ask("window-3", call) == m.Done()
    waits = read(yueyang).calls
    assert [(one.case_number, one.department, one.minutes) for one in waits] == [
        (number, "tax", 12),
        (number, "tax", None),
    ]
    yueyang.at = dt.datetime(2026, 11, 30, 16, 1, tzinfo=dt.UTC)  # the hall's next month
    assert yueyang.ask("window-3", m.RecordArrival(case_number=number, name="许股长")) == m.Done()
    assert read(yueyang).calls == waits
    assert read(yueyang, "2026-12").calls == ()


@pytest.mark.rule("R28", "R36", "R44")
def test_a_period_is_told_as_it_stood_at_its_end_whatever_happened_afterwards(desk: Desk) -> None:
    open_, sent_on, since, extended, back, told = (desk.dispatched(name="李桂英") for _ in range(6))
    waiting = desk.file().case_number
    for one in (back, told):
        replied(desk, one)
        assert desk.ask("window-3", m.RateCase(case_number=one.case_number, level="satisfied")) == m.Done()
    desk.at = dt.datetime(2026, 11, 30, 15, 59, tzinfo=dt.UTC)  # a minute to the hall's midnight
    desk.ask("window-3", m.TellCitizen(case_number=told.case_number, medium="oral"))
    then, on_the_last_day = read(desk), read(desk, "2026-11-30", "day")
    desk.later(minutes=1)
    desk.ask("window-3", m.TellCitizen(case_number=back.case_number, medium="oral"))
    for one in (open_, since):
        replied(desk, one)
    assert (
        desk.ask("window-3", m.RateCase(case_number=open_.case_number, level="unsatisfied", text="没办成。"))
        == m.Done()
    )
    for one in (sent_on, extended):  # both were overdue when the month ended
        wish = m.AskExtension(case_number=one.case_number, added_wd=4, reason="等待档案。")
        assert desk.ask("department-real-estate", wish) == m.Done()
        assert desk.ask("supervisor", m.DecideExtension(case_number=one.case_number, granted=True)) == m.Done()
    assert desk.line(extended.case_number).due.date == dt.date(2026, 12, 1)
    for number in (sent_on.case_number, waiting):
        again = m.DispatchCase(case_number=number, department="tax", case_class="complex")
        assert isinstance(desk.ask("window-3", again), m.WorkOrderSent)
    desk.later(days=40)
    now = {one.number: one for one in read(desk).cases}
    for one in then.cases:
        later = now[one.number]
        if one.number == waiting:  # went to its first department since
            later = replace(later, due=one.due, case_class=one.case_class, owner=one.owner)
        assert later == one
    assert read(desk).ratings == then.ratings
    carried = {one.number for one in on_the_last_day.carried}
    assert carried == {one.case_number for one in (open_, sent_on, since, extended)} | {waiting}
    assert {one.number for one in read(desk, "2026-11-30", "day").carried} == carried
    stages = {one.number: (one.stage, one.department, one.told) for one in then.cases}
    assert stages[sent_on.case_number] == ("dispatched", "real-estate", False)
    assert (stages[back.case_number], stages[told.case_number]) == (
        ("rated", "real-estate", False),
        ("rated", "real-estate", True),
    )


@pytest.mark.rule("R47", "R71")
def test_moves_looks_and_exports_are_counted_by_who_made_them(desk: Desk) -> None:
    one = desk.dispatched()
    desk.ask("supervisor", m.ReadCase(case_number=one.case_number))
    desk.ask("supervisor", m.NoteExport(what="people", first=MONDAY, last=MONDAY))
    found = read(desk)
    assert ("06", "dispatch", 1) in {(move.staff, move.move, move.count) for move in found.moves}
    assert ("90", "ReadCase", 1) in {(link.staff, link.kind, link.count) for link in found.counted}
    assert [(link.staff, link.kind, link.subject) for link in found.links] == [
        ("90", "NoteExport", f"people {MONDAY}..{MONDAY}")
    ]


def test_names_are_known_for_hiding_even_of_who_asked_for_secrecy(desk: Desk) -> None:
    desk.file(name="李桂英", phone="13800138000", confidential=True)
    found = read(desk)
    assert {"李桂英", "13800138000"} <= set(found.known)
    assert [one.name for one in found.cases] == [""]
