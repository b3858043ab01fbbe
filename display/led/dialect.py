"""What the driver needs of a board's protocol: bytes to write, and what an answer means. No connection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal, Protocol

from msgspec import Struct

Color = Literal["call", "calm"]
"""Red for calls, green for everything else."""
AnswerKind = Literal["ok", "busy", "garbled", "refused", "noise"]


class Line(Struct, frozen=True):
    """One line of the board, 16 dots high."""

    words: str
    color: Color = "calm"


Page = tuple[Line, ...]


class Answer(Struct, frozen=True):
    """What a board says to a write.

    `busy` and `garbled` (the frame came broken) are worth another try, `refused` is not; `noise` are bytes that are no
    answer at all. `data` is what was asked for, without what frames it.
    """

    kind: AnswerKind
    why: str = ""
    data: bytes = b""


class Setting(Struct, frozen=True):
    """Something that a board keeps by itself, perhaps in memory that wears: asked first, changed where it differs."""

    name: str
    question: bytes
    is_right: Callable[[bytes], bool]
    """Given the answer's data; false also where it cannot be read."""
    change: bytes


class Dialect(Protocol):
    """One protocol on one kind of line. Every `bytes` is one write, and is answered once."""

    hello: bytes
    """Asks nothing but for an answer."""

    def page(self, page: Page, *, anew: bool) -> bytes:
        """Lines from the top, the rest dark. `anew`: nothing is known of what the board has kept."""

    def settings(self, now: dt.datetime, levels: tuple[int, ...]) -> tuple[Setting, ...]:
        """Clock and brightness as they should be at `now`, the hall's time; `levels` in percent by hour, or none."""

    def answers(self, received: bytearray) -> list[Answer]:
        """Takes the whole answers out of what was received; what is not yet whole stays."""

    def introduction(self, hello: Answer) -> str:
        """What the board says of itself in its answer to `hello`."""


CLOCK_MAY_DIFFER_S = 30


def clock_is_right(told: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the board's clock is near the hall's; `told` without a zone, as a board knows none."""
    return told is not None and abs((told - now.replace(tzinfo=None)).total_seconds()) <= CLOCK_MAY_DIFFER_S
