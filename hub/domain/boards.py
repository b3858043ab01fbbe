"""What an LED board's entry in `hall.toml` may say. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.domain.addresses import twice

if TYPE_CHECKING:
    from hub.domain.hall import Board, Hall

LINE_DOTS = 16
MOST_LINES = {"onbon-bx6k": 5, "onbon-bx5k": 8, "lumen-cpower": 8}
"""Dynamic areas or windows that a card has; a line of text is one."""
NARROWEST_DOTS = 96
HOURS = 24


def contradictions(hall: Hall) -> list[str]:
    """What is wrong with the hall's boards, a sentence each."""
    return [
        *twice("board", [one.name for one in hall.boards]),
        *(f"board {one.name}: {wrong}" for one in hall.boards for wrong in mistakes(one)),
    ]


def mistakes(board: Board) -> list[str]:
    """What is wrong with one board, with what it should be."""
    wrong = []
    most = MOST_LINES[board.protocol]
    if not LINE_DOTS <= board.height_dots <= most * LINE_DOTS:
        wrong.append(
            f"height_dots is {board.height_dots}; {board.protocol} shows 1 to {most} lines of {LINE_DOTS} dots"
        )
    if board.width_dots < NARROWEST_DOTS:
        wrong.append(f"width_dots is {board.width_dots}; a number and its window need {NARROWEST_DOTS} at least")
    if board.brightness and (len(board.brightness) != HOURS or not all(0 <= one <= 100 for one in board.brightness)):
        wrong.append("brightness is 24 numbers from 0 to 100, one for each hour from midnight on")
    if not 1 <= board.card <= 254 or not 0 <= board.network_id <= 0xFFFFFFFF:
        wrong.append("card is 1 to 254, and network_id at most 0xFFFFFFFF")
    return wrong
