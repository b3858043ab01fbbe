"""Simulated days of a hall: who comes when, how long each takes, and what they were told when they came. Seeded."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Literal

from hub.domain.estimate import Line, Wait
from hub.domain.hall import Hall

Kind = Literal["quiet", "rush", "one window closes", "slow clerk"]
DAY_MIN = 420.0


@dataclass
class Told:
    """One who came: at what minute, for what, who stood before, what was said, and how long it really was."""

    at: float
    service: str
    before: int
    said: Wait | None
    waited: float = -1.0


@dataclass
class _Window:
    number: int
    services: tuple[str, ...]
    busy_until: float = 0.0
    since: float = 0.0
    serves: str = ""
    opened: bool = True


@dataclass
class Day:
    """Runs a day and keeps what everybody was told."""

    hall: Hall
    kind: Kind
    seed: int
    told: list[Told] = field(default_factory=list)

    def run(self) -> list[Told]:
        chance = random.Random(f"{self.kind} {self.seed}")
        windows = [_Window(one.number, one.services) for one in self.hall.windows]
        pace = {one.code: one.minutes * chance.lognormvariate(0, 0.25) for one in self.hall.services}
        slow = chance.choice(windows).number if self.kind == "slow clerk" else 0
        closes = chance.uniform(60, 240) if self.kind == "one window closes" else DAY_MIN * 9
        gone = chance.choice(windows).number
        waiting: list[Told] = []
        took: dict[str, list[float]] = {}
        for at, service in _arrivals(self.hall, self.kind, chance):
            self._go_on(windows, waiting, took, at, chance, pace, slow, (closes, gone))
            one = Told(at, service, len(waiting), self._say(windows, waiting, took, at, service))
            self.told.append(one)
            waiting.append(one)
            self._call(windows, waiting, took, at, chance, pace, slow)
        self._go_on(windows, waiting, took, DAY_MIN * 4, chance, pace, slow, (closes, gone))
        return self.told

    def _say(
        self, windows: list[_Window], waiting: list[Told], took: dict[str, list[float]], at: float, service: str
    ) -> Wait | None:
        line = Line(self.hall, [one.number for one in windows if one.opened], took)
        for one in windows:
            if one.serves and one.busy_until > at:
                line.serves(one.number, one.serves, at - one.since)
        for other in waiting:
            line.add(other.service)
        return line.wait(service)

    def _go_on(
        self,
        windows: list[_Window],
        waiting: list[Told],
        took: dict[str, list[float]],
        until: float,
        chance: random.Random,
        pace: dict[str, float],
        slow: int,
        closing: tuple[float, int],
    ) -> None:
        """Lets windows finish and call, in the order of time, until that minute."""
        closes, gone = closing
        while True:
            busy = [one for one in windows if one.serves and one.busy_until <= until]
            first = min(busy, key=lambda one: one.busy_until, default=None)
            if first is None:
                return
            at = first.busy_until
            took.setdefault(first.serves, []).append(at - first.since)
            first.serves = ""
            if first.number == gone and at >= closes:
                alone = {code for code in first.services if sum(code in one.services for one in windows) == 1}
                first.opened = bool(alone)
            self._call(windows, waiting, took, at, chance, pace, slow)

    def _call(
        self,
        windows: list[_Window],
        waiting: list[Told],
        took: dict[str, list[float]],
        at: float,
        chance: random.Random,
        pace: dict[str, float],
        slow: int,
    ) -> None:
        for window in windows:
            if window.serves or not window.opened:
                continue
            found = next((one for one in waiting if one.service in window.services), None)
            if found is None:
                continue
            waiting.remove(found)
            found.waited = at - found.at
            takes = pace[found.service] * chance.gammavariate(2.8, 1 / 2.8) * (1.6 if window.number == slow else 1)
            if chance.random() < 0.05:
                takes = 1.0  # nobody comes
            window.serves, window.since, window.busy_until = found.service, at, at + takes + chance.uniform(0.1, 0.6)


def _arrivals(hall: Hall, kind: Kind, chance: random.Random) -> list[tuple[float, str]]:
    """About as many as the windows can serve: fewer on a quiet day, a third more in the first two hours of a rush."""
    found = []
    for service in hall.services:
        share = sum(1 / len(one.services) for one in hall.windows if service.code in one.services)
        every = service.minutes / share / (0.55 if kind == "quiet" else 0.9)
        at = chance.expovariate(1 / every)
        while at < DAY_MIN:
            found.append((at, service.code))
            faster = 1.5 if kind == "rush" and at < 120 else 1.0
            at += chance.expovariate(faster / every)
    return sorted(found)
