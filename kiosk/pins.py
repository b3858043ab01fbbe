"""The lock of the staff corner: one PIN a terminal, a wait after every wrong one that a restart does not spare.

A failure is on the disk before the PIN is looked at: pulling the plug in the middle counts as one. Only the count is
kept, never when: the wait begins anew at a start, and no clock can be set forward to end it.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Literal

from hub import durable, pins

_log = logging.getLogger(__name__)

LONGEST_WAIT_S = 60.0
FAILURES_TO_TELL = 5
"""So many wrong PINs in a row are somebody who guesses: the windows are told."""

Verdict = Literal["right", "wrong", "no_pin"]


class Lock:
    """Checks PINs in `worker`, one at a time. `pin_file` is read at each check, so that a new PIN counts at once."""

    def __init__(
        self,
        pin_file: Path,
        worker: Executor,
        now_s: Callable[[], float],
        is_right: Callable[[str, str], bool] = pins.is_right,
    ) -> None:
        self._pin_file = pin_file
        self._count_file = pin_file.with_suffix(".failures")
        self._worker, self._now_s, self._is_right = worker, now_s, is_right
        self._checking: Future[bool] | None = None
        self.failures = self._failures_before()
        """Wrong PINs since the last right one."""
        self._failed_s = now_s()

    @property
    def has_pin(self) -> bool:
        return bool(self._hash())

    @property
    def checking(self) -> bool:
        """A PIN is being looked at: 80 ms by design."""
        return self._checking is not None

    @property
    def wait_s(self) -> int:
        """Whole seconds until the next PIN is looked at: 1, 2, 4 and so on after each failure, at most 60."""
        if not self.failures or self.checking:
            return 0
        wait = min(2.0 ** min(self.failures - 1, 10), LONGEST_WAIT_S)
        return max(0, math.ceil(self._failed_s + wait - self._now_s()))

    @property
    def troubles(self) -> frozenset[str]:
        """What staff at the windows should know."""
        return frozenset({"corner_pin_wrong"} if self.failures >= FAILURES_TO_TELL else ())

    def check(self, pin: str) -> None:
        """Begins to look at a PIN, unless it must wait or one is being looked at; `verdict` has what came of it."""
        if self.checking or self.wait_s:
            return
        known = self._hash()
        if not known:
            return
        self._count(self.failures + 1)
        self._checking = self._worker.submit(self._is_right, known, pin)

    def verdict(self) -> Verdict | None:
        """What became of the PIN under way, once; None while there is none."""
        if self._checking is None or not self._checking.done():
            return None
        checked, self._checking = self._checking, None
        self._failed_s = self._now_s()
        try:
            right = checked.result()
        except Exception:
            _log.exception("%s cannot be used; set the PIN anew with: bancheng kiosk pin", self._pin_file)
            return "no_pin"
        if right:
            self._count(0)
            _log.info("the staff corner was opened with its PIN")
            return "right"
        _log.warning("wrong PIN at the staff corner, %d in a row", self.failures)
        return "wrong"

    def drop(self) -> None:
        """Whoever gave the PIN under way has left: what becomes of it opens nothing, and it stays counted."""
        if self._checking is not None:
            self._checking, self._failed_s = None, self._now_s()

    def _hash(self) -> str:
        try:
            return self._pin_file.read_text().strip()
        except FileNotFoundError:
            return ""
        except OSError as wrong:
            _log.error("%s cannot be read: %s", self._pin_file, wrong)
            return ""

    def _failures_before(self) -> int:
        try:
            return max(0, int(self._count_file.read_text()))
        except FileNotFoundError:
            return 0
        except (OSError, ValueError) as wrong:
            _log.error("%s cannot be read: %s; taken for many failures", self._count_file, wrong)
            return FAILURES_TO_TELL

    def _count(self, failures: int) -> None:
        """A full disk does not keep out who comes to free it: then the count lasts as long as the program."""
        self.failures = failures
        try:
            durable.replace(self._count_file, f"{failures}\n".encode(), 0o600)
        except OSError as wrong:
            _log.error("%s cannot be written: %s; failures are forgotten at the next start", self._count_file, wrong)
