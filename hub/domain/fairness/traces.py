"""What each command leaves behind in the line: the moves of its steps, and what everybody is told of them."""

from __future__ import annotations

import msgspec


class Trace(msgspec.Struct, frozen=True):
    """`takes` a ticket; makes one of the moves `main` of its subject; `also` any number of these, of any ticket;
    `windows` when it opens or closes one; `by_hand` when it enters what was worked without the hub, at its own times.
    """

    main: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    takes: bool = False
    windows: bool = False
    by_hand: bool = False


def _one(*moves: str) -> Trace:
    return Trace(main=frozenset(moves))


_TAKES = Trace(also=frozenset({"join", "take_late", "finish", "withdraw"}), takes=True)
_OPENS = Trace(also=frozenset({"release"}), windows=True)

TRACES: dict[str, Trace] = {
    "TakeTicket": _TAKES,
    "FileComplaint": _TAKES,
    "CheckIn": Trace(also=frozenset({"check_in"}), takes=True),
    "ImportSlips": Trace(also=frozenset({"join", "call", "finish", "mark_no_show"}), by_hand=True),
    "CallNext": Trace(main=frozenset({"call"}), also=frozenset({"release"})),
    "RecallTicket": _one("recall"),
    "ServeTicket": _one("serve"),
    "FinishTicket": _one("finish"),
    "MarkNoShow": _one("mark_no_show"),
    "ParkTicket": _one("park"),
    "CallParked": _one("call"),
    "TransferTicket": _one("transfer"),
    "ReturnTicket": _one("come_back"),
    "WithdrawTicket": _one("withdraw"),
    "AskGreenChannel": _one("ask_green", "advance"),
    "DecideGreenChannel": _one("refuse_green", "advance"),
    "AdvanceTicket": _one("advance"),
    "SetWindow": _OPENS,
    "PinVerified": _OPENS,
    "LogOut": _OPENS,
    "TurnDay": Trace(also=frozenset({"finish", "withdraw", "keep"})),
}
"""By the kind that the audit chain gives a command. What is not listed leaves nothing in the line."""

UNTOLD = frozenset({"ask_green", "refuse_green", "join", "keep", "check_in", "take_late"})
"""Steps of which the feed tells nobody."""

MAY_CHANGE: dict[str, frozenset[str]] = {
    "call": frozenset({"window"}),
    "come_back": frozenset({"stands_at", "lane", "not_before", "for_window"}),
    "transfer": frozenset({"service", "for_window", "stands_at"}),
    "advance": frozenset({"lane", "not_before"}),
    "release": frozenset({"for_window"}),
}
"""What a move may change of how a ticket stands, beside its state; other moves nothing."""
KEPT_BY_MOVES = ("service", "window", "lane", "stands_at", "not_before", "for_window")
