"""Many days of halls of every kind, over the pure domain: what was counted, and what no rule explains."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from hub.domain.hall import Window
from tests.simulation.citizens import OPENS, come, pauses
from tests.simulation.day import Day
from tests.simulation.pure import PureLine

FIRST_DAY = dt.date(2026, 1, 5)
LETTERS = {"general": "A", "real-estate": "B", "inquiry": "C", "tax": "D", "complaint": "F"}
MINUTES = {"general": 9.0, "real-estate": 14.0, "inquiry": 4.0, "tax": 7.0, "complaint": 18.0}


@dataclass
class Counted:
    """Of all days together."""

    days: int = 0
    tickets: int = 0
    calls: int = 0
    exceptions: int = 0
    most_passed: int = 0
    longest_min: float = 0.0
    why: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def a_hall(random: Random) -> tuple[list[Window], dict[str, tuple[float, float]]]:
    """A small hall: each of its services has a window, some windows have several, some weigh them."""
    services = random.sample(sorted(LETTERS), random.randint(2, 5))
    windows = []
    for number in range(1, random.randint(3, 9) + 1):
        own = {services[number % len(services)], *random.sample(services, random.randint(0, len(services) - 1))}
        weights = {one: random.randint(1, 10) for one in sorted(own)} if random.random() < 0.4 else {}
        windows.append(Window(number=number, services=tuple(sorted(own)), weights=weights))
    served = {one for window in windows for one in window.services}
    return windows, {one: (random.uniform(1, 4), MINUTES[one]) for one in services if one in served}


def simulate(count: int, seed: int, counted: Counted) -> Iterator[int]:
    """Each day with a hall of its own; yields its number when it was counted."""
    for number in range(count):
        one_day(number, seed, counted)
        yield number


def one_day(number: int, seed: int, counted: Counted) -> None:
    random = Random(f"{seed}-{number}")
    date = FIRST_DAY + dt.timedelta(days=number)
    windows, services = a_hall(random)
    may_pass, keeps_place = random.choice((1, 2, 3, 3, 3, 8)), random.random() < 0.7
    line = PureLine(windows, LETTERS, may_pass=may_pass, behind=random.randint(0, 5), keeps_place=keeps_place)
    day = Day(line, windows, random)
    ordinary = len(windows) * random.randint(15, 45)
    opens = dt.datetime.combine(date, dt.time(), dt.UTC) + OPENS
    day.run(
        come(date, services, ordinary, random, slots=True), pauses(date, [one.number for one in windows], random), opens
    )
    replay = line.replay
    replay.wrong += [f"{one} was never called" for one in line.left]
    replay.wrong += [
        f"{one.number} counts {one.passed}, replayed {replay.tickets[one.ticket_id].passed}"
        for one in line.tickets.values()
        if one.passed != replay.tickets[one.ticket_id].passed
    ]
    counted.days += 1
    counted.tickets += len(line.tickets)
    counted.calls += replay.calls
    counted.exceptions += replay.exceptions
    counted.most_passed = max(counted.most_passed, *(one.most for one in replay.tickets.values()), 0)
    counted.longest_min = max(counted.longest_min, line.longest.total_seconds() / 60)
    counted.why.update(replay.why)
    counted.wrong += [f"day {number}: {one}" for one in replay.wrong]
