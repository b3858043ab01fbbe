"""What stands on the slip of a number, and of a time agreed on."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.estimate import Wait
from hub.domain.policy.queue import SecondChance
from printers.papers import Paper, slip_of
from printers.slip import Field, Line, Stamp
from tests.printers import factories


def lines(paper: Paper) -> list[str]:
    return [block.text for block in slip_of(paper).blocks if isinstance(block, Line)]


def fields(paper: Paper) -> dict[str, str]:
    return {block.label: block.text for block in slip_of(paper).blocks if isinstance(block, Field)}


@pytest.mark.rule("R55")
def test_says_whose_it_is_the_number_and_who_stands_before() -> None:
    assert lines(factories.a_number())[:4] == ["岳阳县不动产登记中心", "取号单", "B014", "前面 6 人"]
    assert lines(factories.a_number(ahead=0))[3] == "前面没有人"
    assert fields(factories.a_number()) == {
        "业务": "查询缴费",
        "预计等候": "约 15—30 分钟",
        "窗口": "2号窗口",
        "取号时间": "2026-11-23 09:31",
    }


@pytest.mark.parametrize(
    ("wait", "said"),
    [(None, "暂时说不准要等多久"), (Wait(0, 0), "不用等候"), (Wait(0, 5), "5 分钟以内"), (Wait(4, 4), "约 4 分钟")],
)
def test_a_wait_is_told_as_it_is_known(wait: Wait | None, said: str) -> None:
    assert fields(factories.a_number(wait=wait))["预计等候"] == said


def test_every_window_that_may_call_is_named() -> None:
    assert fields(replace(factories.a_number(), windows=(1, 2, 5)))["窗口"] == "1、2、5号窗口"


@pytest.mark.rule("R55")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("none", "叫号没到，本号作废，请重新取号。"),
        ("behind", "叫号没到，请告诉窗口：本号排到后面第3位之后，最多2次。"),
        ("at_once", "叫号没到，请告诉叫号的窗口，可以马上再叫，最多2次。"),
    ],
)
def test_what_a_missed_call_costs_is_the_policy_s(given: SecondChance, said: str) -> None:
    slip = replace(factories.a_number(), second_chance=given, behind=3, chances=2)
    assert said in lines(slip)


@pytest.mark.rule("R57")
def test_a_green_channel_that_is_only_asked_for_is_not_promised() -> None:
    assert "绿色通道" not in fields(factories.a_number())
    assert fields(factories.a_number(green="open"))["绿色通道"].startswith("已开通")
    assert fields(factories.a_number(green="asked"))["绿色通道"] == "已提出，等服务大厅负责人确认；确认前按先后叫号"


@pytest.mark.rule("R58")
def test_an_appointment_says_its_time_and_a_late_one_is_an_ordinary_number() -> None:
    early = factories.a_number(lane="appointment", not_before=factories.FILED)
    assert fields(early)["预约时间"] == "09:31，到时间优先叫号"
    assert "预约时间" not in fields(factories.a_number(lane="line"))


@pytest.mark.rule("R56")
def test_a_time_agreed_on_says_its_code_its_day_and_how_to_come_back() -> None:
    slip = factories.a_time()
    assert lines(slip)[2] == "7K3MQ9"
    assert fields(slip) == {"业务": "查询缴费", "日期": "2026年11月24日", "时间": "10:30"}
    assert any("提前30分钟" in text for text in lines(slip))
    assert lines(replace(slip, grace_min=0))[-2] == "晚到的，按到达先后排队。"


def test_one_that_came_out_twice_is_marked() -> None:
    assert not any(isinstance(block, Stamp) for block in slip_of(factories.a_number()).blocks)
    again = slip_of(replace(factories.a_number(), reprint=True))
    assert any(isinstance(block, Stamp) and block.text.startswith("补打") for block in again.blocks)
