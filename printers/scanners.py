"""Barcode scanners: on a serial line, or typing like a keyboard. What they read is text; what it means is not theirs.

A serial scanner ends each code with a carriage return. A scanner that types (keyboard wedge) sends a burst of
characters and Enter, faster than anybody types.
"""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.hall import Scanner
from hub.domain.scanned import LONGEST
from printers import listening
from printers.connection import Connection
from printers.errors import ScannerSilent
from printers.listening import Listener

QUIET_S = 0.5
"""A code comes in one piece: what stands there after such a pause was noise, or half a code."""
BEGUN = 4
"""After so many characters in a burst, keys that mean something to a program are a code's."""
BURST_S = 1.0
"""Longer between two characters, and it was a person; a slow frame of a busy kiosk takes no code apart."""


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

    def under_way(self, now_s: float) -> bool:
        """Whether so much has come in one burst that what follows is a code's too."""
        return len(self._kept(now_s)) >= BEGUN

    def _kept(self, now_s: float) -> str:
        return self._burst if now_s - self._heard_s <= BURST_S else ""


class SerialScanner(Listener[str]):
    """Reads one scanner: `codes` are what it read."""

    silent = ScannerSilent

    def __init__(self, connect: Callable[[], Connection], now_s: Callable[[], float]) -> None:
        super().__init__(connect, Codes, now_s)

    def codes(self) -> list[str]:
        """What was read since the last time; never waits."""
        return self.heard()


def connector(scanner: Scanner) -> Callable[[], Connection]:
    """Opens the scanner's line when called; raises `ScannerSilent`."""
    return listening.connector("scanner", scanner.url, scanner.baud, ScannerSilent)
