"""A hall's day, event by event: citizens come, windows call, serve, park, send on, pause. `Line` is what is tried."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Callable, Iterable
from random import Random
from typing import Protocol

from hub.domain.hall import Window, WindowWhy
from tests.simulation.citizens import Citizen, Pause

CALL_LASTS = dt.timedelta(seconds=45)
"""How long a window waits for somebody who does not come."""
WALK = dt.timedelta(seconds=15)


class Line(Protocol):
    """What a hall does with its tickets; each method is told when."""

    def take(self, at: dt.datetime, citizen: Citizen) -> str: ...
    def open(self, at: dt.datetime, window: int) -> None: ...
    def close(self, at: dt.datetime, window: int, why: WindowWhy) -> None: ...
    def call(self, at: dt.datetime, window: int, service: str) -> str: ...
    def finish(self, at: dt.datetime, window: int, ticket_id: str) -> None: ...
    def miss(self, at: dt.datetime, window: int, ticket_id: str) -> None: ...
    def park(self, at: dt.datetime, window: int, ticket_id: str) -> None: ...
    def call_parked(self, at: dt.datetime, window: int, ticket_id: str) -> None: ...
    def send(self, at: dt.datetime, window: int, ticket_id: str, service: str, to: int) -> None: ...
    def come_back(self, at: dt.datetime, window: int, ticket_id: str) -> bool: ...
    def green(self, at: dt.datetime, ticket_id: str) -> None: ...
    def withdraw(self, at: dt.datetime, ticket_id: str) -> bool: ...


class Day:
    """Runs one day on a line until nobody is left; windows work on until then."""

    def __init__(self, line: Line, windows: Iterable[Window], random: Random) -> None:
        self.line = line
        self.windows = {one.number: one for one in windows}
        self.served = 0
        self._random = random
        self._events: list[tuple[dt.datetime, int, Callable[[dt.datetime], None]]] = []
        self._order = itertools.count()
        self._who: dict[str, Citizen] = {}
        self._missed: dict[str, int] = {}
        self._idle: set[int] = set()
        self._away: dict[int, Pause] = {}
        self._open: set[int] = set()
        self._back: dict[int, list[str]] = {number: [] for number in self.windows}

    def run(self, citizens: Iterable[Citizen], pauses: Iterable[Pause], opens: dt.datetime) -> dt.datetime:
        """The moment at which the last one left."""
        for number in self.windows:
            self._at(opens, lambda at, n=number: self._opens(at, n))  # type: ignore[misc]
        for citizen in citizens:
            self._at(citizen.at, lambda at, one=citizen: self._comes(at, one))  # type: ignore[misc]
        for pause in pauses:
            self._at(pause.at, lambda at, one=pause: self._wants_away(at, one))  # type: ignore[misc]
        now = opens
        while self._events:
            now, _, happens = heapq.heappop(self._events)
            happens(now)
        return now

    def _at(self, at: dt.datetime, happens: Callable[[dt.datetime], None]) -> None:
        heapq.heappush(self._events, (at, next(self._order), happens))

    def _in(self, at: dt.datetime, minutes: float, happens: Callable[[dt.datetime], None]) -> None:
        self._at(at + dt.timedelta(minutes=minutes), happens)

    # --- citizens

    def _comes(self, at: dt.datetime, citizen: Citizen) -> None:
        ticket_id = self.line.take(at, citizen)
        self._who[ticket_id] = citizen
        if citizen.green:
            self.line.green(at, ticket_id)
        if citizen.leaves_after_min is not None:
            self._in(at, citizen.leaves_after_min, lambda now: self._leaves(now, ticket_id))
        self._wake(at, citizen.service)

    def _leaves(self, at: dt.datetime, ticket_id: str) -> None:
        if self.line.withdraw(at, ticket_id):
            del self._who[ticket_id]

    def _returns(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        if self.line.come_back(at, window, ticket_id):
            self._wake(at, self._who[ticket_id].service)

    # --- windows

    def _opens(self, at: dt.datetime, number: int) -> None:
        self.line.open(at, number)
        self._open.add(number)
        self._is_free(at, number)

    def _wants_away(self, at: dt.datetime, pause: Pause) -> None:
        if pause.window in self._open:
            self._away[pause.window] = pause
            if pause.window in self._idle:
                self._goes_away(at, pause.window)

    def _goes_away(self, at: dt.datetime, number: int) -> None:
        pause = self._away.pop(number)
        self._idle.discard(number)
        self._open.discard(number)
        self.line.close(at, number, pause.why)
        self._in(at, pause.minutes, lambda now: self._opens(now, number))
        self._wake_all(at)

    def _is_free(self, at: dt.datetime, number: int) -> bool:
        """Whether the window found somebody."""
        self._idle.discard(number)
        if number in self._away:
            self._goes_away(at, number)
            return False
        if self._back[number]:
            ticket_id = self._back[number].pop(0)
            self.line.call_parked(at, number, ticket_id)
            self._in(at, 2, lambda now: self._ends(now, number, ticket_id))
            return True
        only = self._random.choice(self.windows[number].services) if self._random.random() < 0.03 else ""
        ticket_id = self.line.call(at, number, only) or (self.line.call(at, number, "") if only else "")
        if not ticket_id:
            self._idle.add(number)
            return False
        citizen = self._who[ticket_id]
        missed = self._missed.get(ticket_id, 0)
        if missed < citizen.misses:
            self._missed[ticket_id] = missed + 1
            self._at(at + CALL_LASTS, lambda now: self._misses(now, number, ticket_id))
        else:
            until = at + WALK + dt.timedelta(minutes=citizen.minutes)
            self._at(until, lambda now: self._served(now, number, ticket_id))
        return True

    def _misses(self, at: dt.datetime, number: int, ticket_id: str) -> None:
        self.line.miss(at, number, ticket_id)
        if (returns := self._who[ticket_id].returns_min) is not None:
            self._in(at, returns, lambda now: self._returns(now, number, ticket_id))
        self._is_free(at, number)

    def _served(self, at: dt.datetime, number: int, ticket_id: str) -> None:
        citizen = self._who[ticket_id]
        if citizen.parks_min is not None:
            self.line.park(at, number, ticket_id)
            self._in(at, citizen.parks_min, lambda now: self._is_back(now, number, ticket_id))
            self._is_free(at, number)
        elif citizen.goes_on_to and citizen.goes_on_to not in self.windows[number].services:
            self._sends(at, number, ticket_id, citizen)
        else:
            self._ends(at, number, ticket_id)

    def _sends(self, at: dt.datetime, number: int, ticket_id: str, citizen: Citizen) -> None:
        able = [one for one in sorted(self._open) if citizen.goes_on_to in self.windows[one].services]
        to = self._random.choice(able) if able and self._random.random() < 0.3 else 0
        self.line.send(at, number, ticket_id, citizen.goes_on_to, to)
        self._who[ticket_id] = Citizen(at=citizen.at, service=citizen.goes_on_to, minutes=citizen.minutes / 2)
        if to in self._idle:
            self._is_free(at, to)
        else:
            self._wake(at, citizen.goes_on_to)
        self._is_free(at, number)

    def _is_back(self, at: dt.datetime, number: int, ticket_id: str) -> None:
        self._back[number].append(ticket_id)
        if number in self._idle:
            self._is_free(at, number)

    def _ends(self, at: dt.datetime, number: int, ticket_id: str) -> None:
        self.line.finish(at, number, ticket_id)
        self.served += 1
        self._is_free(at, number)

    def _wake(self, at: dt.datetime, service: str) -> None:
        """Somebody has joined a line: the first window that serves it and has nobody calls."""
        for number in sorted(self._idle):
            if service in self.windows[number].services and self._is_free(at, number):
                return

    def _wake_all(self, at: dt.datetime) -> None:
        for number in sorted(self._idle):
            self._is_free(at, number)
