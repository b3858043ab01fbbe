"""The window's desk: who is next for it, who stands at it, which moves are allowed now and which command each sends.

Pure: the picture, the clock and the keys come in, commands go out. What a ticket may do is `hub.domain.ticket`'s table,
who is next is `hub.domain.queue.pick`'s word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from counter import desk_forms
from counter.calling import following, waits_here
from counter.desk_forms import FORMS, FormCode, Wanted
from counter.desk_moves import MOVES, TABLE, DeskMove, WhyNot
from hub.domain import ticket as table
from hub.domain.hall import Value, Window
from hub.domain.policy.queue import Queue
from hub.domain.ticket import WAITING, Because
from hub.wire.messages import (
    CallNext,
    CallParked,
    Command,
    FinishTicket,
    MarkNoShow,
    RecallTicket,
    Rejected,
    ReturnTicket,
    ServeTicket,
    SetWindow,
    TicketView,
    WindowView,
)
from hub.wire.picture import Picture

SAME_PRESS_S = 0.7
"""A move pressed again within this time, nothing else between, is the same press: a double click, a held key."""
AHEAD_SHOWN = 40
"""How many of those who wait are put in the order in which this window would call them."""
SMALL_LIST_SHOWN = 8

_TICKET_COMMANDS: dict[DeskMove, type[RecallTicket | ServeTicket | MarkNoShow | FinishTicket]] = {
    "recall": RecallTicket,
    "serve": ServeTicket,
    "mark_no_show": MarkNoShow,
    "finish": FinishTicket,
}


class DeskView(Value, frozen=True):
    """What the desk shows: `why_not` has a move's reason for being off, empty when it may be pressed.

    `waiting` are in the order in which this window would call them, `because` why the first one goes first, `more` how
    many wait beyond them.
    """

    window: WindowView
    current: TicketView | None
    waiting: tuple[TicketView, ...]
    because: Because | None
    more: int
    parked: tuple[TicketView, ...]
    missed: tuple[TicketView, ...]
    why_not: dict[DeskMove, WhyNot]

    def may(self, move: DeskMove) -> bool:
        return not self.why_not[move]

    def find(self, ticket_id: str) -> TicketView | None:
        """A ticket that the desk shows, by its id."""
        shown = (*self.waiting, *self.parked, *self.missed, *((self.current,) if self.current else ()))
        return next((one for one in shown if one.ticket_id == ticket_id), None)


class Refused(Value, frozen=True):
    """What the hub said to the last press, when that was no."""

    move: DeskMove
    answer: Rejected


class Desk:
    """One window's queue and the presses that were made on it."""

    def __init__(self, window: Window, rules: Queue) -> None:
        self.window, self.rules = window, rules
        self.refused: Refused | None = None
        self._sending: DeskMove | None = None
        self._answered: TicketView | None = None
        self._pressed, self._pressed_s = "", float("-inf")
        self._ahead: tuple[object, tuple[TicketView, ...], Because | None] = (None, (), None)

    def view(self, picture: Picture, now: dt.datetime, live: bool = True) -> DeskView:
        """The desk as the picture has it at `now`, the hub's time.

        `live` is false while the hub is silent: nothing can be moved.
        """
        tickets = dict(picture.tickets)
        if self._answered is not None:
            tickets[self._answered.ticket_id] = self._answered
        number = self.window.number
        window = picture.windows.get(number, WindowView(number=number, open=False))
        opened = {one.number for one in picture.windows.values() if one.open}
        here = [one for one in tickets.values() if one.window == number]
        current = max((one for one in here if one.state in table.AT_WINDOW), key=_called, default=None)
        missed = tuple(sorted((one for one in here if one.state == "no_show"), key=_called, reverse=True))
        parked = tuple(sorted((one for one in tickets.values() if self._parked_here(one, opened)), key=_called))
        waits = [one for one in tickets.values() if one.state in WAITING and waits_here(self.window, one)]
        waiting, because = self._in_order(waits, now)
        return DeskView(
            window=window,
            current=current,
            waiting=waiting,
            because=because,
            more=len(waits) - len(waiting),
            parked=parked[:SMALL_LIST_SHOWN],
            missed=missed[:SMALL_LIST_SHOWN],
            why_not={
                move: self._why_not(move, live, window, current, len(waiting), len(parked), len(missed))
                for move in MOVES
            },
        )

    def press(
        self, move: DeskMove, view: DeskView, now_s: float, ticket_id: str = "", wanted: Wanted | None = None
    ) -> Command | None:
        """The command a press sends, or nothing: when it may not be, or when it is the same press again.

        `ticket_id` means another citizen than the one at the window, or than the first of the list; `wanted` is what
        the move's form says. `now_s` is any clock that only goes forward.
        """
        again = self._pressed == move and now_s - self._pressed_s < SAME_PRESS_S
        self._pressed, self._pressed_s = move, now_s
        if again or self._sending or self.why_not(move, view, ticket_id):
            return None
        self.refused = None
        command = _command(move, view, ticket_id, wanted)
        self._sending = move
        return command

    @property
    def sending(self) -> bool:
        """Whether a press is under way."""
        return self._sending is not None

    def why_not(self, move: DeskMove, view: DeskView, ticket_id: str = "") -> WhyNot:
        """Why a move is off for a number that is shown, the one at the window unless said otherwise."""
        other = view.find(ticket_id) if ticket_id else None
        if other is None or other == view.current:
            return view.why_not[move]
        if (always := view.why_not["set_window"]) or move in ("call_parked", "come_back"):
            return always or view.why_not[move]
        if move == "recall":
            return "finish_first" if view.current is not None else view.why_not[move]
        return "" if TABLE[move] in table.allowed(other.state) else "not_now"

    def asks(self, move: DeskMove, view: DeskView) -> FormCode | None:
        """The form that a move asks first; None for what is sent at once."""
        if move == "set_window":
            return "pause" if view.window.open else None
        return move if move in FORMS else None

    def answered(self, answer: TicketView | Rejected | None = None) -> None:
        """The hub answered the last press; its ticket counts until the feed says more about it."""
        move, self._sending = self._sending, None
        if isinstance(answer, Rejected):
            self.refused = Refused(move, answer) if move is not None else None
        elif answer is not None:
            self._answered = answer

    def told(self, ticket: TicketView) -> None:
        """The feed said something about a ticket: that is newer than any answer about it."""
        if self._answered is not None and self._answered.ticket_id == ticket.ticket_id:
            self._answered = None

    def began_anew(self) -> None:
        """The picture is a new snapshot."""
        self._answered = None

    def forget(self) -> None:
        """The shift ends; answers still under way no longer count."""
        self.refused, self._sending, self._answered = None, None, None

    def _parked_here(self, ticket: TicketView, opened: Collection[int]) -> bool:
        """Whether this window may call back who is parked: here, or at a window that has closed since."""
        elsewhere = ticket.window not in opened and ticket.service in self.window.services
        return ticket.state == "parked" and (ticket.window == self.window.number or elsewhere)

    def _in_order(self, waits: list[TicketView], now: dt.datetime) -> tuple[tuple[TicketView, ...], Because | None]:
        asked = (waits, now.replace(microsecond=0))
        if self._ahead[0] != asked:
            picks = following(self.window, waits, now, self.rules.may_pass.value, AHEAD_SHOWN)
            known = {one.ticket_id: one for one in waits}
            shown = tuple(known[one.ticket.ticket_id] for one in picks)
            self._ahead = (asked, shown, picks[0].because if picks else None)
        return self._ahead[1:]

    def _why_not(
        self,
        move: DeskMove,
        live: bool,
        window: WindowView,
        current: TicketView | None,
        waits: int,
        parked: int,
        missed: int,
    ) -> WhyNot:
        if not live:
            return "stale"
        if self._sending:
            return "sending"
        match move:
            case "set_window":
                return ""
            case "green":
                return "" if waits else "nobody_waits"
            case "come_back":
                if not missed:
                    return "none_missed"
                return "no_second_chance" if self.rules.second_chance.value == "none" else ""
            case "call" | "call_service" | "call_parked":
                if current is not None:
                    return "finish_first"
                if not window.open:
                    return "paused"
                if move == "call_parked":
                    return "" if parked else "none_parked"
                return "" if waits else "nobody_waits"
        if current is None:
            if move == "recall" and missed:
                if self.rules.second_chance.value != "at_once":
                    return "no_second_chance"
                return "" if window.open else "paused"
            return "nobody_here"
        return "" if TABLE[move] in table.allowed(current.state) else "not_now"


def _command(move: DeskMove, view: DeskView, ticket_id: str, wanted: Wanted | None) -> Command:
    match move:
        case "call":
            return CallNext()
        case "set_window" if not view.window.open:
            return SetWindow(open=True)
        case "call_parked":
            return CallParked(ticket_id=ticket_id or view.parked[0].ticket_id)
        case "come_back":
            return ReturnTicket(ticket_id=ticket_id or view.missed[0].ticket_id)
        case "recall" | "serve" | "mark_no_show" | "finish":
            return _TICKET_COMMANDS[move](ticket_id=ticket_id or (view.current or view.missed[0]).ticket_id)
        case "set_window":
            return desk_forms.command("pause", None, wanted or Wanted())
        case _:
            return desk_forms.command(move, view.find(ticket_id) or view.current, wanted or Wanted())


def _called(ticket: TicketView) -> tuple[object, str]:
    return (ticket.called_at or ticket.taken_at, ticket.ticket_id)
