"""Which protocol a board of `hall.toml` speaks."""

from __future__ import annotations

from display.led.dialect import Dialect
from display.led.lumen import Lumen
from display.led.onbon import Onbon
from hub.domain.hall import Board


def dialect_of(board: Board) -> Dialect:
    """The dialect that the board's `protocol` names."""
    return Lumen(board) if board.protocol == "lumen-cpower" else Onbon(board)
