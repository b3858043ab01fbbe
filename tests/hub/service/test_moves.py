"""A hall makes the moves that its document has, and no other (R19)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hub.domain.case import CaseMove
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk

Asking = Callable[[str, str], m.Message]
"""The command that makes a move of a case and its work order."""

AT_THE_WINDOW: dict[CaseMove, Asking] = {
    "triage": lambda case, _: m.TriageCase(case_number=case, finding="属实。"),
    "answer_on_the_spot": lambda case, _: m.AnswerOnTheSpot(case_number=case, text="已讲清。"),
    "dispatch": lambda case, _: m.DispatchCase(case_number=case, department="tax", case_class="general"),
    "refer_out": lambda case, _: m.ReferOut(case_number=case, authority="市局", way="帮办代办", text="已转。"),
    "decline": lambda case, _: m.DeclineCase(case_number=case, kind="supply", text="请补。", supply=("身份证",)),
    "follow_up": lambda case, _: m.FollowUpCase(case_number=case, text="群众满意。"),
    "rate": lambda case, _: m.RateCase(case_number=case, level="satisfied"),
    "archive": lambda case, _: m.ArchiveCase(case_number=case),
    "extend": lambda case, _: m.AskExtension(case_number=case, added_wd=1, reason="需核实。"),
    "pause": lambda case, _: m.PauseClock(case_number=case, ground="superior", evidence="已报。"),
    "resume": lambda case, _: m.ResumeClock(case_number=case, evidence="已批。"),
    "escalate": lambda case, _: m.EscalateCase(case_number=case, question="如何办理？"),
}
AT_THE_DEPARTMENT: dict[CaseMove, Asking] = {
    "accept": lambda _, order: m.AcceptWorkOrder(work_order_id=order),
    "reply": lambda _, order: m.ReplyToWorkOrder(work_order_id=order, text="已办结。"),
    "meet": lambda case, _: m.RecordMeeting(case_number=case, members=("甲", "乙"), minutes="议。", decision="办。"),
}


@pytest.mark.rule("R19")
@pytest.mark.parametrize("move", [*AT_THE_WINDOW, *AT_THE_DEPARTMENT])
def test_a_move_that_the_hall_s_document_does_not_have_is_refused_by_its_name(desk: Desk, move: CaseMove) -> None:
    moves = desk.policy.moves | {move: factories.replace(desk.policy.moves[move], value=False)}
    desk.policy = factories.replace(desk.policy, version=2, moves=moves)
    desk.reopen()
    if move == "dispatch":
        number, order = desk.file().case_number, ""
    else:
        line = desk.dispatched("tax")
        number, order = line.case_number, line.work_order_id
    before = desk.line(number)
    terminal, asking = (
        ("window-3", AT_THE_WINDOW[move]) if move in AT_THE_WINDOW else ("department-tax", AT_THE_DEPARTMENT[move])
    )
    refused = desk.ask(terminal, asking(number, order))
    assert refused.code == "not_prescribed", refused
    assert desk.policy.document in refused.text
    assert move in refused.text
    assert desk.line(number) == before


@pytest.mark.rule("R19", "R33")
def test_nothing_is_sent_back_where_the_document_has_no_such_move(desk: Desk) -> None:
    moves = desk.policy.moves | {"send_back": factories.replace(desk.policy.moves["send_back"], value=False)}
    desk.policy = factories.replace(desk.policy, version=2, moves=moves)
    desk.reopen()
    number = desk.file().case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    refused = desk.ask("window-3", m.RateCase(case_number=number, level="unsatisfied", text="没办好。"))
    assert refused.code == "not_prescribed"
    assert desk.line(number).stage == "answered_on_the_spot"
