"""A supervisor checks a date: the days, the acts with who did them, the articles, and nothing that is personal."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_calendars import look_after
from tests.hub.service.test_clocks import of_class
from tests.hub.service.test_ended_clock import that_pauses
from tests.hub.service.test_grievances import lodged
from tests.hub.service.test_triage import under

SECRET = "王秀兰的身份证号是370406"


def trace(desk: Desk, number: str, terminal: str = "supervisor") -> m.DueTrace:
    answer = desk.ask(terminal, m.ExplainDue(case_number=number))
    assert isinstance(answer, m.DueTrace), answer
    return answer


@pytest.mark.rule("R25", "R26", "R27")
def test_a_date_is_told_with_its_days_and_with_who_put_it_back(desk: Desk) -> None:
    that_pauses(desk)
    number = of_class(desk, "general")
    desk.ask("department-tax", m.PauseClock(case_number=number, ground="superior", evidence=SECRET))
    desk.later(days=2)
    desk.ask("department-tax", m.ResumeClock(case_number=number, evidence=SECRET))
    wish = m.AskExtension(case_number=number, added_wd=3, reason=SECRET, in_writing=True, citizen_told=True)
    assert desk.ask("department-tax", wish) == m.Done()
    assert desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True)) == m.Done()
    told = trace(desk, number)
    line = desk.line(number)
    assert (told.due, told.work_order_id) == (line.due, line.work_order_id)
    assert [one.what for one in told.acts] == [
        *("file", "dispatch", "pause", "resume", "extension_asked", "extension_granted"),
    ]
    granted = told.acts[-1]
    assert (granted.who, granted.wd) == ("name of 90", 3)
    assert granted.post == desk.policy.role("deputy_leader").title
    assert [(one.name, one.wd) for one in told.acts if one.what in ("pause", "resume")] == [("上级批准", 0), ("", 2)]
    assert told.acts[1].name == desk.policy.case_class("general").name
    numbers = [one.number for one in told.days if one.state == "counts"]
    assert numbers == [1, 2, 3, 4, 5], "two promised and three granted"
    assert [one.date.day for one in told.days if one.state == "paused"] == [24, 25]
    assert SECRET not in repr(told)


@pytest.mark.rule("R25")
def test_where_the_clock_started_is_told_by_the_article(desk: Desk) -> None:
    under(desk, "yueyang")
    number = of_class(desk, "work_order", reasons=("other",))
    told = trace(desk, number)
    assert told.articles[0].key == "clock.starts"
    assert "收到“工单”后" in told.articles[0].cite
    assert (told.policy, told.policy_version) == (desk.policy.document, desk.policy.version)
    assert told.calendar_version == desk.books.edition.version


@pytest.mark.rule("R25")
def test_a_date_that_was_counted_anew_says_because_of_what(desk: Desk) -> None:
    number = of_class(desk, "general")
    before = trace(desk, number)
    closed = before.due.date
    told = m.ChangeCalendar(days=(closed,), kind="closed", reason="系统升级")
    assert desk.ask("supervisor", told) == m.Done()
    look_after(desk)
    after = trace(desk, number)
    assert after.calendar_version == before.calendar_version + 1
    assert ("recount", "系统升级") in [(one.what, one.name) for one in after.acts]
    (off,) = [one for one in after.days if one.date == closed]
    assert (off.state, off.why, off.name) == ("off", "closed", "系统升级")


@pytest.mark.rule("R47", "R69")
def test_a_trace_is_read_by_who_may_and_is_logged_as_a_read(desk: Desk) -> None:
    number = of_class(desk, "general")
    before = desk.kept()
    assert desk.ask("department-real-estate", m.ExplainDue(case_number=number)).code == "unknown_case"
    assert desk.ask("kiosk-1", m.ExplainDue(case_number=number)).code == "not_permitted"
    for terminal in ("window-3", "department-tax", "supervisor"):
        trace(desk, number, terminal)
    after = desk.kept()
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {"audit": 3}


@pytest.mark.rule("R11")
def test_whom_a_grievance_is_about_is_told_nothing_of_its_date(desk: Desk) -> None:
    number = lodged(desk, respondent_staff="07", ground="attitude")
    assert desk.ask("window-1", m.ExplainDue(case_number=number)).code == "unknown_case"
    assert trace(desk, number).days


def test_the_trace_of_a_case_of_long_ago_can_still_be_read(desk: Desk) -> None:
    number = of_class(desk, "simple")
    desk.policy = factories.replace(desk.policy, version=7)
    desk.at += dt.timedelta(days=90)
    desk.reopen()
    assert trace(desk, number).policy_version == 1


@pytest.mark.rule("R25", "R27")
def test_a_day_begins_at_midnight_of_the_hall_s_own_zone(desk: Desk) -> None:
    """15:59:59 UTC is the last second of a day in the hall, 16:00:00 the first of the next."""
    that_pauses(desk)
    last = dt.datetime(2026, 11, 24, 15, 59, 59, tzinfo=dt.UTC)
    starts = []
    for moment in (last, last + dt.timedelta(seconds=1)):
        desk.at = moment
        starts.append(desk.file().due.start)
    assert starts == [dt.date(2026, 11, 24), dt.date(2026, 11, 25)]
    desk.at = last - dt.timedelta(hours=3)
    number = of_class(desk, "general")
    before = trace(desk, number).due.date
    for stop, go_on, waited in ((0, 0, 0), (0, 1, 1)):  # within the last second; over midnight
        desk.at = last + dt.timedelta(seconds=stop)
        assert (
            desk.ask("department-tax", m.PauseClock(case_number=number, ground="superior", evidence="请示。"))
            == m.Done()
        )
        desk.at = last + dt.timedelta(seconds=go_on)
        assert desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="批复。")) == m.Done()
        assert trace(desk, number).due.paused_wd == waited
    assert trace(desk, number).due.date == before + dt.timedelta(days=1)
