"""The moves of a window's desk: their keys, why one may be off, and which move of a ticket each is. Pure."""

from __future__ import annotations

from typing import Literal, get_args

from hub.domain import ticket as table

DeskMove = Literal[
    "call",
    "call_service",
    "recall",
    "serve",
    "finish",
    "mark_no_show",
    "park",
    "transfer",
    "withdraw",
    "green",
    "set_window",
    "call_parked",
    "come_back",
]
WhyNot = Literal[
    "",
    "paused",
    "nobody_waits",
    "finish_first",
    "nobody_here",
    "not_now",
    "sending",
    "stale",
    "none_parked",
    "none_missed",
    "no_second_chance",
]

MOVES: tuple[DeskMove, ...] = get_args(DeskMove)
AT_A_NUMBER: frozenset[DeskMove] = frozenset({"call_parked", "come_back"})
"""They stand with the numbers that they are about, not on buttons of their own."""
KEYS: dict[str, DeskMove] = {
    "f1": "park",
    "shift+f1": "call_parked",
    "f2": "call",
    "shift+f2": "call_service",
    "f3": "recall",
    "shift+f3": "transfer",
    "f4": "mark_no_show",
    "shift+f4": "come_back",
    "f7": "serve",
    "f8": "finish",
    "shift+f8": "withdraw",
    "f9": "set_window",
    "shift+f9": "green",
}
TABLE: dict[DeskMove, table.TicketMove] = {
    "recall": "recall",
    "serve": "serve",
    "finish": "finish",
    "mark_no_show": "mark_no_show",
    "park": "park",
    "transfer": "transfer",
    "withdraw": "withdraw",
    "green": "advance",
}
