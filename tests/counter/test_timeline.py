"""Everything that happened to a case, in order and in words; a fact stands with the step of its moment."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from counter import timeline
from counter.wording import Wording
from hub.config import hall_template, load_policy, parse_hall
from hub.domain import facts
from hub.domain.words import Words
from hub.wire import messages as m
from tests.counter import states
from tests.counter.makers import NOON, detail

SAY = Wording(Words("counter", "zh_Hans"), parse_hall(hall_template("yueyang")), load_policy("yueyang"))
WUXI = Wording(Words("counter", "zh_Hans"), parse_hall(hall_template("wuxi")), load_policy("wuxi"))


def said(entries: list[timeline.Entry], words: str) -> timeline.Entry:
    return next(one for one in entries if words in one.said)


@pytest.mark.rule("R19", "R22")
def test_a_meeting_stands_once_with_its_members_minutes_and_decision() -> None:
    found = timeline.entries(SAY, states.whole())
    meeting = [one for one in found if "联席会议" in one.said]
    assert len(meeting) == 1
    lines = dict(meeting[0].lines)
    assert "歐陽娜娜" in lines["参会人员"]
    assert "䶮𠮷" in lines["会议记录"]
    assert lines["会议结论"].startswith("以登记簿原件为准")


def test_everything_stands_in_the_order_in_which_it_happened() -> None:
    found = timeline.entries(SAY, states.whole())
    assert [one.at for one in found] == sorted(one.at for one in found)
    merged = sum(1 for one in states.whole().facts if timeline.STEP_OF.get(one.kind) not in (None, "refer_out"))
    assert len(found) == len(states.whole().steps) + len(states.whole().facts) + len(states.whole().records) - merged


@pytest.mark.rule("R20", "R21", "R26")
def test_roles_have_the_hall_s_own_titles_and_dates_are_written_out() -> None:
    found = timeline.entries(SAY, states.whole())
    assert said(found, "到窗口 · 王敏").said == "已请业务股室负责人到窗口 · 王敏"
    granted = dict(next(one for one in found if one.said.startswith("延期")).lines)
    assert granted["新期限"] == "2026年12月3日"
    assert granted["批准人"] == "中心分管领导"


def test_what_was_said_is_not_said_twice() -> None:
    escalated = said(timeline.entries(SAY, states.whole()), "上报")
    assert escalated.text == ""
    assert dict(escalated.lines)["请示内容"].startswith("档案馆与登记室")


@pytest.mark.rule("R27")
def test_a_pause_names_its_ground_in_the_hall_s_words() -> None:
    paused = said(timeline.entries(WUXI, states.whole()), "暂停计时")
    assert dict(paused.lines)["事由"] == "上级机关批准"


@pytest.mark.rule("R52", "R53")
def test_materials_are_called_by_their_names_on_the_checklist() -> None:
    names = {one.code: one.name for one in states.CHECKLIST.materials}
    told = said(timeline.entries(SAY, states.whole(), names), "一次性告知")
    assert dict(told.lines)["尚缺"].splitlines() == [names["tax"], names["proxy"]]
    assert dict(told.lines)["清单"] == "第 3 版"


def test_a_fact_of_a_newer_hub_is_shown_by_its_own_names() -> None:
    newer = m.LaidDown(at=NOON, who="王敏", kind="Weighed", fields=(m.LaidDownField(name="grams", value="12"),))
    found = timeline.entries(SAY, replace(detail(), facts=(newer,)))
    assert found[-1].said == "Weighed · 王敏"
    assert found[-1].lines == (("grams", "12"),)


def test_every_fact_and_every_field_of_the_hub_has_its_words() -> None:
    for kind in facts.Fact.__args__:  # type: ignore[attr-defined]  # a union's members
        assert f"fact.{kind.__name__}" in SAY.words
        assert set(timeline.SHOWN[kind.__name__]) <= set(kind.__struct_fields__)
        for name in timeline.SHOWN[kind.__name__]:
            assert f"fact.field.{name}" in SAY.words


@pytest.mark.rule("R32")
def test_a_rating_says_its_level_in_the_hall_s_own_words() -> None:
    rated = replace(
        states.whole(),
        steps=(*states.whole().steps, states.step("rate", 40), states.step("send_back", 40, "还是没有办成")),
        ratings=(m.CaseRating(at=states.step("rate", 40).at, level="very_unsatisfied"),),
    )
    found = timeline.entries(SAY, rated)
    assert dict(said(found, "评价").lines) == {"评价等级": "非常不满意"}
    assert said(found, "退回重办").text == "还是没有办成"


@pytest.mark.rule("R4")
def test_a_post_is_called_as_the_case_s_own_policy_calls_it() -> None:
    called = replace(states.laid("HeadCalled", 0, role="section_head"), title="旧制股长")
    assert timeline.entries(SAY, replace(detail(), facts=(called,)))[-1].said == "已请旧制股长到窗口 · 王敏"
