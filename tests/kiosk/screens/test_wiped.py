"""Every screen forgets what a citizen wrote as soon as it is told to, before it is thrown away."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.screen import Screen

pytestmark = pytest.mark.e2e


def test_nothing_personal_is_left_on_any_screen_that_was_wiped() -> None:
    screen = Screen(1080, 1920)
    try:
        told = subprocess.run(
            [sys.executable, "-m", "tests.kiosk.screens.wiped", "shanting"],
            env={**os.environ, "DISPLAY": screen.display},
            capture_output=True,
            text=True,
            timeout=180,
            check=True,
        ).stdout
    finally:
        screen.close()
    states = [json.loads(line) for line in told.splitlines()]
    written = {one["state"].partition(".")[0] for one in states if one["before"]}
    assert written >= {"words", "contact", "check"}, "the screens were looked at with something on them"
    assert [f"{one['state']}: {one['after']}" for one in states if one["after"]] == []
