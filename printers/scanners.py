"""Barcode scanners: on a serial line, or typing like a keyboard. What they read is text; what it means is not theirs.

A serial scanner ends each code with a carriage return. Its line is read by a thread of its own, opened again with
backoff when it breaks, so that no window ever waits for it. A scanner that types (keyboard wedge) sends a burst of
characters and Enter, faster than anybody types.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from hub.domain.hall import Scanner
from hub.domain.scanned import LONGEST
from printers.connection import Connection, open_line
from printers.errors import ConnectionLost, ScannerSilent

QUIET_S = 0.5
"""A code comes in one piece: what stands there after such a pause was noise, or half a code."""
BURST_S = 1.0
"""Longer between two characters, and it was a person; a slow frame of a busy kiosk takes no code apart."""
LOOK_S = 0.5
TRY_AGAIN_FIRST_S, TRY_AGAIN_MOST_S = 0.5, 8.0

_log = logging.getLogger(__name__)


class Codes:
    """Bytes of a serial line into codes. Pure: `now_s` is any clock that only goes forward."""

    def __init__(self) -> None:
        self._waiting = b""
        self._heard_s = float("-inf")

    def feed(self, heard: bytes, now_s: float) -> list[str]:
        """The codes that end in what was heard; no code is longer than one can be."""
        if now_s - self._heard_s > QUIET_S:
            self._waiting = b""
        self._heard_s = now_s
        *whole, rest = (self._waiting + heard).replace(b"\n", b"\r").split(b"\r")
        self._waiting = rest[-LONGEST - 1 :]
        return [one.decode("ascii", "replace") for one in whole if one]


class Wedge:
    """Characters of a keyboard into codes: only a burst that ends with Enter is one. Pure."""

    def __init__(self) -> None:
        self._burst = ""
        self._heard_s = float("-inf")

    def type(self, text: str, now_s: float) -> None:
        """Characters, as the keyboard gives them."""
        self._burst = (self._kept(now_s) + text)[-LONGEST - 1 :]
        self._heard_s = now_s

    def enter(self, now_s: float) -> str:
        """The code that ends here; empty where somebody typed it, or nothing."""
        code, self._burst = self._kept(now_s), ""
        return code

    def forget(self) -> None:
        self._burst = ""

    def _kept(self, now_s: float) -> str:
        return self._burst if now_s - self._heard_s <= BURST_S else ""


class SerialScanner:
    """Reads one scanner until it is stopped. `trouble` is the code that staff hear while its line is down."""

    def __init__(self, connect: Callable[[], Connection], now_s: Callable[[], float]) -> None:
        self.trouble = ""
        self._connect, self._now_s = connect, now_s
        self._read: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def codes(self) -> list[str]:
        """What was read since the last time; never waits."""
        read: list[str] = []
        while not self._read.empty():
            read.append(self._read.get())
        return read

    # --- the thread

    def _run(self) -> None:
        pause_s = TRY_AGAIN_FIRST_S
        while not self._stopping.is_set():
            try:
                line = self._connect()
            except ScannerSilent as wrong:
                if not self.trouble:
                    _log.warning("%s", wrong)
                self.trouble = wrong.code
            else:
                pause_s, self.trouble = TRY_AGAIN_FIRST_S, ""
                self._listen(line)
            self._stopping.wait(pause_s)
            pause_s = min(pause_s * 2, TRY_AGAIN_MOST_S)

    def _listen(self, line: Connection) -> None:
        """Until the line breaks or the program ends."""
        codes = Codes()
        try:
            while not self._stopping.is_set():
                _, heard = line.exchange(b"", LOOK_S)
                if heard:
                    for code in codes.feed(heard, self._now_s()):
                        self._read.put(code)
        except ConnectionLost as wrong:
            _log.warning("the scanner's line broke: %s; it is opened again", wrong)
            self.trouble = ScannerSilent.code
        finally:
            line.close()


def connector(scanner: Scanner) -> Callable[[], Connection]:
    """Opens the scanner's line when called; raises `ScannerSilent`."""

    def connect() -> Connection:
        try:
            return open_line(scanner.url, scanner.baud)
        except (OSError, ValueError) as wrong:
            raise ScannerSilent(
                f"the scanner at {scanner.url} cannot be opened ({wrong}); check its cable and the name in hall.toml"
            ) from wrong

    return connect
