"""Runs a driver of this package in a window of its own, and returns the line of JSON that it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.screen import Screen


def told_by(driver: str, *arguments: str) -> dict[str, Any]:
    """What `tests.kiosk.screens.DRIVER` tells; its own words are shown where it fails."""
    screen = Screen(1080, 1920)
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.kiosk.screens.{driver}", *arguments],
            env={**os.environ, "DISPLAY": screen.display},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    finally:
        screen.close()
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told
