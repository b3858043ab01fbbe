"""Every way that the documents let a case go, walked at the service from its filing to the archive (R19).

`WAYS` is what `make sabotage` takes the state table apart with: each of its rows is on a way, and without the row the
way is not walked. Each move that owes words is tried without them first.
"""

from __future__ import annotations

from typing import Any

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk
from tests.hub.service.variants import POLICIES

WORDS = "依据第十三条，结果如下。"
TRIAGED = (("triage", "triaged"),)
SENT = (*TRIAGED, ("dispatch", "dispatched"), ("accept", "accepted"))
REPLIED = (*SENT, ("reply", "replied"))
ON_THE_SPOT = (*TRIAGED, ("answer_on_the_spot", "answered_on_the_spot"))
SENT_BACK = (*ON_THE_SPOT, ("rate", "rated"), ("send_back", "rework"))
FOLLOWED = (("follow_up", "followed_up"), ("archive", "archived"))
RATED = (("rate", "rated"), ("follow_up", "rated"), ("archive", "archived"))

WAYS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "a work order": ("R16", (*REPLIED, *RATED)),
    "followed up and then rated": ("R34", (*REPLIED, FOLLOWED[0], ("rate", "rated"), ("archive", "archived"))),
    "settled on the spot": ("R20", (*ON_THE_SPOT, *RATED)),
    "settled on the spot and not rated": ("R34", (*ON_THE_SPOT, *FOLLOWED)),
    "replied and not rated": ("R34", (*REPLIED, *FOLLOWED)),
    "handed on": ("R23", (*TRIAGED, ("refer_out", "referred_out"), *RATED)),
    "handed on and not rated": ("R23", (*TRIAGED, ("refer_out", "referred_out"), *FOLLOWED)),
    "out of scope": ("R2", (*TRIAGED, ("decline", "out_of_scope"), *RATED)),
    "out of scope and not rated": ("R2", (*TRIAGED, ("decline", "out_of_scope"), *FOLLOWED)),
    "sent elsewhere before it was taken on": (
        "R19",
        (*TRIAGED, ("dispatch", "dispatched"), ("dispatch", "dispatched"), *SENT[2:], ("reply", "replied"), *RATED),
    ),
    "sent elsewhere after it was taken on": (
        "R19",
        (*SENT, ("dispatch", "dispatched"), ("accept", "accepted"), ("reply", "replied"), *RATED),
    ),
    "sent back and dispatched": (
        "R33",
        (*SENT_BACK, ("dispatch", "dispatched"), ("accept", "accepted"), ("reply", "replied"), *RATED),
    ),
    "sent back and put right at once": ("R33", (*SENT_BACK, ("answer_on_the_spot", "answered_on_the_spot"), *RATED)),
    "sent back and handed on": ("R33", (*SENT_BACK, ("refer_out", "referred_out"), *RATED)),
    "extended": ("R26", (*SENT, ("extend", "accepted"), ("reply", "replied"), *RATED)),
    "paused": ("R27", (*SENT, ("pause", "accepted"), ("resume", "accepted"), ("reply", "replied"), *RATED)),
    "asked upward": ("R21", (*TRIAGED, ("escalate", "triaged"), *ON_THE_SPOT[1:], *RATED)),
    "met about": ("R22", (*SENT, ("meet", "accepted"), ("reply", "replied"), *RATED)),
}
"""What a case does, by the rule that wants it: each move with the stage after it."""

OWES_WORDS = frozenset(
    {"answer_on_the_spot", "reply", "refer_out", "decline", "follow_up", "send_back", "extend", "pause", "escalate"}
)
"""Moves without which nobody is left without a word (R3, R26, R27, R33, R34)."""


def asks(by: str, number: str, order: str, words: str) -> list[tuple[str, Any]]:
    """What is asked, and where, so that a case makes a move."""
    match by:
        case "triage":
            return [("window-3", m.TriageCase(case_number=number, finding=words))]
        case "answer_on_the_spot":
            return [("window-3", m.AnswerOnTheSpot(case_number=number, text=words))]
        case "dispatch":
            return [("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))]
        case "accept":
            return [("department-tax", m.AcceptWorkOrder(work_order_id=order))]
        case "reply":
            return [("department-tax", m.ReplyToWorkOrder(work_order_id=order, text=words))]
        case "refer_out":
            return [("window-3", m.ReferOut(case_number=number, authority="市局", way="帮代办", text=words))]
        case "decline":
            said = {"kind": "supply", "supply": ("身份证",), "medium": "written"}
            return [("window-3", m.DeclineCase(case_number=number, text=words, **said))]
        case "follow_up":
            return [("supervisor", m.FollowUpCase(case_number=number, text=words))]
        case "rate":
            return [("window-3", m.RateCase(case_number=number, level="satisfied"))]
        case "send_back":
            return [("window-3", m.RateCase(case_number=number, level="unsatisfied", text=words))]
        case "archive":
            return [("window-3", m.ArchiveCase(case_number=number))]
        case "extend":
            wish = m.AskExtension(case_number=number, added_wd=1, reason=words)
            return [("department-tax", wish), ("supervisor", m.DecideExtension(case_number=number, granted=True))]
        case "pause":
            return [("department-tax", m.PauseClock(case_number=number, ground="superior", evidence=words))]
        case "resume":
            return [("department-tax", m.ResumeClock(case_number=number, evidence=words))]
        case "escalate":
            return [("window-3", m.EscalateCase(case_number=number, question=words))]
        case "meet":
            sat = m.RecordMeeting(case_number=number, members=("张三", "李四"), minutes=words, decision=words)
            return [("supervisor", sat)]
        case _:
            raise ValueError(by)


def before_archive(desk: Desk, number: str) -> None:
    """What is owed before the archive and is no move: told, and where it was handed on, settled there."""
    assert desk.ask("window-3", m.TellCitizen(case_number=number, medium="oral")) == m.Done()
    desk.ask("window-3", m.FollowReferral(case_number=number, text=WORDS, ended=True))


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.rule("R19", rule)) for way, (rule, _) in WAYS.items()]
)
def test_a_case_goes_every_way_that_the_documents_let_it_go(desk: Desk, way: str) -> None:
    desk.policy = POLICIES["shanting-2"]
    desk.reopen()
    number = desk.file().case_number
    _, moves = WAYS[way]
    asked = [by for place, (by, _) in enumerate(moves) if moves[place + 1 : place + 2] != (("send_back", "rework"),)]
    for by in asked:
        order = f"{number}/{len(desk.rows(schema.work_order))}"
        if by == "archive":
            before_archive(desk, number)
        if by in OWES_WORDS:
            before = desk.line(number)
            assert desk.ask(*asks(by, number, order, " ")[0]).code == "text_missing"
            assert desk.line(number) == before
        for terminal, command in asks(by, number, order, WORDS):
            desk.later(minutes=1)
            answer = desk.ask(terminal, command)
            assert not isinstance(answer, m.Rejected), answer
    told = [one.event for one in desk.events if isinstance(one.event, m.CaseMoved)]
    assert tuple((one.move, one.case.stage) for one in told) == moves
