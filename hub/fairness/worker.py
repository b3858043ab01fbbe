"""Works a report out in a process of its own: a day takes a second, and the hub's loop has five milliseconds."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import msgspec

from hub.errors import Refused
from hub.fairness.shown import Sheet

FRESH_S = 60.0
"""How long the report of a day that is not over is told before it is worked out anew."""
LONGEST_S = 120.0
_sheets: msgspec.msgpack.Decoder[Sheet] = msgspec.msgpack.Decoder(Sheet)


class Worker:
    """One process at a time, and the newest sheet. Every call returns at once."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._running: subprocess.Popen[bytes] | None = None
        self._written: IO[bytes] | None = None
        self._asked: tuple[dt.date, bool] | None = None
        self._sheet: tuple[dt.date, bool, float, Sheet] | None = None
        self._began = 0.0

    def told(self, date: dt.date, over: bool) -> Sheet | None:
        """The report of a date; None while it is being worked out. Refuses `report_failed`."""
        self._collect()
        if self._sheet is not None:
            of, was_over, at, sheet = self._sheet
            if (of, was_over) == (date, over) and (over or time.monotonic() - at < FRESH_S):
                return sheet
        if self._running is None:
            self._begin(date, over)
        return None

    def close(self) -> None:
        """Ends what is under way."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()
        if self._written is not None:
            self._written.close()
        self._running = self._written = self._asked = None

    def _begin(self, date: dt.date, over: bool) -> None:
        self._written = tempfile.TemporaryFile()  # noqa: SIM115 - read when the process has ended
        program = [sys.executable, "-m", "hub.fairness.at_work", str(self._place), f"{date}"]
        self._running = subprocess.Popen(program, stdin=subprocess.DEVNULL, stdout=self._written)  # noqa: S603 - our own
        self._asked, self._began = (date, over), time.monotonic()

    def _collect(self) -> None:
        if self._running is None or self._written is None or self._asked is None:
            return
        code = self._running.poll()
        if code is None and time.monotonic() - self._began < LONGEST_S:
            return
        self._written.seek(0)
        content, asked = self._written.read(), self._asked
        self.close()
        if code != 0:
            raise Refused("report_failed", "the report could not be worked out; the hub's journal says why")
        self._sheet = (*asked, time.monotonic(), _sheets.decode(content))
