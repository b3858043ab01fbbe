"""The time that a kiosk dates by: the hub's, counted on since it was last heard; the computer's own before that.

A clock that is set in the middle of a day, back or forward, therefore moves no number to another date. Pure: both
clocks are passed in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable


class HallTime:
    """`wall` is the computer's UTC, `counted_s` any seconds that only go forward."""

    def __init__(self, wall: Callable[[], dt.datetime], counted_s: Callable[[], float]) -> None:
        self._wall = wall
        self._counted_s = counted_s
        self._heard: dt.datetime | None = None
        self._heard_s = 0.0

    def hear(self, at: dt.datetime | None) -> None:
        """The hub's own time when it was last heard; None while it was not."""
        if at is not None and at != self._heard:
            self._heard, self._heard_s = at, self._counted_s()

    def now(self) -> dt.datetime:
        """UTC."""
        if self._heard is None:
            return self._wall()
        return self._heard + dt.timedelta(seconds=self._counted_s() - self._heard_s)
