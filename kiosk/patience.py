"""How long the kiosk waits: 60 s without a touch, 120 s for who listens; then a warning counts 20 s, then all is wiped.

One tap extends it, any number of times (WCAG 2.2.1). Pure: `now_s` is any clock that only goes forward.
"""

from __future__ import annotations

import math
from typing import Literal

QUIET_S = 60.0
QUIET_LISTENING_S = 120.0
"""With speech on: what a screen says is heard to its end before anybody can act on it."""
WARNING_S = 20.0

Mood = Literal["calm", "warning", "over"]


class Patience:
    """Counts from the last touch."""

    def __init__(self, now_s: float) -> None:
        self._touched_s = now_s
        self._quiet_s = QUIET_S

    def listen(self, speech: bool) -> None:
        """Whether the screens are spoken."""
        self._quiet_s = QUIET_LISTENING_S if speech else QUIET_S

    def touched(self, now_s: float) -> None:
        self._touched_s = now_s

    def mood(self, now_s: float) -> Mood:
        quiet_s = now_s - self._touched_s
        if quiet_s < self._quiet_s:
            return "calm"
        return "warning" if quiet_s < self._quiet_s + WARNING_S else "over"

    def left_s(self, now_s: float) -> int:
        """Whole seconds until everything is wiped, as the warning counts them."""
        return max(0, math.ceil(self._touched_s + self._quiet_s + WARNING_S - now_s))
