"""How long the kiosk waits: 60 s without a touch, then a warning that counts 20 s, then everything is wiped.

One tap extends it, any number of times (WCAG 2.2.1). Pure: `now_s` is any clock that only goes forward.
"""

from __future__ import annotations

import math
from typing import Literal

QUIET_S = 60.0
WARNING_S = 20.0

Mood = Literal["calm", "warning", "over"]


class Patience:
    """Counts from the last touch."""

    def __init__(self, now_s: float) -> None:
        self._touched_s = now_s

    def touched(self, now_s: float) -> None:
        self._touched_s = now_s

    def mood(self, now_s: float) -> Mood:
        quiet_s = now_s - self._touched_s
        if quiet_s < QUIET_S:
            return "calm"
        return "warning" if quiet_s < QUIET_S + WARNING_S else "over"

    def left_s(self, now_s: float) -> int:
        """Whole seconds until everything is wiped, as the warning counts them."""
        return max(0, math.ceil(self._touched_s + QUIET_S + WARNING_S - now_s))
