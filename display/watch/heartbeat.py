"""The window's sign of life to the watchdog that started it, and what a watched process owes: to leave nothing behind.

A beat is written from Kivy's clock: a window that no longer draws or listens does not beat. One that has no display
to draw on says that it waits.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
from collections.abc import Mapping

ENVIRONMENT = "BANCHENG_HEARTBEAT"
"""The descriptor that beats go to; unset in a window that nobody watches."""
AGAIN = "BANCHENG_STARTED_AGAIN"
"""Set when an earlier window of the same watchdog did not end as it should."""
EVERY_S = 0.5
BEAT, WAIT = b".", b"w"
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4


class Heartbeat:
    """One end of a pipe; a watchdog that reads late loses nothing but beats."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        os.set_blocking(descriptor, False)

    @classmethod
    def to_watchdog(cls, environment: Mapping[str, str]) -> Heartbeat | None:
        """None in a window that nobody watches."""
        told = environment.get(ENVIRONMENT, "")
        return cls(int(told)) if told else None

    @property
    def heard(self) -> bool:
        """Whether anybody still holds the other end."""
        asking = select.poll()
        asking.register(self._descriptor, 0)
        return not asking.poll(0)

    def beat(self) -> None:
        self._say(BEAT)

    def wait(self) -> None:
        """There is no display yet; nothing of the time to the first beat has gone by."""
        self._say(WAIT)

    def _say(self, sign: bytes) -> None:
        try:
            os.write(self._descriptor, sign)
        except BlockingIOError:
            return  # many beats wait there already


def keep_nothing(heartbeat: Heartbeat | None) -> None:
    """No core dump of a process that holds what citizens typed; a watched one ends with its watchdog (Linux)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0)
    if heartbeat is not None:
        end_with(heartbeat)


def end_with(heartbeat: Heartbeat) -> None:
    """A watched process ends with its watchdog, also when that was killed (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if not heartbeat.heard:
        os.kill(os.getpid(), signal.SIGKILL)  # the watchdog ended before it could be followed


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option} was refused")
