"""Every widget of every screen, measured in millimetres and in the colours really drawn, in every citizen's modes.

Large enough to touch and to read, nothing cut off or torn, nothing out of reach, nothing in another language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from display.theme import fonts
from kiosk.screens.sizes import GAP_MM, MAIN_CAP_MM, MAIN_TOUCH_MM, SIDE_TOUCH_MM
from tests.in_window import printed
from tests.running_hall import DESK, KIOSK

pytestmark = pytest.mark.e2e

FORM = ("home", "matter", "reason", "scope", "contact", "check", "done", "cover", "fault")
"""The complaint's screens, whose every main word has the contrast of the main path."""
EVERYTHING = ("",)

UPRIGHT = {
    "shanting:336": EVERYTHING,
    "dahepingxiang:268:zh_Hant:contrast:big": FORM,
    "yunfu:268:en:big:speech:low": FORM,
}
ACROSS = {"yueyang:268:en:big:contrast:speech": FORM, "wuxi:268:zh_Hant": EVERYTHING}
"""Every hall, language, mode and glass once, with the longest words in the least room: shelves and leaves decide by
measuring, so what fits here fits where there is more. The services' screens are measured once a way."""
PASSES = [pytest.param((UPRIGHT, False), id="upright"), pytest.param((ACROSS, True), id="across")]
MAIN_CONTRAST, TEXT_CONTRAST, SHAPE_CONTRAST, HIGH_CONTRAST = 10.0, 4.5, 3.0, 15.0
CODE_MM = 30.0
CHINESE = re.compile("[\u4e00-\u9fff]")
KEPT_IN_CHINESE = re.compile(r"简/繁|[简簡]体中文|繁體中文|第一次说缺契税|欧阳")
"""How languages call themselves, and what a citizen wrote."""

Found = dict[str, Any]


class Measured:
    """`states` by kit and name; `px_per_mm` of a kit."""

    def __init__(self, lines: list[Found], across: bool) -> None:
        self.size = DESK if across else KIOSK
        self.lines = lines

    def all(self, what: str) -> Iterator[tuple[Found, Found]]:
        """Every piece of a kind, with the line of its state."""
        for line in self.lines:
            for one in line["found"]:
                if one["what"] == what:
                    yield line, one


@pytest.fixture(scope="module", params=PASSES)
def measured(request: pytest.FixtureRequest) -> Measured:
    kits, across = request.param
    lines = [line for kit, only in kits.items() for line in _measure(kit, only, across)]
    assert len({line["kit"] for line in lines}) == len(kits)
    assert len(lines) > len(kits) * 35
    return Measured(lines, across)


def _measure(kit: str, only: tuple[str, ...], across: bool) -> list[Found]:
    told = printed(
        *("tests.kiosk.screens.measure", kit, "--pixels", "--only", *only, *(["--across"] if across else [])),
        size=DESK if across else KIOSK,
    )
    return [json.loads(line) for line in told.splitlines()]


def _said(line: Found, one: Found, more: object = "") -> str:
    return f"{line['kit']} {line['state']}: {one.get('name') or one.get('text', '')[:24]!r} {more}"


def test_touches_are_as_large_as_fingers_need(measured: Measured) -> None:
    assert [
        _said(line, one, one["mm"])
        for line, one in measured.all("touch")
        if min(one["mm"]) < (MAIN_TOUCH_MM if one["main"] else SIDE_TOUCH_MM) - 0.05
    ] == []


def test_touches_keep_their_distance(measured: Measured) -> None:
    close = []
    for line in measured.lines:
        touches = [one for one in line["found"] if one["what"] == "touch"]
        for one, other in combinations(touches, 2):
            if _gap(one, other) < GAP_MM * line["px_per_mm"] - 1:
                close.append(_said(line, one, f"and {other['name']} {_gap(one, other):.0f} px"))
    assert close == []


def _gap(one: Found, other: Found) -> float:
    (left, bottom, wide, high), (x, y, w, h) = one["rect"], other["rect"]
    return float(max(x - left - wide, left - x - w, y - bottom - high, bottom - y - h))


def test_capital_letters_are_as_high_as_eyes_need(measured: Measured) -> None:
    """In 大字 1.4 times as high."""
    assert [
        _said(line, one, f"{one['cap_mm']:.2f} mm")
        for line, one in measured.all("text")
        if one["cap_mm"] < one["least_mm"] * (1.4 if ":big" in line["kit"] else 1) - 0.01
    ] == []


