"""How long somebody will wait, honestly: a range, wider the less is known. Pure; minutes throughout.

Those before are dealt out to the open windows in the order in which they will be called. What one service takes is what
it took today, weighed against the hall's usual minutes; how far it strays, and how little of the day is known yet, is
the width of the range. A window that closes, or opens, changes it from then on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil, floor, sqrt
from typing import NamedTuple, TypeVar

from hub.domain import queue
from hub.domain.hall import Hall, Value, Window
from hub.domain.queue import Queued
from hub.domain.words import Words

Q = TypeVar("Q", bound=Queued)

Z = 0.8416
"""One in five is below the low end, one in five above the high one."""
USUAL_DOUBT = 0.4
"""How far a day's mean may lie from the hall's usual minutes before the day itself is known, as a share of them."""
STRAYS = 0.6
"""How far one service strays from the mean, as a share of it, before the day is known."""
SLACK = 0.2
"""What no figure of the day tells: who steps away, who does not come, who takes a break."""
LEFT_AT_LEAST = 0.35
"""However long a service has taken, this share of the mean is still to come."""
COARSE = 5
"""From ten minutes on a range is told in fives."""
LONGEST = 5
"""A service that took longer than so many times the usual was forgotten at the window, not served."""


class Wait(Value, frozen=True):
    """Minutes until the call: of five who are told so, three wait between the two, one less and one more."""

    low_min: int
    high_min: int


class Pace(NamedTuple):
    """What one service takes: its mean, how far single ones stray from it and how sure the mean is, both squared
    shares of it.
    """

    mean: float
    strays: float
    doubt: float


def pace(usual_min: float, took: Sequence[float]) -> Pace:
    """From the hall's usual minutes and what the day's own took."""
    usual = max(1.0, usual_min)
    known = [min(max(one, 0.1), LONGEST * usual) for one in took]
    weight = STRAYS**2 / USUAL_DOUBT**2
    mean = (weight * usual + sum(known)) / (weight + len(known))
    seen = _variance(known) / mean**2
    strays = (weight * STRAYS**2 + len(known) * seen) / (weight + len(known))
    return Pace(mean, strays, strays / (weight + len(known)))


class Line:
    """The windows that are open and when each is free, as people are dealt out to them, first come first."""

    def __init__(self, hall: Hall, opened: Collection[int], took: Mapping[str, Sequence[float]]) -> None:
        self._paces = {one.code: pace(one.minutes, took.get(one.code, ())) for one in hall.services}
        self._windows = [window for window in hall.windows if window.number in opened]
        self._free = {window.number: 0.0 for window in self._windows}
        self._later: list[tuple[float, str, int]] = []

    def copy(self) -> Line:
        twin = Line.__new__(Line)
        twin._paces, twin._windows = self._paces, self._windows
        twin._free, twin._later = dict(self._free), list(self._later)
        return twin

    def serves(self, window: int, service: str, for_min: float) -> None:
        """Somebody has stood at a window for so long."""
        if window in self._free:
            mean = self.mean(service)
            self._free[window] = mean * max(1 - for_min / mean, LEFT_AT_LEAST)

    def expects(self, service: str, in_min: float, window: int = 0) -> None:
        """Somebody is given a time, and goes ahead then."""
        self._later.append((in_min, service, window))
        self._later.sort()

    def add(self, service: str, window: int = 0) -> None:
        """The next in line; `window` is the only one that may call them, 0 any."""
        at = self._at(service, window)
        self._let_in_until(at)
        self._deal(service, window)

    def wait(self, service: str, window: int = 0) -> Wait | None:
        """What to tell who stands behind all of them; None when no window is open that could call them."""
        expected = self.expected(service, window)
        if expected is None:
            return None
        able = self._able(service, window)
        served = {code for one in able for code in one.services} | {service}
        paces = [self._paces[code] for code in served if code in self._paces]
        strays = max(one.strays * one.mean for one in paces) / len(able)
        doubt = max(one.doubt for one in paces) + SLACK**2
        return told(expected, strays * expected + doubt * expected**2)

    def expected(self, service: str, window: int = 0) -> float | None:
        """The mean behind the range."""
        if not self._able(service, window):
            return None
        if self._later:
            ahead = self.copy()
            ahead._let_in_until(ahead._at(service, window))
            return ahead._at(service, window)
        return self._at(service, window)

    def rough(self, service: str, counts: Mapping[str, int]) -> Wait | None:
        """The same from how many wait for what, where so many wait that the order among them says little more."""
        mine = {window.number for window in self._able(service, 0)}
        if not mine:
            return None
        load = 0.0
        for code, count in counts.items():
            theirs = {window.number for window in self._able(code, 0)}
            if theirs & mine:
                load += max(0, count) * self.mean(code) * len(theirs & mine) / len(theirs)
        expected = load / len(mine)
        return told(expected, (USUAL_DOUBT * expected) ** 2)

    def windows(self, service: str) -> int:
        """How many open windows serve it."""
        return len(self._able(service, 0))

    def mean(self, service: str) -> float:
        """What one service takes."""
        known = self._paces.get(service)
        return known.mean if known else pace(0, ()).mean

    def _able(self, service: str, window: int) -> list[Window]:
        """Who may call them: as `hub.domain.queue` has it, anybody when the window they are bound to is closed."""
        bound = [one for one in self._windows if one.number == window]
        return bound or [one for one in self._windows if service in one.services]

    def _at(self, service: str, window: int) -> float:
        return min((self._free[one.number] for one in self._able(service, window)), default=0.0)

    def _deal(self, service: str, window: int) -> None:
        able = self._able(service, window)
        if able:  # who nobody can call holds up nobody
            first = min(able, key=lambda one: (self._free[one.number], len(one.services), one.number))
            self._free[first.number] += self.mean(service)

    def _let_in_until(self, at: float) -> None:
        while self._later and self._later[0][0] <= at:
            _, service, window = self._later.pop(0)
            self._deal(service, window)


def told(expected: float, variance: float) -> Wait:
    """A mean and its variance as a range of whole minutes, in fives from ten on (Wilson-Hilferty for a gamma)."""
    if expected <= 0:
        return Wait(0, 0)
    shape = expected**2 / variance if variance else 1e6
    low, high = (expected * max(0.0, 1 - 1 / (9 * shape) + z / (3 * sqrt(shape))) ** 3 for z in (-Z, Z))
    return Wait(_down(low), max(1, _up(high)))


def rank(ticket: Queued) -> tuple[bool, queue.Place]:
    """The order in which the waiting are called, but for weights and patience: lanes first, then by their places."""
    return ticket.lane == "line", queue.place(ticket)


def before(ticket: Queued, waiting: Iterable[Q], now: dt.datetime) -> list[Q]:
    """Who of the waiting will be called before a ticket, as things stand; nobody whose own time is still to come."""
    ready = (one for one in waiting if one.not_before is None or one.not_before <= now)
    return sorted((one for one in ready if rank(one) < rank(ticket)), key=rank)


def say(wait: Wait | None, words: Words, under: str = "estimate") -> str:
    """`约 15—25 分钟`; `words` is `Words("hub", language)`, or another catalogue's that has its own `under` a key."""
    if wait is None:
        return words(f"{under}.unknown")
    if not wait.high_min:
        return words(f"{under}.now")
    if not wait.low_min:
        return words(f"{under}.within", high=wait.high_min)
    if wait.low_min == wait.high_min:
        return words(f"{under}.about", low=wait.low_min)
    return words(f"{under}.range", low=wait.low_min, high=wait.high_min)


def _variance(known: Sequence[float]) -> float:
    if not known:
        return 0.0
    mean = sum(known) / len(known)
    return sum((one - mean) ** 2 for one in known) / len(known)


def _down(minutes: float) -> int:
    return floor(minutes) if minutes < 2 * COARSE else floor(minutes / COARSE) * COARSE


def _up(minutes: float) -> int:
    return ceil(minutes) if minutes <= 2 * COARSE else ceil(minutes / COARSE) * COARSE
