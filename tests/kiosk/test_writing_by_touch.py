"""The citizen's own words, written on the real kiosk by real touches: pinyin, by hand, and phrases."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.link import Link
from hub.wire.messages import CaseDetail, ListNotices, NoticeList, ReadCase
from tests.kiosk.fingers import Fingers, cases, reached
from tests.kiosk.hand import Hand
from tests.kiosk.input.strokes import STROKES
from tests.processes import until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

PICTURES = Path("out/kiosk")


@pytest.fixture
def hand(kiosk: Screen) -> Iterator[Hand]:
    hand = Hand(kiosk)
    yield hand
    hand.close()


def to_the_words(kiosk: Screen) -> None:
    kiosk.touch("start")
    kiosk.touch("matter.pension")
    kiosk.touch("reason.slow")
    kiosk.touch("next")
    kiosk.at("words")


def picture(kiosk: Screen, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    kiosk.save(PICTURES / f"{name}.png")


def test_what_was_written_by_hand_tapped_and_typed_in_pinyin_stands_in_the_case(
    kiosk: Screen, hall: RunningHall, window: Link, hand: Hand, fingers: Fingers
) -> None:
    to_the_words(kiosk)
    kiosk.touch("phrase.1")  # 今天
    reached(kiosk, "pinyin.2.0.0")
    kiosk.touch("key.hand")
    reached(kiosk, "hand.2.0.0")
    hand.write("办不")
    hand.stroke(((100, 100), (900, 900)))  # not meant
    reached(kiosk, "hand.4.1.0")
    kiosk.touch("key.undo")
    reached(kiosk, "hand.4.0.0")
    hand.write("成")
    picture(kiosk, "written-by-hand")
    kiosk.touch("key.，")
    kiosk.touch("key.pinyin")
    reached(kiosk, "pinyin.6.0.0")
    fingers.write("taiducha", "态度差")
    fingers.write("yan", "䶮")  # pages away
    picture(kiosk, "typed-in-pinyin")
    kiosk.touch("next")
    kiosk.at("contact")
    kiosk.touch("anonymous")
    kiosk.at("check")
    kiosk.touch("submit")
    reached(kiosk, "answered")
    answer = window.ask(ReadCase(case_number=cases(hall)[0]))
    assert isinstance(answer, CaseDetail)
    assert answer.text == "今天办不成，态度差䶮"


def test_the_next_citizen_finds_neither_strokes_nor_the_keyboard_that_was_chosen(kiosk: Screen, hand: Hand) -> None:
    to_the_words(kiosk)
    kiosk.touch("key.hand")
    reached(kiosk, "hand.0.0.0")
    hand.stroke(STROKES["一"][0])
    reached(kiosk, "hand.0.1.0")
    kiosk.touch("next")  # the likeliest was meant
    kiosk.at("contact")
    kiosk.touch("back")
    kiosk.at("words")
    reached(kiosk, "hand.1.0.0")
    kiosk.touch("abandon")
    kiosk.touch("leave")
    kiosk.at("home")
    to_the_words(kiosk)
    reached(kiosk, "pinyin.0.0.0")
    kiosk.touch("key.hand")
    reached(kiosk, "hand.0.0.0")


def test_without_a_library_the_other_keyboards_remain_and_the_windows_are_told(
    served: RunningHall, screen: Screen, window: Link
) -> None:
    lacking = "from kiosk.input import recogniser; recogniser.LIBRARY = 'libnone.so'; from kiosk.__main__ import main"
    where = ("--hall", str(served.directory.path), "--terminal", "kiosk-1")
    served.processes.start("kiosk-1", sys.executable, "-c", f"{lacking}; main()", *where, env=screen.env)
    screen.at("home", timeout_s=60)
    to_the_words(screen)
    screen.touch("key.latin")
    screen.touch("key.k")
    reached(screen, "latin.1.0.0")
    assert screen.has("key.pinyin")
    assert not screen.has("key.hand")
    until("the notice", lambda: "handwriting_missing" in details(window))


def details(window: Link) -> str:
    """What the windows are told about terminals."""
    answer = window.ask(ListNotices())
    assert isinstance(answer, NoticeList)
    return " ".join(notice.detail for notice in answer.notices if notice.kind == "terminal_trouble")
