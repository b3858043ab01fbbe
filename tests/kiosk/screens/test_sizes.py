"""Every widget of every screen, measured in millimetres: large enough to touch, to read, and nothing cut off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import combinations
from typing import Any

import pytest

from kiosk.screens.sizes import GAP_MM, MAIN_TOUCH_MM, SIDE_TOUCH_MM
from tests.screen import Screen

pytestmark = pytest.mark.e2e

INCH_27, INCH_21 = 336.0, 268.0
GLASSES = [("shanting", INCH_27), *((name, INCH_21) for name in ("shanting", "yueyang", "dahepingxiang", "wuxi"))]


@pytest.fixture(scope="module", params=GLASSES, ids=lambda glass: f"{glass[0]}-{glass[1]:.0f}mm")
def measured(request: pytest.FixtureRequest) -> tuple[float, dict[str, list[dict[str, Any]]]]:
    """Pixels a millimetre, and what was found by state."""
    template, width_mm = request.param
    screen = Screen(1080, 1920)
    try:
        told = subprocess.run(
            [sys.executable, "-m", "tests.kiosk.screens.measure", template, "--short-mm", str(width_mm)],
            env={**os.environ, "DISPLAY": screen.display},
            capture_output=True,
            text=True,
            timeout=180,
            check=True,
        ).stdout
    finally:
        screen.close()
    lines = [json.loads(line) for line in told.splitlines()]
    return 1080 / width_mm, {one["state"]: one["found"] for one in lines}


def _of(found: list[dict[str, Any]], what: str) -> list[dict[str, Any]]:
    return [one for one in found if one["what"] == what]


def test_touches_are_as_large_as_fingers_need(measured: tuple[float, Any]) -> None:
    _, states = measured
    assert len(states) > 25
    small = [
        f"{state}: {touch['name']} {touch['mm'][0]:.1f} x {touch['mm'][1]:.1f} mm"
        for state, found in states.items()
        for touch in _of(found, "touch")
        if min(touch["mm"]) < (MAIN_TOUCH_MM if touch["main"] else SIDE_TOUCH_MM) - 0.05
    ]
    assert small == []


def test_touches_keep_their_distance(measured: tuple[float, Any]) -> None:
    px_per_mm, states = measured
    close = [
        f"{state}: {one['name']} and {other['name']} {_gap(one, other) / px_per_mm:.1f} mm"
        for state, found in states.items()
        for one, other in combinations(_of(found, "touch"), 2)
        if _gap(one, other) < GAP_MM * px_per_mm - 1
    ]
    assert close == []


def _gap(one: dict[str, Any], other: dict[str, Any]) -> float:
    (left, bottom, wide, high), (x, y, w, h) = one["rect"], other["rect"]
    return max(x - left - wide, left - x - w, y - bottom - high, bottom - y - h)


def test_capital_letters_are_as_high_as_eyes_need(measured: tuple[float, Any]) -> None:
    _, states = measured
    small = [
        f"{state}: {text['text'][:20]!r} {text['cap_mm']:.2f} mm of {text['least_mm']}"
        for state, found in states.items()
        for text in _of(found, "text")
        if text["cap_mm"] < text["least_mm"] - 0.01
    ]
    assert small == []


def test_no_text_is_cut_off_or_stands_outside_its_place(measured: tuple[float, Any]) -> None:
    _, states = measured
    wrong = []
    for state, found in states.items():
        for text in _of(found, "text"):
            left, bottom, wide, high = text["rect"]
            if (
                text["wide"] > wide + 2
                or text["high"] > high + 2
                or left < -1
                or bottom < -1
                or left + wide > 1081
                or bottom + high > 1921
                or (text["lines"][-1].endswith("…") and not text["text"].endswith("…") and not text["may_be_cut"])
            ):
                wrong.append(f"{state}: {text['text'][:24]!r} {text['wide']:.0f}x{text['high']:.0f} in {text['rect']}")
    assert wrong == []


def test_no_box_is_fuller_than_it_is_high(measured: tuple[float, Any]) -> None:
    _, states = measured
    wrong = [
        f"{state}: {box['name']} {box['rect']} over by {box['over']}"
        for state, found in states.items()
        for box in _of(found, "box")
        if max(box["over"]) > 1
    ]
    assert wrong == []
