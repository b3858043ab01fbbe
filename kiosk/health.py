"""What this kiosk tells the hub of itself: its troubles by code, at once when they change, and regularly."""

from __future__ import annotations

from collections.abc import Callable

from hub.wire.messages import Answer, Done, ReportHealth
from printers.errors import PrinterFault, PrinterSilent
from printers.status import Condition

EVERY_S = 30.0
AT_ONCE: frozenset[Condition] = frozenset({"paper_out", "paper_near_end"})
STANDS_S = 20.0
"""So long the printer is open, broken or silent before anybody is called to it."""
CODES: dict[Condition, str] = {"silent": PrinterSilent.code, "fault": PrinterFault.code}
"""Conditions whose trouble is called otherwise."""
STAFF_CALLED = "staff_called"
CALL_LASTS_S = 120.0
"""A call for staff stands so long; after that the same button calls anew."""


class PrinterHealth:
    """What the printer says of itself, before a citizen waits for it. What passes by itself is no trouble: a cover
    stands open while somebody puts in a roll."""

    def __init__(self, condition: Callable[[], Condition], now_s: Callable[[], float]) -> None:
        self._condition, self._now_s = condition, now_s
        self._seen: Condition = "ready"
        self._since_s = float("-inf")

    @property
    def troubles(self) -> frozenset[str]:
        seen, now_s = self._condition(), self._now_s()
        if seen != self._seen:
            self._seen, self._since_s = seen, now_s
        told = seen in AT_ONCE or (seen != "ready" and now_s - self._since_s >= STANDS_S)
        return frozenset({CODES.get(seen, seen)} if told else ())


class Health:
    """Reports troubles; one report at a time is under way, so that none overtakes another."""

    def __init__(self, send: Callable[[ReportHealth, Callable[[Answer], None]], object]) -> None:
        self._send = send
        self._told: tuple[str, ...] | None = None
        self._told_s = float("-inf")
        self._under_way = False
        self._called_s = float("-inf")
        self._heard: list[Callable[[], None]] = []

    def call_staff(self, now_s: float, heard: Callable[[], None]) -> None:
        """呼叫工作人员: a trouble that the hub turns into a notice for the windows; `heard` when the hub has it."""
        self._called_s = now_s
        self._told = None
        self._heard.append(heard)

    def poll(self, now_s: float, troubles: frozenset[str], outbox: Callable[[], int]) -> None:
        """Sends a report when the troubles changed or the last one is old; only then `outbox` is counted."""
        called = {STAFF_CALLED} if now_s - self._called_s < CALL_LASTS_S else set()
        now = tuple(sorted(troubles | called))
        if self._under_way or (now == self._told and now_s - self._told_s < EVERY_S):
            return
        self._under_way, self._told, self._told_s = True, now, now_s
        heard, self._heard = self._heard, []
        self._send(ReportHealth(troubles=now, outbox=outbox()), lambda answer: self._answered(answer, heard))

    def _answered(self, answer: Answer, heard: list[Callable[[], None]]) -> None:
        self._under_way = False
        if isinstance(answer, Done):
            for one in heard:
                one()
