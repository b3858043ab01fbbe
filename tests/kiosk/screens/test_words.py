"""The writing screen on its glass: quick strokes arrive whole, and wiping leaves nothing in any living object."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from tests.in_window import printed
from tests.kiosk.screens.quick_stroke import CORNERS

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def told() -> Any:
    return json.loads(printed("tests.kiosk.screens.wiping"))


def test_a_slow_frame_does_not_cut_the_corner_of_a_quick_stroke() -> None:
    (stroke,) = json.loads(printed("tests.kiosk.screens.quick_stroke"))
    assert len(stroke) == len(CORNERS)
    for point, corner in zip(stroke, CORNERS, strict=True):
        assert math.dist(point, corner) < 5


def test_what_is_written_and_drawn_stands_on_the_glass_before(told: dict[str, Any]) -> None:
    assert told["before"]["strokes"] == told["before"]["drawn"] == 4
    assert "line" in told["before"]["kinds"]


def test_no_text_line_candidate_or_stroke_is_left_afterwards(told: dict[str, Any]) -> None:
    assert told["after"] == {"kinds": [], "strokes": 0, "drawn": 0}
