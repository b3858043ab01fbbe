"""The hub's time: UTC that never goes back, and that follows no jump of the computer's clock it cannot believe.

What has passed is counted beside the computer's clock, so that a jump of the one against the other is seen:

- A clock set **back** is followed by going at half speed until it has caught up: no moment comes twice.
- A clock set **forward** by minutes is believed: it was slow. By more, it is believed once it has stayed there for a
  quarter of an hour; until then the hub goes on by its own counting, and turns no day by it. Numbers carry dates.
- At the **start** nothing was counted. The newest moment on the disk is never gone behind, and a gap that no holiday
  explains must stay as above. Shorter ones are believed, for halls are switched off at night.

docs/decisions/0011.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger()

STEP = dt.timedelta(seconds=1)
"""Less is the everyday trimming of a clock."""
BELIEVED_AT_ONCE = dt.timedelta(minutes=5)
MUST_STAY = dt.timedelta(minutes=15)
CLOSED_AT_MOST = dt.timedelta(days=15)
"""Longer than any hall's holidays."""
_READ_TOGETHER_S = 0.1
_NO_TIME = dt.timedelta(0)


def counted_s() -> float:
    """Seconds that have passed, whatever is done to the clock; a computer that sleeps counts them too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class HubClock:
    """The time of one hub. `wall` gives the computer's UTC, `counted` seconds since anything."""

    def __init__(self, wall: Callable[[], dt.datetime], counted: Callable[[], float] = counted_s) -> None:
        self._wall = wall
        self._counted = counted
        self._latest, self._latest_s = self._read()
        self._skew = _NO_TIME
        """How far the computer's clock is ahead of the hub's time."""
        self._ahead_since_s = self._latest_s
        self._jumps: list[dt.timedelta] = []

    def begin(self, newest: dt.datetime | None) -> None:
        """Goes on from the newest moment on the disk; None where there is none."""
        wall, self._latest_s = self._read()
        self._ahead_since_s = self._latest_s
        gap = _NO_TIME if newest is None else wall - newest
        if newest is not None and not -STEP <= gap <= CLOSED_AT_MOST:
            self._jumped(gap)
            self._latest, self._skew = newest, gap
        else:
            self._latest, self._skew = max(wall, newest or wall), min(gap, _NO_TIME)

    def now(self) -> dt.datetime:
        """The hub's time; never before what it was."""
        wall, counted_s = self._read()
        passed = dt.timedelta(seconds=max(0.0, counted_s - self._latest_s))
        by_counting = self._latest + passed
        ahead = wall - by_counting
        if abs(ahead - self._skew) > STEP:
            self._jumped(ahead - self._skew)
            self._ahead_since_s = counted_s
        if ahead < -STEP:
            now = max(wall, self._latest + passed / 2)
        elif ahead <= BELIEVED_AT_ONCE:
            now = max(wall, self._latest)
        elif counted_s - self._ahead_since_s >= MUST_STAY.total_seconds():
            log.error("clock.believed", seconds=ahead.total_seconds())
            now = wall
        else:
            now = by_counting
        self._latest, self._latest_s, self._skew = now, counted_s, wall - now
        return now

    def take_jumps(self) -> list[dt.timedelta]:
        """The jumps seen since this was last asked, forward and back."""
        seen, self._jumps = self._jumps, []
        return seen

    def _jumped(self, by: dt.timedelta) -> None:
        log.error("clock.went_back" if by < _NO_TIME else "clock.went_forward", seconds=by.total_seconds())
        self._jumps.append(by)

    def _read(self) -> tuple[dt.datetime, float]:
        """Both clocks at one moment: again when the process was held up between the two."""
        while True:
            before_s = self._counted()
            wall = self._wall()
            after_s = self._counted()
            if after_s - before_s < _READ_TOGETHER_S:
                return wall, after_s
