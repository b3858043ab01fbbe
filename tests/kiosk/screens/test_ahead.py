"""What a finger will ask for is made while it lies there, and shown only if it asks for just that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.screen import Screen

pytestmark = pytest.mark.e2e


def test_the_screen_made_under_a_finger_is_shown_if_it_asks_for_just_that_and_else_nothing_of_it_is_left(
    tmp_path: Path,
) -> None:
    screen = Screen(1080, 1920)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.kiosk.screens.foreseeing", str(tmp_path / "outbox.db")],
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
    assert len(told) == 11
    assert [what for what, so in told.items() if not so] == []
