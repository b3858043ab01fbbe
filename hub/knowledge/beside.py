"""The search in a process of its own: the index of a large hall takes half a minute to read and some hundred megabytes.

It begins with the first question and is read anew after every start of the hub: nothing of it is on a disk, where the
texts are sealed. The hub's side never waits.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from hub.errors import Refused
from hub.wire import messages as m

FRESH_S = 60.0
"""How long an answer is told before it is looked for anew."""
KEPT_AT_MOST = 64
AGAIN_AFTER_S = 30.0
"""After a search that ended: soon enough for who waits, too seldom to keep a machine busy."""


class Found(msgspec.Struct, frozen=True):
    """What was found for a case."""

    number: str
    cases: tuple[m.SimilarCase, ...]


_found = msgspec.json.Decoder(Found)


class Beside:
    """One process, begun when first asked. Every call returns at once."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._running: subprocess.Popen[bytes] | None = None
        self._began_s = -AGAIN_AFTER_S
        self._read = b""
        self._waiting: dict[str, None] = {}
        self._answers: dict[str, tuple[float, tuple[m.SimilarCase, ...]]] = {}

    def near(self, number: str) -> tuple[m.SimilarCase, ...] | None:
        """Closed cases like one; None while they are looked for. Refuses `search_failed`."""
        self._collect()
        at, cases = self._answers.get(number, (0.0, None))
        if cases is not None and time.monotonic() - at < FRESH_S:
            return cases
        if number not in self._waiting and len(self._waiting) < KEPT_AT_MOST:
            self._ask(number)
        return None

    def close(self) -> None:
        """Ends the process."""
        if self._running is None:
            return
        self._running.kill()
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                pipe.close()
        self._running, self._read = None, b""
        self._waiting.clear()

    def _ask(self, number: str) -> None:
        if self._running is None:
            if time.monotonic() - self._began_s < AGAIN_AFTER_S:
                return
            self._begin()
        assert self._running is not None
        assert self._running.stdin is not None
        try:
            os.write(self._running.stdin.fileno(), f"{number}\n".encode())
        except (BlockingIOError, BrokenPipeError):
            return  # full, or just ended: the next question finds out
        self._waiting[number] = None

    def _begin(self) -> None:
        program = [sys.executable, "-m", "hub.knowledge.at_work", str(self._place)]
        self._running = subprocess.Popen(  # noqa: S603 - our own
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._began_s = time.monotonic()
        for pipe in (self._running.stdin, self._running.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)

    def _collect(self) -> None:
        """Takes in what was answered; refuses `search_failed` where the process has ended."""
        if self._running is None:
            return
        assert self._running.stdout is not None
        while chunk := _arrived(self._running.stdout.fileno()):
            self._read += chunk
        *lines, self._read = self._read.split(b"\n")
        for line in lines:
            found = _found.decode(line)
            self._waiting.pop(found.number, None)
            self._answers.pop(found.number, None)
            self._answers[found.number] = (time.monotonic(), found.cases)
        while len(self._answers) > KEPT_AT_MOST:
            del self._answers[next(iter(self._answers))]
        if self._running.poll() is not None:
            self.close()
            raise Refused("search_failed", "earlier cases could not be looked through; the hub's journal says why")


def _arrived(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except BlockingIOError:
        return b""
