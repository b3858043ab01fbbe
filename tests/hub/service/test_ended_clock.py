"""A clock that ended: nothing is granted to it, nothing of it is carried on, and none stands still behind an answer."""

from __future__ import annotations

from typing import Any

import pytest

from hub.domain.policy.values import Named
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_clocks import of_class
from tests.hub.service.variants import with_moves

ASKED = {"added_wd": 1, "reason": "需外单位核实。", "in_writing": True, "citizen_told": True}
ANSWERS: list[Any] = [
    m.AnswerOnTheSpot(case_number="", text="已讲清。"),
    m.ReferOut(case_number="", authority="市局", way="帮代办", text="已转市局。"),
    m.DeclineCase(case_number="", kind="supply", text="缺一份材料。", supply=("身份证",), medium="written"),
    m.DispatchCase(case_number="", department="tax", case_class="general"),
]


def that_pauses(desk: Desk, starts: str = "filing") -> None:
    clock, policy = desk.policy.clock, desk.policy
    clock = factories.replace(
        clock,
        pause_grounds=factories.replace(clock.pause_grounds, value=(Named(code="superior", name="上级批准"),)),
        starts=factories.replace(clock.starts, value=starts),
    )
    desk.policy = with_moves(factories.replace(policy, version=9, clock=clock), pause=True, resume=True)
    desk.reopen()


def settled(desk: Desk, number: str, order: int = 1) -> None:
    for told in (m.AcceptWorkOrder, m.ReplyToWorkOrder):
        extra = {"text": "已办结。"} if told is m.ReplyToWorkOrder else {}
        assert desk.ask("department-tax", told(work_order_id=f"{number}/{order}", **extra)) == m.Done()
    desk.later(minutes=1)


@pytest.mark.rule("R26")
def test_what_is_answered_is_granted_no_more_time(desk: Desk) -> None:
    number = of_class(desk, "general")
    assert desk.ask("department-tax", m.AskExtension(case_number=number, **ASKED)) == m.Done()
    settled(desk, number)
    before = desk.line(number).due
    assert desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True)).code == "move_not_allowed"
    assert desk.line(number).due == before


def sent_back(desk: Desk, number: str) -> None:
    settled(desk, number)
    assert desk.ask("window-3", m.RateCase(case_number=number, level="unsatisfied", text="没有解决。")) == m.Done()
    desk.later(minutes=1)


@pytest.mark.rule("R26", "R33")
def test_rework_whose_clock_starts_anew_has_an_extension_of_its_own(desk: Desk) -> None:
    number = of_class(desk, "general")
    assert desk.ask("department-tax", m.AskExtension(case_number=number, **ASKED)) == m.Done()
    assert desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True)) == m.Done()
    again = m.AskExtension(case_number=number, **ASKED)
    assert desk.ask("department-tax", again).code == "extension_too_long"
    sent_back(desk, number)
    desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))
    assert desk.ask("department-tax", again) == m.Done()


@pytest.mark.rule("R26", "R33")
def test_what_was_asked_for_before_rework_is_not_granted_to_it(desk: Desk) -> None:
    number = of_class(desk, "general")
    assert desk.ask("department-tax", m.AskExtension(case_number=number, **ASKED)) == m.Done()
    sent_back(desk, number)
    assert desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True)).code == "nothing_asked"


@pytest.mark.rule("R27")
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: type(one).__name__)
def test_no_answer_leaves_a_clock_behind_that_stands_still(desk: Desk, answer: Any) -> None:
    that_pauses(desk)
    number = desk.file().case_number
    desk.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    assert desk.ask("window-3", m.PauseClock(case_number=number, ground="superior", evidence="请示")) == m.Done()
    told = factories.replace(answer, case_number=number)
    assert desk.ask("window-3", told).code == "clock_paused"
    assert desk.ask("window-3", m.ResumeClock(case_number=number, evidence="批复")) == m.Done()
    assert not isinstance(desk.ask("window-3", told), m.Rejected)


@pytest.mark.rule("R25", "R27")
def test_a_date_stays_provisional_after_a_pause_until_the_clock_starts(desk: Desk) -> None:
    that_pauses(desk, "dispatch")
    number = desk.file().case_number
    desk.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    desk.ask("window-3", m.PauseClock(case_number=number, ground="superior", evidence="请示"))
    desk.later(days=1)
    desk.ask("window-3", m.ResumeClock(case_number=number, evidence="批复"))
    assert desk.line(number).due.provisional_because == ("clock_not_started",)
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))
    assert not sent.due.provisional
