"""A hall's line over the pure domain: no store, no hub; every step is replayed as it is made."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hub.domain import queue
from hub.domain.hall import Window, WindowWhy
from hub.domain.numbers import ticket_number
from hub.domain.queue import Only
from hub.domain.ticket import WAITING, Lane, TicketMove, TicketState, move
from tests.simulation.citizens import Citizen
from tests.simulation.replay import Replay, Stands


@dataclass(slots=True)
class Ticket:
    ticket_id: str
    number: str
    service: str
    taken_at: dt.datetime
    lane: Lane = "line"
    not_before: dt.datetime | None = None
    stands_at: dt.datetime | None = None
    state: TicketState = "waiting"
    for_window: int = 0
    passed: int = 0
    window: int = 0
    chances: int = 0
    called_at: dt.datetime | None = None


class Step(NamedTuple):
    ticket_id: str
    at: dt.datetime
    move: str
    state: str
    service: str
    window: int
    lane: str
    stands_at: dt.datetime
    not_before: dt.datetime | None
    for_window: int
    because: str = ""
    passed: int = 0
    only_service: str = ""
    only_lane: str = ""


class PureLine:
    """One day's line. `behind` others is where who missed a call comes back, `chances` how often."""

    def __init__(
        self,
        windows: Iterable[Window],
        letters: Mapping[str, str],
        *,
        may_pass: int = 3,
        behind: int = 3,
        chances: int = 3,
        keeps_place: bool = True,
    ) -> None:
        self.windows = {one.number: one for one in windows}
        self.replay = Replay(tuple(self.windows.values()), may_pass)
        self.tickets: dict[str, Ticket] = {}
        self.longest = dt.timedelta()
        self._letters, self._may_pass = letters, may_pass
        self._behind, self._chances, self._keeps_place = behind, chances, keeps_place
        self._numbers: Counter[str] = Counter()
        self._waiting: dict[str, Ticket] = {}
        self._open: set[int] = set()
        self._at_window: dict[int, str] = {}

    def take(self, at: dt.datetime, citizen: Citizen) -> str:
        letter = self._letters[citizen.service]
        self._numbers[letter] += 1
        number = ticket_number(letter, self._numbers[letter])
        booked = citizen.appointment
        lane: Lane = "line" if booked is None else "appointment"
        ticket = Ticket(number, number, citizen.service, at, lane, booked)
        self.tickets[number] = self._waiting[number] = ticket
        self.replay.takes(Stands(number, number, citizen.service, at, booked, lane))
        return number

    def open(self, at: dt.datetime, window: int) -> None:
        self._open.add(window)

    def close(self, at: dt.datetime, window: int, why: WindowWhy) -> None:
        self._open.discard(window)
        for one in [one for one in self._waiting.values() if one.for_window == window]:
            one.for_window = 0
            self._moved(at, one, "release", window)

    def call(self, at: dt.datetime, window: int, service: str) -> str:
        assert window in self._open
        assert window not in self._at_window, "one citizen stands at a window at a time"
        only = Only(service)
        found = queue.pick(self.windows[window], self._waiting.values(), at, self._may_pass, only)
        if found is None:
            return ""
        for one in found.passed:
            one.passed += 1
        self.longest = max(self.longest, at - found.ticket.taken_at)
        self._at_window[window] = found.ticket.ticket_id
        self._moved(at, found.ticket, "call", window, found.because, len(found.passed), only)
        return found.ticket.ticket_id

    def finish(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._leaves(at, window, ticket_id, "finish")

    def miss(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._leaves(at, window, ticket_id, "mark_no_show")

    def park(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._leaves(at, window, ticket_id, "park")

    def call_parked(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._at_window[window] = ticket_id
        self._moved(at, self.tickets[ticket_id], "call", window)

    def send(self, at: dt.datetime, window: int, ticket_id: str, service: str, to: int) -> None:
        ticket = self.tickets[ticket_id]
        ticket.service, ticket.for_window = service, to
        ticket.stands_at = ticket.stands_at if self._keeps_place else at
        self._leaves(at, window, ticket_id, "transfer")

    def come_back(self, at: dt.datetime, window: int, ticket_id: str) -> bool:
        ticket = self.tickets[ticket_id]
        if ticket.chances >= self._chances:
            return False
        line = [one for one in self._waiting.values() if one.service == ticket.service]
        ticket.stands_at = queue.stand_behind(ticket, line, self._behind, at)
        ticket.chances += 1
        ticket.lane, ticket.not_before, ticket.for_window = "line", None, 0
        self._moved(at, ticket, "come_back", window)
        return True

    def green(self, at: dt.datetime, ticket_id: str) -> None:
        ticket = self.tickets[ticket_id]
        ticket.lane, ticket.not_before = "green", None
        self._moved(at, ticket, "advance", 0)

    def withdraw(self, at: dt.datetime, ticket_id: str) -> bool:
        ticket = self.tickets[ticket_id]
        if ticket.state != "waiting":
            return False
        self._moved(at, ticket, "withdraw", 0)
        return True

    @property
    def left(self) -> list[str]:
        """Who still waits."""
        return sorted(self._waiting)

    def _leaves(self, at: dt.datetime, window: int, ticket_id: str, by: TicketMove) -> None:
        assert self._at_window.pop(window) == ticket_id
        self._moved(at, self.tickets[ticket_id], by, window)

    def _moved(
        self,
        at: dt.datetime,
        ticket: Ticket,
        by: TicketMove,
        window: int,
        because: str = "",
        passed: int = 0,
        only: Only = queue.ANYBODY,
    ) -> None:
        before = ticket.state in WAITING
        ticket.state = move(ticket.state, by)
        waits = ticket.state in WAITING
        if waits and not before:
            ticket.passed = 0
        if waits:
            self._waiting[ticket.ticket_id] = ticket
        else:
            self._waiting.pop(ticket.ticket_id, None)
        self.replay.goes(
            Step(
                ticket.ticket_id,
                at,
                by,
                ticket.state,
                ticket.service,
                window,
                ticket.lane,
                ticket.stands_at or ticket.taken_at,
                ticket.not_before,
                ticket.for_window,
                because,
                passed,
                only.service,
                only.lane or "",
            )
        )
