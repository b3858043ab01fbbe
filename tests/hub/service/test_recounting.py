"""Open dates counted anew when the calendar changes: as if it had always been so, told to those concerned, and once."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import update

from hub.domain.deadline import Due, HallDay
from hub.domain.facts import PausesRecounted
from hub.domain.hall_calendar import Edition, HallCalendar
from hub.service import case_file, unasked
from hub.service.recounting import CASES_AT_ONCE
from hub.store import calendars, cases, closing, facts, schema
from hub.wire import messages as m
from tests import factories
from tests.factories import MONDAY
from tests.hub.desk import PUBLISHED, Desk, copy_database, picture_of, secrets_of
from tests.hub.service.life_halls import templates
from tests.hub.service.test_calendars import OF_2027, close, look_after, publish
from tests.hub.service.test_life import AnyLife
from tests.hub.service.test_printed import offline
from tests.hub.service.test_watch import at, told, under_a_policy_that_pauses

EXAMPLES = int(os.environ.get("BANCHENG_LIFE_EXAMPLES", "10"))
STEPS = int(os.environ.get("BANCHENG_LIFE_STEPS", "25"))

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + dt.timedelta(days=n) for n in range(1, 6))
NEXT_MONDAY = MONDAY + dt.timedelta(days=7)
_due = msgspec.msgpack.Decoder(Due)


# --- stories: each leaves an open case whose date has another arithmetic


def filed(desk: Desk) -> str:
    at(desk, 11, 23, "10:00")
    return desk.file().case_number


def printed_before(desk: Desk) -> str:
    """The paper is of Monday, and the hub hears of it on Tuesday."""
    at(desk, 11, 23, "10:00")
    printed = offline(desk, ticket_number="", printed_at=desk.at)
    at(desk, 11, 24, "10:00")
    return desk.file(printed_number=printed).case_number


def sent(desk: Desk) -> str:
    number = filed(desk)
    at(desk, 11, 24, "10:00")
    dispatch(desk, number)
    return number


def sent_on(desk: Desk) -> str:
    number = sent(desk)
    at(desk, 11, 26, "10:00")
    dispatch(desk, number, "tax", "complex")
    return number


def stopped(desk: Desk) -> str:
    number = sent(desk)
    at(desk, 11, 24, "11:00")
    desk.ask("department-real-estate", m.PauseClock(case_number=number, ground="superior", evidence="请示"))
    return number


def going_on(desk: Desk) -> str:
    number = stopped(desk)
    at(desk, 11, 26, "11:00")
    desk.ask("department-real-estate", m.ResumeClock(case_number=number, evidence="批复"))
    return number


def extended(desk: Desk) -> str:
    number = going_on(desk)
    answer = desk.ask("department-real-estate", m.AskExtension(case_number=number, added_wd=3, reason="需要核实。"))
    assert answer == m.Done()
    assert desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True)) == m.Done()
    return number


def sent_after_all(desk: Desk) -> str:
    """What did not count, and what was granted, holds for the next department too."""
    number = extended(desk)
    at(desk, 11, 27, "10:00")
    dispatch(desk, number, "tax", "complex")
    return number


def reported(desk: Desk) -> str:
    number = filed(desk)
    dispatch(desk, number, "real-estate", "complex")
    order = desk.line(number).work_order_id
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=order))
    at(desk, 11, 25, "10:00")
    said = m.ReportProgress(work_order_id=order, text="已调档。", reasons="待核。")
    assert desk.ask("department-real-estate", said) == m.Done()
    return number


def reworked(desk: Desk) -> str:
    number = extended(desk)
    order = desk.line(number).work_order_id
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=order))
    at(desk, 11, 27, "10:00")
    desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=order, text="已办结。"))
    assert desk.ask("window-3", m.RateCase(case_number=number, level="unsatisfied", text="没办成。")) == m.Done()
    return number


def sent_again(desk: Desk) -> str:
    """Rework whose time began with the rating, sent to another department."""
    number = reworked(desk)
    at(desk, 11, 30, "10:00")
    dispatch(desk, number, "tax", "complex")
    return number


def grievance(desk: Desk) -> str:
    at(desk, 11, 23, "10:00")
    lodged = desk.ask(
        "window-3",
        m.LodgeGrievance(
            ground="attitude", text="态度生硬。", on_paper=secrets_of(desk.new_id()), department="tax", channel="window"
        ),
    )
    return lodged.case_number


def grievance_sent(desk: Desk) -> str:
    number = grievance(desk)
    at(desk, 11, 25, "10:00")
    desk.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    dispatch(desk, number, "real-estate", "complex")
    return number


STORIES = (
    filed,
    printed_before,
    sent,
    sent_on,
    stopped,
    going_on,
    extended,
    sent_after_all,
    reported,
    reworked,
    sent_again,
    grievance,
    grievance_sent,
)

CHANGES: dict[str, m.ChangeCalendar] = {
    "closed before": close(TUESDAY),
    "closed within": close(WEDNESDAY),
    "closed twice": close(WEDNESDAY, FRIDAY),
    "closed later": close(NEXT_MONDAY, NEXT_MONDAY + dt.timedelta(days=1)),
    "worked": close(SATURDAY, kind="worked"),
    "half": close(WEDNESDAY, kind="half", closes=dt.time(9, 30)),
}


def dispatch(desk: Desk, number: str, department: str = "real-estate", case_class: str = "general") -> None:
    answer = desk.ask("window-3", m.DispatchCase(case_number=number, department=department, case_class=case_class))
    assert isinstance(answer, m.WorkOrderSent), answer


def counts_otherwise(desk: Desk, starts: str, cut_off: dt.time, half_days: str) -> None:
    """From now on cases are opened under a policy that pauses, and counts so."""
    under_a_policy_that_pauses(desk)
    clock = desk.policy.clock
    clock = factories.replace(
        clock,
        starts=factories.replace(clock.starts, value=starts),
        cut_off=factories.replace(clock.cut_off, value=cut_off),
        half_days=factories.replace(clock.half_days, value=half_days),
    )
    desk.policy = factories.replace(desk.policy, version=9, clock=clock)
    desk.reopen()


def dates(desk: Desk, number: str) -> tuple[Due, list[Due], int]:
    """The date of a case, that of its newest work order, and what pauses of the time that runs come to."""
    with desk.store.reading() as db:
        found = cases.find(db, desk.hall.code, number)
        assert found is not None
        orders = cases.work_orders(db, desk.hall.code, number)
        policy = case_file.policy_of(db, desk.books, found)
        began = closing.clock_began(db, desk.hall.code, number, found.filed_at, policy)
        standing = case_file.standing_of(db, desk.books, number, since=began)
    newest = [one.due for one in orders[-1:] if found.stage != "rework"]
    return found.due, newest, standing.paused_wd


def owings(desk: Desk) -> list[tuple[Any, ...]]:
    return [(one.what, one.due_date, one.remind_on) for one in desk.rows(schema.owed)]


def forget_what_was_counted(desk: Desk) -> None:
    """As after a restore of rows that an older hub had written."""
    with desk.store.transaction() as tx:
        tx.execute(update(schema.case).values(calendar_version=0))
        tx.execute(update(schema.owed).values(calendar_version=0))
    desk.reopen()


def set_calendar(desk: Desk, days: HallCalendar) -> None:
    """Another version, whoever may be logged in; and all dates counted on it."""
    edition = Edition(desk.books.edition.version + 1, days)
    with desk.store.transaction() as tx:
        calendars.add(tx, desk.hall.code, edition, at=desk.at, by="", layer="hall", why="台风")
    desk.reopen()
    look_after(desk)


@pytest.fixture
def other(desk_at_work: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A second hall like `desk`."""
    made = desk_at_work.twin(copy_database(Path(str(desk_at_work.store.path)), tmp_path / "other.db"))
    yield made
    made.close()


