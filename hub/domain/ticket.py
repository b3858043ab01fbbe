"""A ticket (号): its whole life in one table. What the table does not have raises."""

from __future__ import annotations

from typing import Literal

from hub.domain.errors import MoveNotAllowed

TicketState = Literal[
    "waiting", "called", "serving", "done", "no_show", "recalled", "parked", "transferred", "withdrawn"
]
TicketMove = Literal["call", "recall", "serve", "finish", "mark_no_show", "park", "transfer", "withdraw"]

MOVES: dict[tuple[TicketState, TicketMove], TicketState] = {
    ("waiting", "call"): "called",
    ("waiting", "withdraw"): "withdrawn",
    ("waiting", "transfer"): "transferred",
    ("called", "recall"): "called",
    ("called", "serve"): "serving",
    ("called", "finish"): "done",
    ("called", "mark_no_show"): "no_show",
    ("called", "park"): "parked",
    ("called", "transfer"): "transferred",
    ("serving", "recall"): "serving",
    ("serving", "finish"): "done",
    ("serving", "park"): "parked",
    ("serving", "transfer"): "transferred",
    ("no_show", "recall"): "recalled",
    ("recalled", "recall"): "recalled",
    ("recalled", "serve"): "serving",
    ("recalled", "finish"): "done",
    ("recalled", "mark_no_show"): "no_show",
    ("recalled", "park"): "parked",
    ("recalled", "transfer"): "transferred",
    ("parked", "call"): "called",
    ("parked", "withdraw"): "withdrawn",
    ("transferred", "call"): "called",
    ("transferred", "withdraw"): "withdrawn",
}

WAITING: frozenset[TicketState] = frozenset({"waiting", "transferred"})
AT_WINDOW: frozenset[TicketState] = frozenset({"called", "recalled", "serving"})
ENDED: frozenset[TicketState] = frozenset({"done", "withdrawn"})


def move(state: TicketState, by: TicketMove) -> TicketState:
    """The state after a move; raises `MoveNotAllowed` naming what is allowed instead."""
    try:
        return MOVES[state, by]
    except KeyError:
        raise MoveNotAllowed("ticket", state, by, allowed(state)) from None


def allowed(state: TicketState) -> list[str]:
    return [by for (start, by) in MOVES if start == state]
