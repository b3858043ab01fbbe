"""After the answer: rating, rework with a clock of its own, follow-up, archive."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_clocks import under
from tests.hub.service.test_grievances import lodged


def answered(desk: Desk) -> str:
    """A case that was answered on the spot."""
    number = desk.file().case_number
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。")) == m.Done()
    return number


def rate(desk: Desk, number: str, level: str, text: str = "") -> m.Answer:
    return desk.ask("window-3", m.RateCase(case_number=number, level=level, text=text))


def follow_up(desk: Desk, number: str) -> m.Answer:
    at = desk.policy.role(desk.policy.follow_up.by.value).at
    terminal = "window-3" if at == "window" else at
    return desk.ask(terminal, m.FollowUpCase(case_number=number, text="电话回访，群众说已办好。"))


def archive(desk: Desk, number: str) -> m.Answer:
    return desk.ask("window-3", m.ArchiveCase(case_number=number))


@pytest.mark.rule("R32")
def test_a_rating_is_a_level_of_the_hall_s_own_scale(desk: Desk) -> None:
    number = answered(desk)
    refused = rate(desk, number, "fairly_satisfied")
    assert refused.code == "unknown_code"
    assert "satisfied, unsatisfied" in refused.text
    assert rate(desk, number, "satisfied") == m.Done()
    assert desk.line(number).stage == "rated"


@pytest.mark.rule("R32")
@pytest.mark.parametrize("level", ["very_satisfied", "satisfied", "fairly_satisfied"])
def test_yueyang_has_five_levels_of_which_three_end_the_case(yueyang: Desk, level: str) -> None:
    assert len(yueyang.policy.rating.levels.value) == 5
    number = answered(yueyang)
    assert rate(yueyang, number, level) == m.Done()
    assert yueyang.line(number).stage == "rated"


@pytest.mark.rule("R33")
@pytest.mark.parametrize("level", ["unsatisfied", "very_unsatisfied"])
def test_a_bad_rating_sends_the_case_back_at_once_with_a_date_of_its_own(yueyang: Desk, level: str) -> None:
    number = answered(yueyang)
    yueyang.later(days=3)
    assert rate(yueyang, number, level, "还是没有办成") == m.Done()
    line = yueyang.line(number)
    assert (line.stage, line.owner) == ("rework", "name of 06")
    assert line.due.start == dt.date(2026, 11, 26)
    assert number in [one.case_number for one in yueyang.query("window-3", m.ListCases()).cases]
    notices = yueyang.query("window-3", m.ListNotices()).notices
    assert ("rework", number) in [(one.kind, one.subject) for one in notices]
    assert archive(yueyang, number).code == "move_not_allowed"


@pytest.mark.rule("R33", "R25")
def test_the_clock_of_rework_starts_anew_when_it_is_dispatched_again(desk: Desk) -> None:
    number = answered(desk)
    desk.later(days=3)
    rate(desk, number, "unsatisfied", "还是没有办成")
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))
    assert (sent.due.start, sent.due.date) == (dt.date(2026, 11, 26), dt.date(2026, 11, 30))
    assert desk.line(number).due == sent.due


@pytest.mark.rule("R33", "R20")
def test_what_was_sent_back_can_be_put_right_at_the_window_at_once(desk: Desk) -> None:
    number = answered(desk)
    rate(desk, number, "unsatisfied", "面积还是写错了")
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已当场更正并换发。")) == m.Done()
    line = next(one for one in desk.query("window-3", m.ListCases(only_open=False)).cases if one.case_number == number)
    assert line.stage == "answered_on_the_spot"
    rate(desk, number, "satisfied", "")
    assert desk.query("window-3", m.ListCases()).cases == ()


@pytest.mark.rule("R33")
def test_a_hall_whose_policy_says_so_keeps_the_first_clock(desk: Desk) -> None:
    clock = factories.replace(
        desk.policy.clock, rework_starts_anew=factories.replace(desk.policy.clock.rework_starts_anew, value=False)
    )
    desk.policy = factories.replace(desk.policy, version=2, clock=clock)
    desk.reopen()
    number = answered(desk)
    before = desk.line(number).due
    desk.later(days=3)
    rate(desk, number, "unsatisfied", "还是没有办成")
    assert desk.line(number).due == before
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))
    assert sent.due.start == factories.MONDAY


@pytest.mark.rule("R3", "R33")
def test_what_is_sent_back_says_why(desk: Desk) -> None:
    number = answered(desk)
    before = desk.kept()
    assert rate(desk, number, "unsatisfied", " ").code == "text_missing"
    assert desk.kept() == before
    rate(desk, number, "unsatisfied", "还是没有办成")
    steps = desk.ask("window-3", m.ReadCase(case_number=number)).steps
    assert [(one.move, one.text) for one in steps[-2:]] == [("rate", ""), ("send_back", "还是没有办成")]


@pytest.mark.rule("R33")
def test_a_case_sent_back_counts_as_unanswered_also_after_a_restart(desk: Desk) -> None:
    number = answered(desk)
    before = desk.books.picture.counts
    assert (before.answered_month, before.on_time_month) == (1, 1)
    rate(desk, number, "unsatisfied", "还是没有办成")
    told = desk.books.picture.counts
    assert (told.answered_month, told.on_time_month) == (0, 0)
    desk.reopen()
    assert desk.books.picture.counts == told


@pytest.mark.rule("R34")
def test_no_case_is_archived_before_its_follow_up_where_every_case_has_one(desk: Desk) -> None:
    number = answered(desk)
    rate(desk, number, "satisfied")
    assert archive(desk, number).code == "follow_up_owed"
    assert follow_up(desk, number) == m.Done()
    assert archive(desk, number) == m.Done()
    assert desk.line(number).stage == "archived"
    assert follow_up(desk, number).code == "move_not_allowed"


@pytest.mark.rule("R34")
def test_where_only_bad_ratings_are_followed_up_a_good_one_is_archived_at_once(yueyang: Desk) -> None:
    number = answered(yueyang)
    rate(yueyang, number, "satisfied")
    assert archive(yueyang, number) == m.Done()


@pytest.mark.rule("R33", "R34")
def test_rework_is_followed_up_after_its_new_answer_however_it_is_rated_then(yueyang: Desk) -> None:
    department = next(one for one in yueyang.hall.terminals if one.role == "department")
    yueyang.staff[department.name] = "31"
    number = answered(yueyang)
    follow_up(yueyang, number)
    rate(yueyang, number, "unsatisfied", "还是没有办成")
    sent = yueyang.ask(
        "window-3", m.DispatchCase(case_number=number, department=department.department, case_class="work_order")
    )
    yueyang.later(hours=1)
    yueyang.ask(department.name, m.AcceptWorkOrder(work_order_id=sent.work_order_id))
    yueyang.ask(department.name, m.ReplyToWorkOrder(work_order_id=sent.work_order_id, text="已办结。"))
    rate(yueyang, number, "very_satisfied")
    assert archive(yueyang, number).code == "follow_up_owed"
    follow_up(yueyang, number)
    yueyang.ask("window-3", m.TellCitizen(case_number=number, medium="oral"))
    assert archive(yueyang, number) == m.Done()


@pytest.mark.rule("R34")
def test_a_follow_up_says_what_the_citizen_said(desk: Desk) -> None:
    number = answered(desk)
    assert desk.ask("supervisor", m.FollowUpCase(case_number=number, text=" ")).code == "text_missing"


@pytest.mark.rule("R19")
def test_a_step_that_the_hall_s_policy_does_not_have_is_refused(desk: Desk) -> None:
    moves = desk.policy.moves | {"rate": factories.replace(desk.policy.moves["rate"], value=False)}
    desk.policy = factories.replace(desk.policy, version=2, moves=moves)
    desk.reopen()
    assert rate(desk, answered(desk), "satisfied").code == "not_prescribed"


@pytest.mark.rule("R23", "R40")
def test_no_case_is_archived_while_it_is_followed_at_another_authority(desk: Desk) -> None:
    number = desk.file().case_number
    referred = m.ReferOut(case_number=number, authority="市政务服务局", way="帮办代办", text="已转市级窗口。")
    assert desk.ask("window-3", referred) == m.Done()
    follow_up(desk, number)
    desk.ask("window-3", m.TellCitizen(case_number=number, medium="oral"))
    assert archive(desk, number).code == "referral_open"
    desk.ask("window-3", m.FollowReferral(case_number=number, text="已办结。", ended=True))
    assert archive(desk, number) == m.Done()


@pytest.mark.rule("R26", "R33")
def test_what_was_granted_to_the_earlier_clock_is_not_added_to_that_of_rework(desk: Desk) -> None:
    line = desk.dispatched("tax")
    number = line.case_number
    desk.ask("department-tax", m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。"))
    desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True))
    assert desk.line(number).due.wd == line.due.wd + 3
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    desk.later(hours=1)
    rate(desk, number, "unsatisfied", "还是没有办成")
    sent = m.DispatchCase(case_number=number, department="tax", case_class="general")
    assert desk.ask("window-3", sent).due.wd == line.due.wd


@pytest.mark.rule("R10", "R33")
def test_a_grievance_sent_back_is_due_within_its_own_promise_and_counts_nowhere(desk: Desk) -> None:
    number = lodged(desk, ground="attitude", department="tax")
    promised = desk.line(number).due.wd
    before = desk.books.picture.counts
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已道歉。"))
    desk.later(hours=1)
    rate(desk, number, "unsatisfied", "没有人道歉")
    assert (desk.line(number).stage, desk.line(number).due.wd) == ("rework", promised)
    assert desk.books.picture.counts == before


@pytest.mark.rule("R26", "R33")
@pytest.mark.parametrize("then", ["answered", "sent elsewhere"])
def test_an_extension_of_the_earlier_round_is_not_granted_on_a_later_clock(desk: Desk, then: str) -> None:
    line = desk.dispatched("tax")
    number, order = line.case_number, line.work_order_id
    desk.ask("department-tax", m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。"))
    if then == "answered":
        desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=order))
        desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=order, text="已办结。"))
        rate(desk, number, "unsatisfied", "还是没有办成")
    else:
        desk.ask("window-3", m.DispatchCase(case_number=number, department="real-estate", case_class="general"))
    refused = desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True))
    assert refused.code == "nothing_asked"
    for terminal in ("window-3", "department-tax"):
        listed = desk.query(terminal, m.ListNotices()).notices
        assert [one.detail for one in listed if one.kind == "extension_decided"] == ["lapsed"]


@pytest.mark.rule("R33")
def test_a_bad_rating_is_told_to_who_publishes_the_guides_where_the_policy_says_so(desk: Desk) -> None:
    def to_mend() -> list[tuple[str, str]]:
        listed = desk.query("supervisor", m.ListNotices()).notices
        return [(one.subject, one.detail) for one in listed if one.kind == "mend_guide"]

    rate(desk, answered(desk), "unsatisfied", "没有讲清")
    assert to_mend() == []
    under(desk, "yueyang")
    number = desk.file(matter="transfer-sale").case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    rate(desk, number, "very_unsatisfied", "没有讲清")
    assert to_mend() == [(number, "transfer-sale")]