@pytest.mark.rule("R25", "R26", "R27")
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("starts", ["filing", "dispatch"])
def test_dates_counted_anew_are_those_of_a_hall_whose_calendar_was_always_so(
    desk: Desk, other: Desk, starts: str, change: str
) -> None:
    half_days, cut_off = ("none", dt.time(17)) if change == "half" else ("whole", dt.time())
    for one in (desk, other):
        counts_otherwise(one, starts, cut_off, half_days)
    other.ask("supervisor", CHANGES[change])
    numbers = [story(desk) for story in STORIES]
    assert [story(other) for story in STORIES] == numbers
    before = [dates(desk, number) for number in numbers]
    assert desk.ask("supervisor", CHANGES[change]) == m.Done()
    look_after(desk)
    look_after(other)
    for story, number in zip(STORIES, numbers, strict=True):
        assert dates(desk, number) == dates(other, number), story.__name__
    assert [dates(desk, number) for number in numbers] != before
    assert [one[:2] for one in owings(desk)] == [one[:2] for one in owings(other)]


@pytest.mark.rule("R25", "R26", "R27")
def test_counting_anew_on_the_same_calendar_changes_nothing_and_tells_nobody(desk: Desk) -> None:
    under_a_policy_that_pauses(desk)
    numbers = [story(desk) for story in STORIES]
    look_after(desk)
    before, kept, owed = [dates(desk, number) for number in numbers], desk.kept(), owings(desk)
    forget_what_was_counted(desk)
    assert look_after(desk) > 0
    after = desk.kept()
    assert {name for name in kept if kept[name] != after[name]} == {"audit"}
    assert ([dates(desk, number) for number in numbers], owings(desk)) == (before, owed)


