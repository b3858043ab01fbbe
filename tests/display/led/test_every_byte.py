"""A board's line is cut, or its power, at any byte of a page's frame and of the answer: the right text stands in the
end, at most one write a second is made, and nothing that wears is ever written.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from display.led.driver import BoardFault
from tests.display.led.wire import BOARDS, Bench, page

AT = dt.datetime(2026, 11, 23, 9, 41, tzinfo=dt.UTC)
OLD, NEW = page("办不成事反映", "等2人约7-25分"), page("F012请到3号窗口", "Z【5Ú")
SHOWN = ["F012请到3号窗口", "Z【5□"]
AWAY_S = 3.0
IN_THE_END_S = 16.0


def begun(kind: str) -> Bench:
    """A board that has heard nothing yet."""
    bench = Bench(BOARDS[kind])
    bench.settings = bench.dialect.settings(AT, (60,) * 24)
    bench.driver.show(OLD)
    return bench


def standing(kind: str) -> Bench:
    """A board on which the old page stands, its settings looked at."""
    bench = begun(kind)
    bench.run(8)
    assert bench.lines() == ["办不成事反映", "等2人约7-25分"]
    return bench


def bytes_of_a_change(kind: str) -> int:
    bench = standing(kind)
    before = bench.passed
    bench.driver.show(NEW)
    bench.run(1.5)
    assert bench.lines() == SHOWN
    return bench.passed - before


@pytest.mark.parametrize("what", ["cable", "power"])
@pytest.mark.parametrize("kind", list(BOARDS))
def test_whichever_byte_the_line_is_cut_at_the_right_text_stands_in_the_end(kind: str, what: str):
    for offset in range(bytes_of_a_change(kind) + 1):
        bench = standing(kind)

        def cut(bench: Bench = bench) -> None:
            bench.deaf_until_s = bench.now_s + AWAY_S
            if what == "power":
                bench.card = bench.new_card()

        bench.when_cut, bench.cut_at = cut, bench.passed + offset
        bench.driver.show(NEW)
        bench.run(IN_THE_END_S)
        assert bench.lines() == SHOWN, f"cut before byte {offset}"
        assert bench.driver.stands
        assert bench.driver.fault == BoardFault.NONE
        assert min(later - sooner for sooner, later in pairwise(bench.writes)) >= 1, f"cut before byte {offset}"
        assert bench.card.worn == []


@pytest.mark.parametrize("kind", ["onbon-serial", "lumen-serial"])
def test_whichever_byte_comes_wrong_the_right_text_stands_in_the_end(kind: str):
    for offset in range(bytes_of_a_change(kind)):
        bench = standing(kind)
        at = bench.passed + offset
        whole = bench.passes

        def noisy(data: bytes, bench: Bench = bench, at: int = at, whole=whole) -> bytes:
            began, came = bench.passed, bytearray(whole(data))
            if began <= at < began + len(came):
                came[at - began] ^= 0x11
            return bytes(came)

        bench.passes = noisy  # type: ignore[method-assign]
        bench.driver.show(NEW)
        bench.run(IN_THE_END_S)
        assert bench.lines() == SHOWN, f"byte {offset} came wrong"
        assert bench.driver.fault == BoardFault.NONE


@pytest.mark.parametrize("kind", list(BOARDS))
def test_whichever_byte_of_the_first_words_the_line_is_cut_at_the_board_is_set_and_shows_its_page(kind: str):
    whole = standing(kind)
    assert whole.card.clock == AT.replace(tzinfo=None)
    for offset in range(0, whole.passed + 1, 3):
        bench = begun(kind)

        def cut(bench: Bench = bench) -> None:
            bench.deaf_until_s = bench.now_s + AWAY_S

        bench.when_cut, bench.cut_at = cut, offset
        bench.run(IN_THE_END_S + 8)
        assert bench.lines() == ["办不成事反映", "等2人约7-25分"], f"cut before byte {offset}"
        assert bench.card.clock == AT.replace(tzinfo=None), f"cut before byte {offset}"
        assert bench.card.light < 0.7, f"cut before byte {offset}"
        assert min(later - sooner for sooner, later in pairwise(bench.writes)) >= 1, f"cut before byte {offset}"
