"""Who is asked when the window alone cannot settle it."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_triage import facts, under


def kinds(desk: Desk, terminal: str) -> list[str]:
    return [one.kind for one in desk.query(terminal, m.ListNotices()).notices]


def laid_down_at(desk: Desk, number: str) -> list[dt.datetime]:
    return [one.at for one in desk.ask("window-3", m.ReadCase(case_number=number)).facts]


# --- called to the window


@pytest.mark.rule("R20")
def test_call_and_arrival_of_the_section_head_are_kept_with_their_times(desk: Desk) -> None:
    under(desk, "yueyang")
    number = desk.file(reasons=("other",)).case_number
    call = m.CallToWindow(case_number=number, department="tax")
    called = desk.at
    assert desk.ask("window-3", call) == m.Done()
    assert "called_to_window" in kinds(desk, "department-tax")
    assert "called_to_window" not in kinds(desk, "department-real-estate")
    assert desk.ask("window-3", call).code == "called_already"
    desk.later(minutes=6)
    assert desk.ask("window-3", m.RecordArrival(case_number=number, name="李股长")) == m.Done()
    assert facts(desk, number) == [("HeadCalled", {"role": "section_head"}), ("HeadArrived", {"name": "李股长"})]
    assert laid_down_at(desk, number) == [called, called + dt.timedelta(minutes=6)]
    assert desk.ask("window-3", m.RecordArrival(case_number=number, name="李股长")).code == "nobody_called"


@pytest.mark.rule("R20")
def test_a_department_s_head_is_called_from_a_department(desk: Desk) -> None:
    under(desk, "yueyang")
    number = desk.file(reasons=("other",)).case_number
    before = desk.kept()
    assert desk.ask("window-3", m.CallToWindow(case_number=number)).code == "not_dispatched"
    assert desk.kept() == before
    assert desk.ask("window-3", m.RecordArrival(case_number=number, name=" ")).code == "nobody_called"


@pytest.mark.rule("R20")
def test_shanting_calls_its_task_force(desk: Desk) -> None:
    number = desk.file().case_number
    assert desk.ask("window-3", m.CallToWindow(case_number=number)) == m.Done()
    assert "called_to_window" in kinds(desk, "supervisor")
    assert desk.ask("window-3", m.RecordArrival(case_number=number, name=" ")).code == "text_missing"


@pytest.mark.rule("R20")
def test_nobody_is_called_where_the_document_calls_nobody(desk: Desk) -> None:
    under(desk, "wuxi")
    number = desk.file(reasons=("other",)).case_number
    assert desk.ask("window-3", m.CallToWindow(case_number=number)).code == "not_prescribed"


# --- escalated


@pytest.mark.rule("R3", "R21")
def test_yueyang_asks_the_deputy_leader_then_the_main_leader_and_answers_with_what_they_said(desk: Desk) -> None:
    under(desk, "yueyang")
    told = desk.complaint(reasons=("other",))
    number = desk.ask("kiosk-1", told).case_number
    ask = m.EscalateCase(case_number=number, question="历史遗留，能否先行受理？")
    assert desk.ask("window-3", ask) == m.Done()
    assert "escalated" in kinds(desk, "supervisor")
    assert desk.ask("window-3", ask).code == "instruction_awaited"
    answer = m.DeclineCase(case_number=number, kind="ask_upward", text="经请示，可容缺受理，请周三来办。")
    assert desk.ask("window-3", answer).code == "answer_incomplete"
    assert desk.ask("supervisor", m.Instruct(case_number=number, text="请主要领导协调。")) == m.Done()
    assert desk.ask("window-3", ask) == m.Done()
    assert desk.ask("supervisor", m.Instruct(case_number=number, text="容缺受理。")) == m.Done()
    assert "instructed" in kinds(desk, "window-3")
    assert desk.ask("window-3", ask).code == "ladder_ended"
    asked = [fields["role"] for kind, fields in facts(desk, number) if kind == "Escalated"]
    assert asked == ["deputy_leader", "main_leader"]
    assert desk.ask("window-3", answer) == m.Done()
    assert desk.query("web", m.LookUp(secret=told.on_paper.token)).answer == answer.text


@pytest.mark.rule("R21")
def test_only_who_was_asked_instructs_and_with_words(desk: Desk) -> None:
    line = desk.dispatched("real-estate")
    number = line.case_number
    text = m.Instruct(case_number=number, text="照办。")
    assert desk.ask("supervisor", text).code == "nothing_asked"
    desk.ask("window-3", m.EscalateCase(case_number=number, question="能否办理？"))
    assert "escalated" in kinds(desk, "department-real-estate")  # the first step there is the department's own head
    assert desk.ask("supervisor", text).code == "not_permitted"
    assert desk.ask("department-tax", text).code == "unknown_case"
    assert desk.ask("department-real-estate", m.Instruct(case_number=number, text=" ")).code == "text_missing"
    assert desk.ask("department-real-estate", text) == m.Done()


@pytest.mark.rule("R21")
def test_a_step_at_a_department_is_passed_by_while_no_department_has_the_case(desk: Desk) -> None:
    number = desk.file().case_number
    desk.ask("window-3", m.EscalateCase(case_number=number, question="由谁办理？"))
    assert facts(desk, number)[0][1]["role"] == "deputy_leader"


@pytest.mark.rule("R21")
def test_an_answered_case_is_not_escalated(desk: Desk) -> None:
    number = desk.file().case_number
    assert desk.ask("window-3", m.EscalateCase(case_number=number, question=" ")).code == "text_missing"
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    assert desk.ask("window-3", m.EscalateCase(case_number=number, question="？")).code == "move_not_allowed"
    assert desk.ask("window-3", m.CallToWindow(case_number=number)).code == "move_not_allowed"


# --- met


MEETING = {
    "members": ("区政务服务管理办公室 张主任", "税务局 赵强"),
    "minutes": "各单位意见如下。",
    "decision": "三日内办结。",
}


@pytest.mark.rule("R22")
def test_a_joint_meeting_keeps_members_minutes_and_decision(desk: Desk) -> None:
    number = desk.dispatched("tax").case_number
    assert desk.ask("supervisor", m.RecordMeeting(case_number=number, **MEETING)) == m.Done()
    kind, fields = facts(desk, number)[0]
    assert (kind, fields["convener"], fields["department"]) == ("MeetingHeld", "management_office", "")
    assert fields["members"].split("\n") == list(MEETING["members"])
    assert (fields["minutes"], fields["decision"]) == ("各单位意见如下。", "三日内办结。")
    assert "meeting_held" in kinds(desk, "window-3")
    assert desk.line(number).stage == "dispatched"


@pytest.mark.rule("R22")
@pytest.mark.parametrize("lacking", [{"members": ("张主任", " ")}, {"minutes": " "}, {"decision": ""}])
def test_a_meeting_without_members_minutes_or_decision_is_none(desk: Desk, lacking: dict[str, object]) -> None:
    number = desk.dispatched("tax").case_number
    assert (
        desk.ask("supervisor", m.RecordMeeting(case_number=number, **(MEETING | lacking))).code == "meeting_incomplete"
    )


@pytest.mark.rule("R22")
def test_a_lead_department_convenes_only_where_the_document_says_so(desk: Desk) -> None:
    number = desk.dispatched("tax").case_number
    meeting = m.RecordMeeting(case_number=number, **MEETING)
    assert desk.ask("window-3", meeting).code == "not_permitted"
    assert desk.ask("department-real-estate", meeting).code == "unknown_case"
    assert desk.ask("department-tax", meeting) == m.Done()
    assert facts(desk, number)[0][1]["department"] == "tax"
    handling = factories.replace(
        desk.policy.handling,
        lead_department_convenes=factories.replace(desk.policy.handling.lead_department_convenes, value=False),
    )
    under(desk, "shanting", version=9, handling=handling)
    other = desk.dispatched("tax").case_number
    assert desk.ask("department-tax", m.RecordMeeting(case_number=other, **MEETING)).code == "not_permitted"