@pytest.mark.rule("R25")
def test_a_surprise_holiday_for_today_moves_what_is_open_and_says_why_on_the_citizen_s_page(desk: Desk) -> None:
    keys = secrets_of("the citizen's paper")
    number = desk.file(on_paper=keys).case_number
    dispatch(desk, number)
    before = desk.line(number).due
    desk.later(hours=1)
    assert desk.ask("supervisor", close(MONDAY, WEDNESDAY, reason="台风停业")) == m.Done()
    look_after(desk)
    after = desk.line(number).due
    assert (before.date, after.date) == (WEDNESDAY, THURSDAY)
    page = desk.query("web", m.LookUp(secret=keys.token))
    assert page.due == after
    assert [(one.name, one.why) for one in after.skipped] == [("台风停业", "closed")]
    assert [(one.move, one.text, one.who) for one in page.steps][-1] == ("recount", "台风停业", "")
    moved = [one.event for one in desk.events if isinstance(one.event, m.CaseMoved) and one.event.move == "recount"]
    assert [(one.case.case_number, one.case.due_date) for one in moved] == [(number, THURSDAY)]
    assert desk.books.picture.cases[number].due_date == THURSDAY


@pytest.mark.rule("R25")
def test_a_date_in_a_year_not_yet_published_is_firm_once_it_is_and_those_concerned_are_told(desk: Desk) -> None:
    at(desk, 12, 28, "10:00")
    desk.turn_day(dt.date(2026, 12, 28))
    keys = secrets_of("paper of December")
    moves = desk.file(on_paper=keys).case_number
    dispatch(desk, moves, "tax", "complex")
    stays = desk.file().case_number
    desk.ask("window-3", m.TriageCase(case_number=stays, finding="属实。"))
    dispatch(desk, stays, "real-estate", "general")
    assert desk.line(moves).due.provisional_because == ("calendar_not_published",)
    assert (desk.line(moves).due.date, desk.line(stays).due.date) == (dt.date(2027, 1, 4), dt.date(2026, 12, 30))
    longer = (*OF_2027.holidays["元旦"], dt.date(2027, 1, 4))
    publish(desk, msgspec.structs.replace(OF_2027, holidays=OF_2027.holidays | {"元旦": longer}).over(PUBLISHED))
    due = desk.line(moves).due
    assert (due.date, due.provisional_because) == (dt.date(2027, 1, 6), ())
    assert desk.line(stays).due.date == dt.date(2026, 12, 30)
    page = desk.query("web", m.LookUp(secret=keys.token))
    assert "2027" in next(one for one in page.steps if one.move == "recount").text
    assert told(desk, "department-tax", "dates_moved") == [("dates_moved", "calendar 2", "1")]
    assert told(desk, "department-real-estate", "dates_moved") == []
    assert told(desk, "window-3", "dates_moved") == told(desk, "supervisor", "dates_moved")


@pytest.mark.rule("R25")
def test_a_date_that_only_becomes_firm_is_told_too(desk: Desk) -> None:
    at(desk, 12, 28, "10:00")
    desk.turn_day(dt.date(2026, 12, 28))
    number = desk.file().case_number
    before = desk.line(number).due
    at_the_weekend = {"元旦": (dt.date(2027, 1, 2), dt.date(2027, 1, 3))}
    publish(desk, msgspec.structs.replace(OF_2027, holidays=at_the_weekend).over(PUBLISHED))
    after = desk.line(number).due
    assert (after.date, before.provisional, after.provisional) == (before.date, True, False)
    assert told(desk, "supervisor", "dates_moved") == [("dates_moved", "calendar 2", "1")]


