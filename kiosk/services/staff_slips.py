"""Manual slips in the staff corner (R65): what is wanted of a new block, and what is told of the last one. Pure."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value

BlockStep = Literal["none", "asking", "printing", "paused", "done"]
USUAL = 50
SIZES = (10, 20, USUAL, 100, 200, 500)
"""Of a block; the policy's `by_hand.at_kiosk` ends them."""
Bar = Literal["", "not_here", "no_series", "windows_only", "no_printer", "outbox", "away"]
"""Why no new block can be had now; empty where it can."""


class BlockState(Value, frozen=True):
    """The last block. Numbers are runs such as `S003` and `S007–S012`; `span` is all of them.

    `twice`: came out again with a mark, so that there may be two; `doubtful`: the printer has not said; `failed`: could
    not be drawn; `left`: not printed yet, or never where it was given up. `trouble` is what keeps the next from the
    paper, `refused` the hub's code for the block that was asked for last.
    """

    step: BlockStep = "none"
    block: str = ""
    service: str = ""
    span: str = ""
    total: int = 0
    printed: int = 0
    left: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    trouble: str = ""
    refused: str = ""


class SlipsState(Value, frozen=True):
    """`unused` are slips that are left, by service; None while the hub has not said."""

    bar: Bar = ""
    most: int = USUAL
    unused: dict[str, int] | None = None
    last: BlockState = BlockState()

    @property
    def may_ask(self) -> bool:
        """Whether a new block can be asked for now."""
        return not self.bar and self.last.step in ("none", "done")


def sizes(most: int) -> tuple[int, ...]:
    """What there is to choose from, and the most of it last."""
    return (*(size for size in SIZES if size < most), most)


class Wish:
    """What staff chose for a new block."""

    def __init__(self, most: int) -> None:
        self.service = ""
        self.count = min(USUAL, most)
