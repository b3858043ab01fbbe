"""Values of a policy that no document varies enough to be seen elsewhere: with another, the hub does another thing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, secrets_of
from tests.hub.service.test_watch import at, look, told


def with_value(desk: Desk, group: str, key: str, value: Any) -> None:
    """The hall's policy with one other value."""
    part = getattr(desk.policy, group)
    part = factories.replace(part, **{key: factories.replace(getattr(part, key), value=value)})
    desk.policy = factories.replace(desk.policy, version=7, **{group: part})
    desk.reopen()


def grievance(desk: Desk) -> m.LodgeGrievance:
    return m.LodgeGrievance(
        ground="attitude", text="态度生硬。", on_paper=secrets_of(desk.new_id()), department="tax", channel="window"
    )


@pytest.mark.rule("R1")
def test_a_complaint_says_why_in_the_reasons_of_the_hall_s_document(desk: Desk) -> None:
    before = desk.kept()
    assert desk.ask("kiosk-1", desk.complaint(reasons=("too_far_away",))).code == "unknown_code"
    assert desk.kept() == before
    number = desk.file(reasons=("attitude", "repeated")).case_number
    assert set(desk.line(number).reasons) == {"attitude", "repeated"}


@pytest.mark.rule("R10")
def test_a_hall_that_takes_no_grievances_names_where_else_to_turn(desk: Desk) -> None:
    with_value(desk, "complaints", "taken", False)
    refused = desk.ask("window-3", grievance(desk))
    assert (refused.code, "outlets" in refused.text) == ("not_taken_here", True)


@pytest.mark.rule("R10", "R25")
@pytest.mark.parametrize(("limit", "wd"), [("general", 2), ("complex", 5), ("", 5)])
def test_a_grievance_is_due_within_the_limit_of_the_class_that_the_policy_names(
    desk: Desk, limit: str, wd: int
) -> None:
    with_value(desk, "complaints", "limit_class", limit)
    assert desk.ask("window-3", grievance(desk)).due.wd == wd


@pytest.mark.rule("R12", "R30")
@pytest.mark.parametrize(("medium", "code"), [("written", "wrong_medium"), ("oral", ""), ("mainly_oral", "")])
def test_a_spoken_grievance_is_answered_in_the_medium_of_the_policy(desk: Desk, medium: str, code: str) -> None:
    with_value(desk, "complaints", "reply_to_oral", medium)
    number = desk.ask("window-3", grievance(desk)).case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已当面道歉。"))
    answer = desk.ask("window-3", m.TellCitizen(case_number=number, medium="oral"))
    assert (answer.code if code else "", answer == m.Done()) == (code, not code)


@pytest.mark.rule("R30")
def test_a_spoken_grievance_that_is_mainly_answered_orally_may_be_answered_in_writing(desk: Desk) -> None:
    with_value(desk, "complaints", "reply_to_oral", "mainly_oral")
    number = desk.ask("window-3", grievance(desk)).case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已当面道歉。"))
    assert desk.ask("window-3", m.TellCitizen(case_number=number, medium="written", text="已寄复函。")) == m.Done()


@pytest.mark.rule("R73")
@pytest.mark.parametrize(("post", "terminal"), [("receiver", "window-3"), ("supervisor", "supervisor")])
def test_who_follows_a_case_to_its_end_is_reminded_of_it(desk: Desk, post: str, terminal: str) -> None:
    with_value(desk, "supervision", "followed_by", post)
    number = desk.dispatched("real-estate").case_number
    at(desk, 11, 25, "09:01")
    look(desk)
    reminded = {name: told(desk, name, "due_today") for name in ("window-3", "supervisor", "department-real-estate")}
    said = [("due_today", number, "2026-11-25")]
    assert {name for name, one in reminded.items() if one == said} == {terminal, "department-real-estate"}


@pytest.mark.rule("R21")
@pytest.mark.parametrize(("post", "terminal"), [("hall_head", "supervisor"), ("clerk", "window-1")])
def test_a_notice_that_nobody_takes_goes_to_the_post_of_the_policy(desk: Desk, post: str, terminal: str) -> None:
    with_value(desk, "notices", "escalate_to", post)
    number = desk.file().case_number
    desk.later(minutes=3)
    look(desk)
    told_to = {name for name in ("window-1", "supervisor") if told(desk, name, "unattended")}
    assert told_to == {terminal}
    assert told(desk, terminal, "unattended") == [("unattended", number, "new_complaint")]


