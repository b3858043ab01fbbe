"""What the first citizen would wait for is made before they come."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.screen import Screen

pytestmark = pytest.mark.e2e


def test_the_screens_of_a_complaint_are_made_before_the_first_citizen_and_their_keys_write_for_the_next() -> None:
    screen = Screen(1080, 1920)
    try:
        said = subprocess.run(
            [sys.executable, "-m", "tests.kiosk.screens.rehearsing"],
            env={**os.environ, "DISPLAY": screen.display},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout
    finally:
        screen.close()
    told = json.loads(said)
    assert told["names"] == ["matter", "reason", "words", "contact", "check", "done"]
    assert told["kept"] >= 30, "the next keyboard has the keys of the one before"
    assert told["typed"] == "banzheng"