def many(desk: Desk, cases: int) -> list[str]:
    """Open cases of several kinds."""
    numbers = []
    for n in range(cases):
        number = desk.file().case_number
        numbers.append(number)
        if n % 4:
            dispatch(desk, number, ("real-estate", "tax")[n % 2], ("general", "complex")[n % 3 == 0])
        if n % 8 == 5:
            department = f"department-{desk.line(number).department}"
            desk.ask(department, m.PauseClock(case_number=number, ground="superior", evidence="请示"))
    return numbers


@pytest.mark.rule("R25", "R27")
def test_two_hundred_open_cases_are_counted_anew_across_a_stop_in_the_middle_and_each_once(desk: Desk) -> None:
    under_a_policy_that_pauses(desk)
    numbers = many(desk, 200)
    heard, snapshot = len(desk.events), desk.books.snapshot(desk.at)
    assert desk.ask("supervisor", close(MONDAY, TUESDAY, WEDNESDAY)) == m.Done()
    for _ in range(20):
        desk.commit(unasked.due(desk.books, {}, {}, (), desk.at))
    counted = [one for one in desk.rows(schema.step) if one.move == "recount"]
    assert 0 < len(counted) <= 20 * CASES_AT_ONCE
    desk.reopen()
    look_after(desk)
    steps = Counter(one.case_number for one in desk.rows(schema.step) if one.move == "recount")
    assert steps == Counter(numbers)
    for row in desk.rows(schema.case):
        due = _due.decode(row.due)
        assert row.due_date == due.date == desk.books.calendar.due(due.start, due.wd).date
        assert row.calendar_version == desk.books.edition.version
    by_department = Counter(row.department for row in desk.rows(schema.case))
    for name in ("real-estate", "tax"):
        assert told(desk, f"department-{name}", "dates_moved") == [
            ("dates_moved", "calendar 2", str(by_department[name]))
        ]
    assert told(desk, "supervisor", "dates_moved") == [("dates_moved", "calendar 2", "200")]
    assert told(desk, "window-3", "dates_moved") == told(desk, "window-1", "dates_moved")
    assert sum(one.kind == "dates_moved" for one in desk.rows(schema.notice)) == 3
    heard_of = picture_of(snapshot, desk.events[heard:]).cases
    assert heard_of == desk.books.picture.cases
    kept = desk.kept()
    desk.reopen()
    assert look_after(desk) == 0
    assert desk.kept() == kept


def test_a_change_of_mind_before_all_are_counted_leaves_the_dates_as_they_were(desk: Desk) -> None:
    numbers = many(desk, 12)
    before = {number: dates(desk, number) for number in numbers if desk.line(number).stage != "paused"}
    desk.ask("supervisor", close(TUESDAY))
    desk.commit(unasked.due(desk.books, {}, {}, (), desk.at))
    desk.ask("supervisor", close(TUESDAY, kind="as_published", reason="台风改道"))
    look_after(desk)
    assert {number: dates(desk, number) for number in numbers} == before


def test_a_case_filed_while_others_are_counted_is_counted_once(desk: Desk) -> None:
    many(desk, 6)
    desk.ask("supervisor", close(TUESDAY))
    fresh = desk.file().case_number
    before = desk.line(fresh).due
    look_after(desk)
    assert desk.line(fresh).due == before
    assert "recount" not in [one.move for one in desk.rows(schema.step) if one.case_number == fresh]


@pytest.mark.rule("R25")
def test_a_report_that_came_late_gives_no_time_when_dates_are_counted_anew(desk: Desk) -> None:
    number = filed(desk)
    dispatch(desk, number, "real-estate", "complex")
    order = desk.line(number).work_order_id
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=order))
    at(desk, 12, 2, "10:00")
    said = m.ReportProgress(work_order_id=order, text="已调档。", reasons="待核。")
    assert desk.ask("department-real-estate", said) == m.Done()
    before = desk.line(number).due
    look_after(desk)
    forget_what_was_counted(desk)
    look_after(desk)
    assert desk.line(number).due == before


