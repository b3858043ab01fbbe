"""Nothing that was typed, drawn or offered is left in a living object once a screen was wiped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.screen import Screen

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    screen = Screen(1080, 1920)
    run = subprocess.run(
        [sys.executable, "-m", "tests.kiosk.screens.wiping"],
        env={**os.environ, "DISPLAY": screen.display},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    screen.close()
    return json.loads(run.stdout)


def test_what_is_written_and_drawn_stands_on_the_glass_before(told: dict[str, Any]) -> None:
    assert told["before"]["strokes"] == told["before"]["drawn"] == 4
    assert "line" in told["before"]["kinds"]


def test_no_text_line_candidate_or_stroke_is_left_afterwards(told: dict[str, Any]) -> None:
    assert told["after"] == {"kinds": [], "strokes": 0, "drawn": 0}
