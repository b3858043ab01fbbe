"""Screens that went are freed when nobody waits for a picture, and the loop is quick only while somebody touches."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.screen import Screen

pytestmark = pytest.mark.e2e


def test_what_went_is_freed_when_nobody_touches_or_when_it_is_much_and_the_loop_is_quick_under_fingers() -> None:
    screen = Screen(1080, 1920)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.kiosk.screens.staging"],
            env={**os.environ, "DISPLAY": screen.display},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    finally:
        screen.close()
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told) == 6
    assert [what for what, so in told.items() if not so] == []
