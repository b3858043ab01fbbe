"""Whole sentences typed on the real kiosk by real touches, letter by letter."""

from __future__ import annotations

import pytest

from hub.link import Link
from hub.wire.messages import CaseDetail, ReadCase
from tests.kiosk.fingers import Fingers, cases, reached
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

HALF = (0, 0, 0.5)
"""So many touches draw so many frames, in software: at half the size a frame has a quarter of the pixels."""
SENTENCE = "第一次说缺契税完税证明，补了以后又说委托书要公证，第三次说房屋坐落和证上差一个字。"
PIECES = (
    ("diyicishuo", "第一次说"),
    ("que", "缺"),
    ("qishui", "契税"),
    ("wanshuizhengming", "完税证明"),
    ("", "，"),
    ("bule", "补了"),
    ("yihouyoushuo", "以后又说"),
    ("weituoshu", "委托书"),
    ("yaogongzheng", "要公证"),
    ("", "，"),
    ("disancishuo", "第三次说"),
    ("fangwuzuoluo", "房屋坐落"),
    ("hezhengshang", "和证上"),
    ("chayigezi", "差一个字"),
    ("", "。"),
)


@pytest.fixture
def kiosk(served: RunningHall, screen: Screen) -> Screen:
    """At its first screen, at half its size."""
    served.start_kiosk(screen, place=HALF)
    screen.at("home", timeout_s=60)
    return screen


@pytest.mark.rule("R1", "R13")
def test_every_character_typed_with_fingers_stands_at_the_window(
    kiosk: Screen, hall: RunningHall, window: Link, fingers: Fingers
) -> None:
    kiosk.touch("start")
    kiosk.touch("departments")
    kiosk.touch("department.tax")
    kiosk.touch("matter.deed-tax")
    kiosk.touch("reason.repeated")
    kiosk.touch("reason.passed_around")
    kiosk.touch("visits.3")
    kiosk.touch("since.4")
    kiosk.touch("next")
    kiosk.at("words")
    for letters, wanted in PIECES:
        if letters:
            fingers.write(letters, wanted)
        else:
            fingers.sign(wanted)
    kiosk.touch("next")
    kiosk.at("contact")
    kiosk.touch("phone")
    for digit in "13800001234":
        kiosk.touch(f"key.{digit}")
    kiosk.touch("name")
    reached(kiosk, "name")
    fingers.write("wang", "王")
    fingers.write("yan", "䶮")
    fingers.write("kun", "堃")
    kiosk.touch("confidential")
    kiosk.touch("next")
    kiosk.at("check")
    kiosk.touch("submit")
    reached(kiosk, "answered.confirmed")
    answer = window.ask(ReadCase(case_number=cases(hall)[0]))
    assert isinstance(answer, CaseDetail)
    assert answer.text == SENTENCE
    assert (answer.name, answer.phone) == ("王䶮堃", "13800001234")
    assert (answer.line.matter, answer.line.visits, answer.line.confidential) == ("deed-tax", 3, True)
    assert answer.line.reasons == ("repeated", "passed_around")
    assert "以前" in answer.since


def test_what_was_given_up_is_gone_for_the_next_citizen(kiosk: Screen, hall: RunningHall, fingers: Fingers) -> None:
    kiosk.touch("start")
    kiosk.touch("matter.pension")
    kiosk.touch("reason.slow")
    kiosk.touch("next")
    kiosk.at("words")
    fingers.write("wo", "我")
    reached(kiosk, "pinyin.1")
    kiosk.touch("abandon")
    kiosk.at("abandon.words")
    kiosk.touch("stay")
    kiosk.at("words")
    reached(kiosk, "pinyin.1")
    kiosk.touch("abandon")
    kiosk.touch("leave")
    kiosk.at("home")
    kiosk.touch("start")
    kiosk.touch("matter.unknown")
    kiosk.at("reason")
    assert not kiosk.has("next")
    kiosk.touch("reason.slow")
    kiosk.touch("next")
    kiosk.at("words")
    reached(kiosk, "pinyin.0")
    assert cases(hall) == []
