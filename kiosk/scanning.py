"""Codes that a scanner reads, on a line of its own or as a keyboard: for the service that asks for one just now.

At any other time they are nobody's, and nothing of them is kept. `window` is Kivy's, or another source of its events.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.services import TakesCode
from kiosk.terminal import Terminal
from printers.scanners import Wedge

ENTER = (13, 271)
"""Return, and Enter of a number pad, as Kivy knows them."""


class Scanning:
    """`free` says whether the screen itself is before the citizen; `taken` is called when a service took a code."""

    def __init__(
        self, terminal: Terminal, now_s: Callable[[], float], free: Callable[[], bool], taken: Callable[[], None]
    ) -> None:
        self._terminal, self._now_s, self._free, self._taken = terminal, now_s, free, taken
        self._wedge = Wedge()

    def follow(self, window: Any) -> None:
        window.bind(on_textinput=self._typed, on_key_down=self._key_pressed)

    def poll(self) -> None:
        """What came over the line since the last time."""
        for code in self._terminal.codes():
            self._scanned(code)

    def forget(self) -> None:
        self._wedge.forget()

    def _typed(self, _window: object, text: str) -> None:
        if isinstance(self._terminal.flow, TakesCode):
            self._wedge.type(text, self._now_s())

    def _key_pressed(self, _window: object, key: int, *_: object) -> bool:
        """Enter ends what a scanner types; nothing else on a keyboard means anything here."""
        if key in ENTER:
            self._scanned(self._wedge.enter(self._now_s()))
        return False

    def _scanned(self, code: str) -> None:
        flow = self._terminal.flow
        if code and self._free() and isinstance(flow, TakesCode) and flow.scanned(code):
            self._terminal.touched()
            self._taken()
