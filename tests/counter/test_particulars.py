"""How a case stands beside its stage: marks, what a 投诉 says, what is awaited, a refusal's state."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from counter import particulars
from counter.particulars import Awaited
from hub.domain.care import RecordKind
from hub.domain.facts import standing
from hub.wire import messages as m
from tests.counter import states
from tests.counter.makers import NOON
from tests.counter.test_timeline import SAY


def words(marks: list[particulars.Mark]) -> list[str]:
    return [one.words for one in marks]


@pytest.mark.rule("R28", "R74")
def test_breaches_come_first_and_in_alarm() -> None:
    found = m.Breaches(case_number=states.NUMBER, codes=("late", "no_reply"), explanation_owed=True)
    marks = particulars.marks(SAY, states.whole(), found, None)
    assert words(marks)[:3] == ["已超期", "超期未答复", "尚未向办事人说明超期原因"]
    assert [one.tone for one in marks[:3]] == ["alarm"] * 3


def test_a_case_waits_for_what_its_facts_left_open() -> None:
    laid = states.laid
    facts = [laid("HeadCalled", 0, role="section_head"), laid("ExtensionAsked", 1), laid("ClockPaused", 2)]
    assert particulars.waits(facts) == ["head", "extension", "clock"]
    facts += [laid("HeadArrived", 3), laid("ExtensionRefused", 4), laid("ClockResumed", 5)]
    assert particulars.waits(facts) == []
    facts += [laid("ReferredOut", 6, followed="yes"), laid("ReferralFollowed", 7, ended="no")]
    assert particulars.waits(facts) == ["referral"]
    assert particulars.waits([*facts, laid("ReferralFollowed", 8, ended="yes")]) == []
    assert particulars.waits([laid("ReferredOut", 0, followed="no")]) == []


def test_waiting_agrees_with_how_the_hub_adds_facts_up() -> None:
    from hub.domain import facts as hub_facts

    asked = hub_facts.Escalated("deputy_leader", 1, "怎么办？")
    told = hub_facts.Instructed("deputy_leader", "照办")
    assert bool(standing([asked]).asked_upward) == (particulars.waits([states.laid("Escalated", 0)]) != [])
    both = particulars.waits([states.laid("Escalated", 0), states.laid("Instructed", 1)])
    assert bool(standing([asked, told]).asked_upward) == (both != [])


@pytest.mark.rule("R11", "R12")
def test_a_grievance_says_whom_where_when_and_that_its_form_is_owed() -> None:
    told = dict(particulars.grievance_fields(SAY, states.grievance()))
    assert told["被投诉人"].endswith("（工号 21）")
    assert told["所在部门"] == "登记一室"
    assert told["程度"] == "重大、影响重大、涉及面广"
    assert told["书面材料"] == "须提交书面材料，尚未收到"
    assert "待提交书面投诉" in words(particulars.marks(SAY, states.grievance(), None, None))
    about = states.grievance().grievance
    assert about is not None
    came = replace(states.grievance(), grievance=replace(about, written_at=NOON))
    assert dict(particulars.grievance_fields(SAY, came))["书面材料"] == "书面材料已于2026年11月23日 09:31收到"
    assert particulars.marks(SAY, came, None, None) == []


@pytest.mark.rule("R53")
def test_a_material_that_may_follow_is_owed_until_it_came() -> None:
    found = particulars.awaited(states.whole().records, {"tax": "完税证明", "proxy": "委托书"})
    assert found == [Awaited(name="完税证明", came=True), Awaited(name="委托书", came=False)]


@pytest.mark.rule("R50")
def test_a_refusal_says_how_it_stands() -> None:
    assert dict(particulars.refusal_fields(SAY, states.REFUSAL))["审批情况"] == "待批"
    approved = replace(states.REFUSAL, approved=True, decided_by="李主任", decided_at=NOON)
    told = dict(particulars.refusal_fields(SAY, approved))
    assert told["审批情况"] == "已批准，李主任，2026年11月23日 09:31"
    assert told["救济途径"] == "行政复议、行政诉讼"
    assert "否定报备待批" in words(particulars.marks(SAY, states.whole(), None, states.REFUSAL))
    assert "否定报备待批" not in words(particulars.marks(SAY, states.whole(), None, approved))


def test_a_paper_tells_what_it_is() -> None:
    assert particulars.paper(SAY, states.whole().attachments[0]) == "佐证材料 · PDF · 2.3 MB · 2026年11月23日 10:31"


def test_every_kind_of_record_has_its_words() -> None:
    for kind in RecordKind.__args__:  # type: ignore[attr-defined]  # a literal's values
        for key in (f"record.{kind}", f"record.items.{kind}", f"record.detail.{kind}"):
            assert key in SAY.words
