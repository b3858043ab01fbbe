"""One device that talks of its own accord, on a line that may be unplugged at any time: scanner or rating pad.

A thread of its own reads it, opened again with backoff when it breaks, so that no window ever waits for it.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from printers.connection import Connection, open_line
from printers.errors import ConnectionLost, LineSilent

LOOK_S = 0.5
TRY_AGAIN_FIRST_S, TRY_AGAIN_MOST_S = 0.5, 8.0

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Reading(Protocol[T]):
    """Bytes of a line into what they mean; a new one is made whenever the line is opened."""

    def feed(self, heard: bytes, now_s: float) -> list[T]: ...


class Listener(Generic[T]):
    """Reads one line until it is stopped. `trouble` is the code that staff hear while it is down."""

    silent: type[LineSilent] = LineSilent

    def __init__(
        self, connect: Callable[[], Connection], reading: Callable[[], Reading[T]], now_s: Callable[[], float]
    ) -> None:
        self.trouble = ""
        self._connect, self._reading, self._now_s = connect, reading, now_s
        self._heard: queue.SimpleQueue[T] = queue.SimpleQueue()
        self._wanted: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def heard(self) -> list[T]:
        """What it said since the last time; never waits."""
        return _taken(self._heard)

    def write(self, data: bytes) -> None:
        """Says something to the device, soon; while its line is down it is not said at all."""
        self._wanted.put(data)

    # --- the thread

    def _run(self) -> None:
        pause_s = TRY_AGAIN_FIRST_S
        while not self._stopping.is_set():
            try:
                line = self._connect()
            except LineSilent as wrong:
                if not self.trouble:
                    _log.warning("%s", wrong)
                self.trouble = wrong.code
            else:
                pause_s = TRY_AGAIN_FIRST_S
                self._listen(line)
            self._stopping.wait(pause_s)
            pause_s = min(pause_s * 2, TRY_AGAIN_MOST_S)

    def _listen(self, line: Connection) -> None:
        """Until the line breaks or the program ends."""
        reading, said = self._reading(), b""
        _taken(self._wanted)  # what should have been said before the line was there is late by now
        self.trouble = ""
        try:
            while not self._stopping.is_set():
                wanted: list[bytes] = _taken(self._wanted)
                said += b"".join(wanted)
                written, heard = line.exchange(said, LOOK_S)
                said = said[written:]
                if heard:
                    for one in reading.feed(heard, self._now_s()):
                        self._heard.put(one)
        except ConnectionLost as wrong:
            _log.warning("a device's line broke: %s; it is opened again", wrong)
            self.trouble = self.silent.code
        finally:
            line.close()


def connector(what: str, url: str, baud: int, silent: type[LineSilent]) -> Callable[[], Connection]:
    """Opens a device's line when called; raises that `LineSilent`."""

    def connect() -> Connection:
        try:
            return open_line(url, baud)
        except (OSError, ValueError) as wrong:
            raise silent(
                f"the {what} at {url} cannot be opened ({wrong}); check its cable and the name in hall.toml"
            ) from wrong

    return connect


def _taken(waiting: queue.SimpleQueue[T]) -> list[T]:
    taken: list[T] = []
    while not waiting.empty():
        taken.append(waiting.get())
    return taken
