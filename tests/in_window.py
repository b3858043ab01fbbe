"""Programs of the tests that open a window, each on a screen of its own, and what they print."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing

from tests.running_hall import KIOSK
from tests.screen import Screen

TIMEOUT_S = 400.0


def ran(screen: Screen, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A program on this screen, to its end; where it fails, its own words are shown."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, "DISPLAY": screen.display},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done


def printed(module: str, *arguments: str, size: tuple[int, int] = KIOSK) -> str:
    """What a program prints on a screen so large."""
    with closing(Screen(*size)) as screen:
        return ran(screen, module, *arguments).stdout
