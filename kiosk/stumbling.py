"""What becomes of a mistake of ours while a citizen stands here: it is logged, the session ends, home is back.

A second one within a minute is no accident: the fault screen, and a new start. Pure but for the log; no kivy.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType

TROUBLE = "kiosk_stumbled"
WITHIN_S = 60.0
TOLD_S = 120.0
"""So long staff read of it; then it is in their notices alone."""
EXIT_CODE = 70
"""What the window ends with when it gives itself up (`EX_SOFTWARE`)."""

_log = logging.getLogger("kiosk")


class Stumbles:
    """The mistakes of one run. `now_s` is any clock that only goes forward."""

    def __init__(self) -> None:
        self._last_s = float("-inf")

    def again(self, now_s: float) -> bool:
        """One more; whether it is the second within a minute."""
        last_s, self._last_s = self._last_s, now_s
        return now_s - last_s < WITHIN_S

    def troubles(self, now_s: float) -> frozenset[str]:
        """What staff should know."""
        return frozenset({TROUBLE} if now_s - self._last_s < TOLD_S else ())


def told(wrong: BaseException) -> str:
    """Kinds and places of an exception and what caused it. Never its words: they may be a citizen's."""
    return "; because of ".join(
        f"{type(one).__name__} at {' < '.join(_places(one.__traceback__)) or 'no place of ours'}"
        for one in _chain(wrong)
    )


def log(wrong: BaseException) -> None:
    _log.error("a mistake of ours: %s", told(wrong))


def log_uncaught() -> None:
    """From now on what nobody catches, in any thread, is logged like that too, and not printed whole."""
    sys.excepthook = lambda _kind, wrong, _trace: log(wrong)
    threading.excepthook = lambda thrown: log(thrown.exc_value) if thrown.exc_value else None


def _chain(wrong: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = wrong
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _places(trace: TracebackType | None) -> Iterator[str]:
    """Innermost first."""
    for frame in reversed(traceback.extract_tb(trace, limit=-8)):
        yield f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