def test_no_text_is_cut_off_or_stands_outside_its_place(measured: Measured) -> None:
    wrong = []
    for line, one in measured.all("text"):
        left, bottom, wide, high = one["rect"]
        out = left < -1 or bottom < -1 or left + wide > measured.size[0] + 1 or bottom + high > measured.size[1] + 1
        cut = one["lines"][-1].endswith("…") and not one["text"].endswith("…") and not one["may_be_cut"]
        if one["wide"] > wide + 2 or one["high"] > high + 2 or out or cut:
            wrong.append(_said(line, one, f"{one['wide']:.0f}x{one['high']:.0f} in {one['rect']}"))
    assert wrong == []


def test_no_word_is_torn_in_two(measured: Measured) -> None:
    torn = []
    for line, one in measured.all("text"):
        known = set(re.findall(r"[A-Za-z]{2,}", one["text"]))
        kept = {word for row in one["lines"] for word in re.findall(r"[A-Za-z]{2,}", row)}
        if not kept <= known and not one["may_be_cut"]:
            torn.append(_said(line, one, one["lines"]))
    assert torn == []


def test_no_box_is_fuller_than_it_is_high(measured: Measured) -> None:
    assert [
        _said(line, one, f"over by {one['over']}") for line, one in measured.all("box") if max(one["over"]) > 1
    ] == []


def test_no_words_lie_over_each_other(measured: Measured) -> None:
    """Nor over a touch that they do not belong to."""
    over = []
    for line in measured.lines:
        texts = [(one, _ink(one)) for one in line["found"] if one["what"] == "text"]
        for (one, rect), (other, under) in combinations(texts, 2):
            if _overlap(rect, under):
                over.append(_said(line, one, f"over {other['text'][:20]!r}"))
    assert over == []


def _ink(one: Found) -> tuple[float, float, float, float]:
    """Where its letters are at most: the middle of its place, as high as its lines."""
    left, bottom, wide, high = one["rect"]
    inked = min(high, one["high"] * 0.8)
    return left, bottom + (high - inked) / 2, min(wide, one["wide"]), inked


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0]) > 4
        and min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1]) > 4
    )


def test_words_stand_out_from_their_ground(measured: Measured) -> None:
    """Measured from the pixels: 10 to 1 on the main path, 4.5 elsewhere, 15 in 高对比; what is off may be fainter."""
    faint = []
    for line, one in measured.all("text"):
        main = one["least_mm"] >= MAIN_CAP_MM and line["state"].startswith(FORM)
        need = HIGH_CONTRAST if ":contrast" in line["kit"] else MAIN_CONTRAST if main else TEXT_CONTRAST
        if one["off"]:
            need = TEXT_CONTRAST
        if one["contrast"] is not None and one["contrast"] < need - 0.1:
            faint.append(_said(line, one, f"{one['contrast']:.1f} of {need}"))
    assert faint == []


def test_touches_stand_out_from_what_lies_around_them(measured: Measured) -> None:
    assert [
        _said(line, one, f"{one['edge']:.1f}")
        for line, one in measured.all("touch")
        if not one["off"] and one["edge"] < SHAPE_CONTRAST - 0.05
    ] == []


def test_codes_are_dark_on_white_and_large_enough_for_a_phone(measured: Measured) -> None:
    codes = [(line, one) for line, one in measured.all("code") if line["state"].startswith("done")]
    assert {line["kit"] for line, _ in codes} == {line["kit"] for line in measured.lines}
    assert [_said(line, one, one["mm"]) for line, one in codes if one["mm"] < CODE_MM] == []
    assert [_said(line, one) for line, one in codes if one["colours"] != [[0, 0, 0], [255, 255, 255]]] == []


def test_low_nothing_is_touched_above_the_part_within_reach(measured: Measured) -> None:
    high = [
        _said(line, one)
        for line, one in measured.all("touch")
        if ":low" in line["kit"] and one["rect"][1] + one["rect"][3] > line["reach_px"] + 1
    ]
    assert high == []


def test_the_traditional_script_has_its_own_shapes(measured: Measured) -> None:
    """骨, 直 and 角 have another shape in Taiwan and Hong Kong; letters and figures are the same."""
    wrong = [
        _said(line, one)
        for line, one in measured.all("text")
        if "zh_Hant" in line["kit"] and one["face"] == fonts.SANS and CHINESE.search(one["text"])
        if not line["state"].startswith("staff.")  # whose words are Simplified for everybody
    ]
    assert wrong == []


def test_english_screens_say_it_in_english(measured: Measured) -> None:
    wrong = [
        _said(line, one)
        for line, one in measured.all("text")
        if ":en" in line["kit"]
        and CHINESE.search(one["text"])
        and not KEPT_IN_CHINESE.search(one["text"])
        and line["state"].startswith(tuple(one for one in FORM if one != "contact"))
        and line["state"] != "done.long_date"  # the calendar's own notes, as the State Council words them
    ]
    assert wrong == []
