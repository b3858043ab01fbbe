"""Fingers as fast as a screen answers: real presses and releases on an Xvfb, and when the picture changed."""

from __future__ import annotations

import os
import subprocess
import time

from tests.processes import until
from tests.screen import Screen

PRESS_S = 0.05
SHOWN_S = 0.2
"""So long it lies there at most until the key is seen to be pressed."""
SAME_PLACE_PX, SAME_TOUCH_S = 48, 0.35
"""The kiosk takes two touches at one place within 0.3 s for one."""
POLL_S = 0.002
"""So often the picture is looked at: more often would take from what is measured, which draws on the same two cores."""
NEW_SCREEN = 0.02
"""A part of the picture so large changes with a new screen; a released key changes less."""


class Fingers:
    """Touches by name, through one xdotool that stays. `taps` counts them."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.taps = 0
        self._last = (0.0, -SAME_PLACE_PX, -SAME_PLACE_PX)
        self._tool = subprocess.Popen(
            ["xdotool", "-"], stdin=subprocess.PIPE, text=True, env={**os.environ, "DISPLAY": screen.display}
        )

    def touch(self, key: str, *, part: float = NEW_SCREEN) -> float:
        """Presses and lets go; milliseconds from letting go until `part` of the picture had changed."""
        until(f"the button {key!r}", lambda: self._screen.has(key), every_s=0.002)
        left, top, width, height = self._screen.seen()["touch"][key]
        x, y = left + width // 2, top + height // 2
        at, last_x, last_y = self._last
        if abs(x - last_x) < SAME_PLACE_PX and abs(y - last_y) < SAME_PLACE_PX:
            # A person who means a second touch is no quicker; the kiosk would take it for the first.
            time.sleep(max(0.0, at + SAME_TOUCH_S - time.monotonic()))  # not in the measured time
        untouched, pressed = self._screen.glance(), time.monotonic()
        self._say(f"mousemove {x} {y} mousedown 1")
        while time.monotonic() < pressed + PRESS_S or (
            self._screen.glance() == untouched and time.monotonic() < pressed + SHOWN_S
        ):
            time.sleep(POLL_S)  # how long a finger lies on the glass; it is not in the measured time
        before = self._screen.glance()
        least = max(1, int(part * len(before)))
        self._screen.lifting()
        let_go = time.perf_counter()
        self._say("mouseup 1")
        until(f"an answer to {key!r}", lambda: _differ(before, self._screen.glance(), least), every_s=POLL_S)
        took_ms = (time.perf_counter() - let_go) * 1000
        self.taps += 1
        self._last = (time.monotonic(), x, y)
        return took_ms

    def close(self) -> None:
        assert self._tool.stdin is not None
        self._tool.stdin.close()
        self._tool.wait()

    def _say(self, words: str) -> None:
        assert self._tool.stdin is not None
        self._tool.stdin.write(words + "\n")
        self._tool.stdin.flush()


def _differ(one: bytes, other: bytes, least: int) -> bool:
    return one != other and sum(a != b for a, b in zip(one, other, strict=True)) >= least
