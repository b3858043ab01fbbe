"""Rating pads 评价器 on a serial line: what a key sends becomes the level it means. Which bytes, the hall's file says.

There is no public protocol, so nothing here knows a vendor: `hub.domain.pads` reads the frames of `hall.toml`.
"""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.pads import Pad, Pattern, read_frame, read_pattern
from printers import listening
from printers.connection import Connection
from printers.errors import PadSilent
from printers.listening import Listener

QUIET_S = 0.5
"""A frame comes in one piece: what stands there after such a pause was noise, or half a frame."""


class Presses:
    """Bytes of a pad's line into levels. Pure: `now_s` is any clock that only goes forward."""

    def __init__(self, pad: Pad) -> None:
        self._keys = [(read_pattern(frame), level) for frame, level in pad.presses.items()]
        self._waiting = b""
        self._heard_s = float("-inf")

    def feed(self, heard: bytes, now_s: float) -> list[str]:
        """The levels of the frames that end in what was heard; bytes that begin no frame are passed over."""
        if now_s - self._heard_s > QUIET_S:
            self._waiting = b""
        self._heard_s = now_s
        waiting, levels = self._waiting + heard, list[str]()
        while waiting:
            found = next(((frame, level) for frame, level in self._keys if _begins(frame, waiting)), None)
            if found is None:
                waiting = waiting[1:]
                continue
            frame, level = found
            if len(waiting) < len(frame):
                break
            levels.append(level)
            waiting = waiting[len(frame) :]
        self._waiting = waiting
        return levels


class RatingPad(Listener[str]):
    """One pad: `heard` are the levels that were pressed."""

    silent = PadSilent

    def __init__(self, pad: Pad, connect: Callable[[], Connection], now_s: Callable[[], float]) -> None:
        super().__init__(connect, lambda: Presses(pad), now_s)
        self._prompt = read_frame(pad.prompt) if pad.prompt else b""

    def ask(self) -> None:
        """Has it ask the citizen, where it can."""
        if self._prompt:
            self.write(self._prompt)


def connector(pad: Pad) -> Callable[[], Connection]:
    """Opens the pad's line when called; raises `PadSilent`."""
    return listening.connector("rating pad", pad.url, pad.baud, PadSilent)


def _begins(frame: Pattern, heard: bytes) -> bool:
    """Whether what was heard is that frame, or can still become it; no two frames begin alike."""
    return all(wanted is None or wanted == byte for wanted, byte in zip(frame, heard, strict=False))
