"""A terminal's own heartbeat, by which the hub knows that it lives and what it suffers from."""

from __future__ import annotations

from collections.abc import Callable

from hub.wire.messages import Answer, ReportHealth

EVERY_S = 30.0


class Pulse:
    """Reports troubles by code: at once when they change, else regularly, and one report at a time.

    A report waits until the hub answers it, so that none piles up behind another while the hub is away.
    """

    def __init__(self, send: Callable[[ReportHealth, Callable[[Answer], None]], object]) -> None:
        self._send = send
        self._told: tuple[str, ...] | None = None
        self._told_s = float("-inf")
        self._under_way = False

    def poll(self, now_s: float, troubles: tuple[str, ...] = ()) -> bool:
        """Sends a report when one is due; whether it did. `now_s` is any clock that only goes forward."""
        if self._under_way or (troubles == self._told and now_s - self._told_s < EVERY_S):
            return False
        self._under_way, self._told, self._told_s = True, troubles, now_s
        self._send(ReportHealth(troubles=troubles), self._answered)
        return True

    def _answered(self, _answer: Answer) -> None:
        self._under_way = False
