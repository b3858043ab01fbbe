"""So many at once, and so many more with time: what may fail is spared a guesser's patience. Pure."""

from __future__ import annotations

import datetime as dt


class Allowance:
    """So many at once, so many back each second. Times are the hub's and never go back."""

    def __init__(self, size: int, per_s: float) -> None:
        self._size, self._per_s = size, per_s
        self._left = float(size)
        self._at: dt.datetime | None = None

    def left(self, now: dt.datetime) -> bool:
        """Whether there is one to use."""
        if self._at is not None:
            self._left = min(self._size, self._left + (now - self._at).total_seconds() * self._per_s)
        self._at = now
        return self._left >= 1

    def back_at(self, now: dt.datetime) -> dt.datetime:
        """When there is one to use again."""
        return now + dt.timedelta(seconds=max(0.0, 1 - self._left) / self._per_s)

    def use(self) -> None:
        self._left -= 1