@pytest.mark.rule("R34", "R25")
def test_what_is_owed_is_owed_until_another_day(desk: Desk) -> None:
    desk.policy = factories.a_policy("dahepingxiang")
    desk.reopen()
    number = desk.file(reasons=("other",)).case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    (before,) = (one for one in owings(desk) if one[0] == "follow_up")
    desk.ask("supervisor", close(TUESDAY))
    look_after(desk)
    (after,) = (one for one in owings(desk) if one[0] == "follow_up")
    assert (before[1:], after[1:]) == ((TUESDAY, TUESDAY), (WEDNESDAY, WEDNESDAY))


@pytest.mark.rule("R28")
def test_a_case_that_was_late_by_a_day_that_the_hall_was_closed_is_not(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number
    at(desk, 11, 26, "10:00")
    assert "late" in desk.query("window-3", m.ReadBreaches(case_number=number)).codes
    desk.ask("supervisor", close(WEDNESDAY))
    look_after(desk)
    assert desk.query("window-3", m.ReadBreaches(case_number=number)).codes == ()


@pytest.mark.rule("R27")
def test_a_closed_day_within_a_pause_neither_lengthens_nor_shortens_what_is_left(desk: Desk) -> None:
    under_a_policy_that_pauses(desk)
    number = going_on(desk)
    before = desk.line(number).due
    desk.ask("supervisor", close(WEDNESDAY))
    look_after(desk)
    after = desk.line(number).due
    assert (after.date, after.wd) == (before.date, before.wd - 1)
    with desk.store.reading() as db:
        kept = facts.of_case(db, desk.hall.code, desk.sealer, number)
    assert [one.fact for one in kept if isinstance(one.fact, PausesRecounted)] == [PausesRecounted(2, -1)]


@pytest.mark.rule("R11")
def test_nobody_hears_of_a_grievance_about_themselves_that_got_another_date(desk: Desk) -> None:
    lodged = m.LodgeGrievance(
        ground="attitude",
        text="态度生硬。",
        on_paper=secrets_of(desk.new_id()),
        respondent_staff="07",
        channel="window",
    )
    number = desk.ask("window-3", lodged).case_number
    desk.ask("supervisor", close(TUESDAY))
    look_after(desk)
    assert desk.line(number).due.skipped[0].why == "closed"
    answer = desk.query("window-1", m.EventsSince(epoch=desk.books.picture.epoch, seq=0))
    heard = [one.event.case.case_number for one in answer.events if isinstance(one.event, m.CaseMoved)]
    assert number not in heard
    assert number not in desk.books.picture.cases


def test_a_hall_that_promises_no_date_tells_no_citizen_of_another(yueyang: Desk) -> None:
    keys = secrets_of("a paper without a date")
    yueyang.policy = factories.a_policy("yunfu")
    yueyang.reopen()
    number = yueyang.file(on_paper=keys, reasons=("other",)).case_number
    set_calendar(yueyang, yueyang.books.edition.days.with_days([HallDay(TUESDAY, "closed", "停电")]))
    assert yueyang.line(number).due.skipped[0].why == "closed"
    page = yueyang.query("web", m.LookUp(secret=keys.token))
    assert page.case_number == number
    assert [one.move for one in page.steps] == ["file"]


class AnyLifeRecounted(AnyLife):
    """What anybody did to any case, counted anew at its end."""

    def teardown(self) -> None:
        if (desk := self.desk) is not None:
            numbers = [one.number for one in desk.rows(schema.case) if one.answered_at is None]
            first = {one: dates(desk, one) for one in numbers}
            forget_what_was_counted(desk)
            look_after(desk)
            assert {one: dates(desk, one) for one in numbers} == first
            today = desk.books.local_date(desk.at)
            days = [HallDay(today + dt.timedelta(days=n), "closed", "台风") for n in range(-3, 4)]
            as_it_was = desk.books.edition.days
            set_calendar(desk, as_it_was.with_days(days))
            for number in numbers:
                due, orders, _ = dates(desk, number)
                assert desk.books.calendar.is_working(due.date)
                assert all(one == due for one in orders)
                assert due.date >= first[number][0].date
            set_calendar(desk, as_it_was)
            assert {one: dates(desk, one) for one in numbers} == first
        super().teardown()


@pytest.mark.rule("R25", "R26", "R27", "R33")
def test_whatever_anybody_did_its_date_counted_anew_is_the_date_it_had(tmp_path: Path) -> None:
    templates(tmp_path)
    wanted = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(partial(AnyLifeRecounted, tmp_path), settings=wanted)
