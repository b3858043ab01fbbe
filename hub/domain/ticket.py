"""A ticket (号): its whole life in one table. What the table does not have raises."""

from __future__ import annotations

from typing import Literal

from hub.domain.errors import MoveNotAllowed

TicketState = Literal[
    "waiting", "called", "serving", "done", "no_show", "recalled", "parked", "transferred", "withdrawn"
]
TicketMove = Literal[
    "call",
    "recall",
    "serve",
    "finish",
    "mark_no_show",
    "come_back",
    "park",
    "transfer",
    "advance",
    "release",
    "withdraw",
]
StepMove = TicketMove | Literal["join", "keep", "ask_green", "refuse_green", "check_in", "take_late"]
"""What is written of a ticket: its moves; that it came into the line later than it says (a number printed without the
hub); that a line went on overnight with it; a green channel that was asked for and not opened; and that it began with
an appointment that was checked in, or after hours."""
Lane = Literal["line", "green", "appointment", "advanced"]
"""How somebody stands in line: as they came; through the green channel (R57); with an appointment whose time has come
(R58); put first by whoever decides on exceptions."""
Because = Literal["order", "patience", "lane", "weight", "narrowed", "early", "by_hand"]
"""Why this one was called: first in order; passed by often enough; their lane goes first; their service weighs more at
this window; the window asked for one service or lane; nobody else was there, though their time had not come; somebody
called by hand, and the hub was told later (R65)."""
Cause = Literal["day_end", "window_closed", "printed"]
"""Why a ticket moved without anybody's word: the day ended; the window it was bound to closed; its paper was printed
while the hub was away."""

MOVES: dict[tuple[TicketState, TicketMove], TicketState] = {
    ("waiting", "call"): "called",
    ("waiting", "withdraw"): "withdrawn",
    ("waiting", "transfer"): "transferred",
    ("waiting", "advance"): "waiting",
    ("waiting", "release"): "waiting",
    ("called", "recall"): "called",
    ("called", "serve"): "serving",
    ("called", "finish"): "done",
    ("called", "mark_no_show"): "no_show",
    ("called", "park"): "parked",
    ("called", "transfer"): "transferred",
    ("called", "withdraw"): "withdrawn",
    ("serving", "recall"): "serving",
    ("serving", "finish"): "done",
    ("serving", "park"): "parked",
    ("serving", "transfer"): "transferred",
    ("no_show", "recall"): "recalled",
    ("no_show", "come_back"): "waiting",
    ("no_show", "withdraw"): "withdrawn",
    ("recalled", "recall"): "recalled",
    ("recalled", "serve"): "serving",
    ("recalled", "finish"): "done",
    ("recalled", "mark_no_show"): "no_show",
    ("recalled", "park"): "parked",
    ("recalled", "transfer"): "transferred",
    ("recalled", "withdraw"): "withdrawn",
    ("parked", "call"): "called",
    ("parked", "withdraw"): "withdrawn",
    ("transferred", "call"): "called",
    ("transferred", "transfer"): "transferred",
    ("transferred", "advance"): "transferred",
    ("transferred", "release"): "transferred",
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
