"""The window's desk: who waits for it, who stands at it, which moves are allowed now and which command each sends.

Pure: the picture, the clock and the keys come in, commands go out. What a ticket may do is `hub.domain.ticket`'s table.
"""

from __future__ import annotations

from typing import Literal

from hub.domain import queue, ticket as table
from hub.domain.hall import Value
from hub.wire.messages import (
    CallNext,
    Command,
    FinishTicket,
    MarkNoShow,
    RecallTicket,
    ServeTicket,
    SetWindow,
    TicketView,
    WindowView,
)
from hub.wire.picture import Picture

DeskMove = Literal["call", "recall", "serve", "mark_no_show", "finish", "set_window"]
WhyNot = Literal["", "paused", "nobody_waits", "finish_first", "nobody_here", "not_now", "sending", "stale"]

MOVES: tuple[DeskMove, ...] = ("call", "recall", "serve", "mark_no_show", "finish", "set_window")
KEYS: dict[str, DeskMove] = {
    "f2": "call",
    "f3": "recall",
    "f4": "mark_no_show",
    "f7": "serve",
    "f8": "finish",
    "f9": "set_window",
}
SAME_PRESS_S = 0.7
"""A move pressed again within this time is the same press: a double click, a held key."""
MISSED_SHOWN = 6

_TICKET_COMMANDS: dict[table.TicketMove, type[RecallTicket | ServeTicket | MarkNoShow | FinishTicket]] = {
    "recall": RecallTicket,
    "serve": ServeTicket,
    "mark_no_show": MarkNoShow,
    "finish": FinishTicket,
}


class DeskView(Value, frozen=True):
    """What the desk shows: `why_not` has a move's reason for being off, empty when it may be pressed."""

    window: WindowView
    current: TicketView | None
    waiting: tuple[TicketView, ...]
    missed: tuple[TicketView, ...]
    why_not: dict[DeskMove, WhyNot]

    def may(self, move: DeskMove) -> bool:
        return not self.why_not[move]


class Desk:
    """One window's queue and the presses that were made on it."""

    def __init__(self, number: int, services: tuple[str, ...]) -> None:
        self.number = number
        self.services = services
        self._sending = False
        self._answered: TicketView | None = None
        self._pressed_at: dict[str, float] = {}

    def view(self, picture: Picture, live: bool = True) -> DeskView:
        """The desk as the picture has it now; `live` is false while the hub is silent: nothing can be moved."""
        tickets = dict(picture.tickets)
        if self._answered is not None:
            tickets[self._answered.ticket_id] = self._answered
        window = picture.windows.get(self.number, WindowView(number=self.number, open=False))
        here = [one for one in tickets.values() if one.window == self.number]
        current = max((one for one in here if one.state in table.AT_WINDOW), key=_called, default=None)
        missed = sorted((one for one in here if one.state == "no_show"), key=_called, reverse=True)
        waiting = queue.order(one for one in tickets.values() if one.service in self.services)
        return DeskView(
            window=window,
            current=current,
            waiting=tuple(waiting),
            missed=tuple(missed[:MISSED_SHOWN]),
            why_not={move: self._why_not(move, live, window, current, bool(waiting), bool(missed)) for move in MOVES},
        )

    def press(self, move: DeskMove, view: DeskView, now_s: float, ticket_id: str = "") -> Command | None:
        """The command a press sends, or nothing: when it may not be, or when it is the same press again.

        `ticket_id` recalls a missed citizen other than the last one. `now_s` is any clock that only goes forward.
        """
        again = now_s - self._pressed_at.get(move, float("-inf")) < SAME_PRESS_S
        self._pressed_at[move] = now_s
        if again or self._sending or not view.may(move):
            return None
        command = _command(move, view, ticket_id)
        self._sending = True
        return command

    def answered(self, ticket: TicketView | None = None) -> None:
        """The hub answered the last press; its ticket counts until the feed says more about it."""
        self._sending = False
        if ticket is not None:
            self._answered = ticket

    def told(self, ticket: TicketView) -> None:
        """The feed said something about a ticket: that is newer than any answer about it."""
        if self._answered is not None and self._answered.ticket_id == ticket.ticket_id:
            self._answered = None

    def began_anew(self) -> None:
        """The picture is a new snapshot."""
        self._answered = None

    def _why_not(
        self, move: DeskMove, live: bool, window: WindowView, current: TicketView | None, waits: bool, missed: bool
    ) -> WhyNot:
        if not live:
            return "stale"
        if self._sending:
            return "sending"
        if move == "set_window":
            return ""
        if move == "call":
            if current is not None:
                return "finish_first"
            if not window.open:
                return "paused"
            return "" if waits else "nobody_waits"
        if current is None:
            return "" if move == "recall" and missed else "nobody_here"
        return "" if move in table.allowed(current.state) else "not_now"


def _command(move: DeskMove, view: DeskView, ticket_id: str) -> Command:
    if move == "call":
        return CallNext()
    if move == "set_window":
        return SetWindow(open=not view.window.open)
    if not ticket_id:
        ticket_id = (view.current or view.missed[0]).ticket_id
    return _TICKET_COMMANDS[move](ticket_id=ticket_id)


def _called(ticket: TicketView) -> tuple[object, str]:
    return (ticket.called_at or ticket.taken_at, ticket.ticket_id)
