"""The hub's log: JSON lines with command ids and case numbers, never a citizen's words, never a disk full of them.

What repeats at a terminal's will is said a few times and then counted; what goes wrong is also kept for
`bancheng status`.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

import msgspec
import structlog
import zmq
from structlog.typing import EventDict

from hub.errors import HubError, Refused

AT_A_TERMINAL_S_WILL = frozenset(
    {
        "answer.undelivered",
        "command.refused",
        "command.rejected",
        "connection.cut",
        "connection.refused",
        "frame.rejected",
        "key.unknown",
        "letter.failed",
        "command.failed",
        "query.failed",
        "login.locked",
        "login.refused",
        "login.too_many",
        "look_up.too_many",
        "terminal.too_many",
    }
)
"""Lines that a terminal, or a stranger, can bring about as often as it likes."""
LINES_AT_ONCE = 10
QUIET_S = 10.0
"""Of one kind and terminal, so many lines are written in so many seconds; the next one says how many were left out."""

QUOTES_NOBODY = (OSError, sqlite3.Error, zmq.ZMQError, HubError)
"""Exceptions whose text is made of names of files, tables and addresses. What others say may quote a citizen, and a
refusal quotes what it refuses."""


@dataclass(frozen=True)
class Trouble:
    """The last line at or above warning: its event's name and when it was written (seconds since 1970)."""

    event: str
    at_s: float


class Watch:
    """Counts lines at or above warning by event, and remembers the last: what `bancheng status` tells."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.counts: dict[str, int] = {}
        self.last: Trouble | None = None
        self._clock = clock

    def __call__(self, _logger: object, _method: str, line: EventDict) -> EventDict:
        if line["level"] in ("warning", "error", "critical"):
            event = str(line["event"])
            self.counts[event] = self.counts.get(event, 0) + 1
            self.last = Trouble(event, self._clock())
        return line


class Throttle:
    """Drops lines of `AT_A_TERMINAL_S_WILL` beyond `LINES_AT_ONCE` in `QUIET_S`: a flood must not fill the disk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said: dict[tuple[str, str], tuple[float, int]] = {}
        """(event, terminal) → when its window began and how many lines came in it. As many keys as terminals."""

    def __call__(self, _logger: object, _method: str, line: EventDict) -> EventDict:
        event = str(line["event"])
        if event not in AT_A_TERMINAL_S_WILL:
            return line
        key, now = (event, str(line.get("terminal", ""))), self._clock()
        began, lines = self._said.get(key, (now, 0))
        if now - began >= QUIET_S:
            if lines > LINES_AT_ONCE:
                line["unsaid"] = lines - LINES_AT_ONCE
            began, lines = now, 0
        self._said[key] = (began, lines + 1)
        if lines >= LINES_AT_ONCE:
            raise structlog.DropEvent
        return line


def without_words(_logger: object, _method: str, line: EventDict) -> EventDict:
    """An exception as its type and the places it came through; its text only where that quotes nobody."""
    wrong = line.pop("exc_info", None)
    if wrong is True:
        wrong = sys.exc_info()[1]
    if isinstance(wrong, tuple):
        wrong = wrong[1]
    if isinstance(wrong, BaseException):
        line["exception"] = "\ncaused by ".join(_told(one) for one in _chain(wrong))
    return line


def log_as_json(to: BinaryIO | None = None) -> Watch:
    """Sets the process's log up: one JSON object a line on standard error."""
    watch = Watch()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            watch,
            Throttle(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            structlog.processors.JSONRenderer(serializer=_as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(to or sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    return watch


def _as_json(line: object, default: Callable[[Any], Any], **_: object) -> bytes:
    """One line; a complaint is logged each time, so this is the quickest encoder at hand."""
    return msgspec.json.encode(line, enc_hook=default)


def case_of(command: object) -> str:
    """The number of the case that a carried-out command was about; empty where it named none."""
    return getattr(command, "case_number", "") or getattr(command, "work_order_id", "").partition("/")[0]


def _chain(wrong: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = wrong
    while following is not None and following not in found:
        found.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return found


def _told(wrong: BaseException) -> str:
    kind = f"{type(wrong).__module__}.{type(wrong).__qualname__}"
    words = f": {wrong}" if isinstance(wrong, QUOTES_NOBODY) and not isinstance(wrong, Refused) else ""
    frames = traceback.extract_tb(wrong.__traceback__)
    places = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return kind + words + places