@pytest.mark.rule("R24")
@pytest.mark.parametrize(("goes_to", "code"), [(("citizen", "window"), "result_not_told"), (("window",), "")])
def test_the_citizen_is_told_before_the_archive_where_the_document_sends_the_result_there(
    desk: Desk, goes_to: tuple[str, ...], code: str
) -> None:
    with_value(desk, "handling", "result_goes_to", goes_to)
    number = desk.dispatched("tax").case_number
    order = desk.line(number).work_order_id
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=order))
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=order, text="已办结。"))
    desk.later(minutes=1)
    desk.ask("supervisor", m.FollowUpCase(case_number=number, text="满意。"))
    answer = desk.ask("window-3", m.ArchiveCase(case_number=number))
    assert (answer.code if code else "", answer == m.Done()) == (code, not code)


@pytest.mark.rule("R47", "R48")
def test_every_step_of_everybody_stands_in_the_audit_chain_with_who_took_it_and_when(desk: Desk) -> None:
    began = len(desk.rows(schema.audit))
    number = desk.dispatched("tax").case_number
    desk.later(minutes=1)
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=f"{number}/1"))
    desk.ask("supervisor", m.SuperviseCase(case_number=number, text="请尽快。"))
    chain = desk.rows(schema.audit)[began:]
    assert [(one.kind, one.staff) for one in chain][-3:] == [
        ("DispatchCase", "06"),
        ("AcceptWorkOrder", "32"),
        ("SuperviseCase", "90"),
    ]
    steps = {(one.staff, one.at) for one in desk.rows(schema.step) if one.case_number == number and one.staff}
    assert steps <= {(one.staff, one.at) for one in chain}


@pytest.mark.rule("R25")
@pytest.mark.parametrize("limit_wd", [1, 4])
def test_before_the_clock_starts_the_date_counts_the_time_for_triage(desk: Desk, limit_wd: int) -> None:
    clock = desk.policy.clock
    clock = factories.replace(
        clock,
        starts=factories.replace(clock.starts, value="dispatch"),
        triage_limit_wd=factories.replace(clock.triage_limit_wd, value=limit_wd),
    )
    desk.policy = factories.replace(desk.policy, version=7, clock=clock)
    desk.reopen()
    due = desk.file().due
    assert (due.wd, due.provisional_because) == (limit_wd + desk.policy.longest_wd, ("clock_not_started",))
    assert due.date > desk.books.local_date(desk.at) + dt.timedelta(days=limit_wd)


@pytest.mark.rule("R27")
@pytest.mark.parametrize("needed", [True, False])
def test_a_clock_stops_without_evidence_only_where_the_policy_asks_for_none(desk: Desk, needed: bool) -> None:
    desk.policy = factories.a_policy("wuxi")
    with_value(desk, "clock", "pause_needs_evidence", needed)
    number = desk.dispatched("tax", "matter", reasons=("other",)).case_number
    stopped = desk.ask("department-tax", m.PauseClock(case_number=number, ground="superior", evidence=""))
    assert (stopped == m.Done()) is not needed


@pytest.mark.rule("R25")
@pytest.mark.parametrize(("hour", "start"), [("16:59", 23), ("17:00", 24), ("23:59", 24)])
def test_what_comes_after_the_cut_off_hour_of_the_policy_counts_as_of_the_next_working_day(
    desk: Desk, hour: str, start: int
) -> None:
    with_value(desk, "clock", "cut_off", dt.time(17))
    at(desk, 11, 23, hour)
    due = desk.file().due
    assert due == desk.books.calendar.under(desk.policy).due(desk.books.local(desk.at), desk.policy.longest_wd)
    assert (due.start, due.start_moved is None) == (dt.date(2026, 11, start), start == 23)


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("rule", "date"), [("does_not_count", dt.date(2026, 11, 30)), ("counts", dt.date(2026, 11, 27))]
)
def test_the_day_on_which_the_time_starts_counts_only_where_the_policy_says_so(
    desk: Desk, rule: str, date: dt.date
) -> None:
    with_value(desk, "clock", "day_zero", rule)
    assert desk.file().due.date == date


@pytest.mark.rule("R25")
@pytest.mark.parametrize(("counts", "date"), [("whole", dt.date(2026, 11, 30)), ("none", dt.date(2026, 12, 1))])
def test_a_half_day_of_the_hall_counts_as_much_as_the_policy_says(desk: Desk, counts: str, date: dt.date) -> None:
    with_value(desk, "clock", "half_days", counts)
    half = m.ChangeCalendar(days=(dt.date(2026, 11, 25),), kind="half", reason="学习", closes=dt.time(12))
    assert desk.ask("supervisor", half) == m.Done()
    assert desk.file().due.date == date
