"""Who comes to a hall on a day, when, for what, and how they behave: by a real hall's day, the same for each seed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from hub.domain.hall import WindowWhy

HALF_HOURS = (0.5, 1.6, 2.0, 1.9, 1.5, 1.1, 0.6, 0.4, 0.4, 0.6, 1.2, 1.6, 1.5, 1.2, 0.8)
"""How many come in each half hour from nine to half past four: a rush, little at lunch, a smaller rush."""
OPENS = dt.timedelta(hours=1)
"""Nine o'clock in the hall is one o'clock in UTC."""
WEEKDAYS = (1.3, 1.0, 0.95, 0.9, 0.95, 0.9, 0.9)
"""Monday has what the weekend left; a weekend that is worked is an ordinary day."""
SPREAD = 0.5
"""Of the log-normal service times."""


@dataclass(frozen=True)
class Citizen:
    """One who comes. `misses` calls before they answer one; `returns_min` after a missed call, or they are gone."""

    at: dt.datetime
    service: str
    minutes: float
    green: bool = False
    appointment: dt.datetime | None = None
    misses: int = 0
    returns_min: float | None = None
    parks_min: float | None = None
    goes_on_to: str = ""
    leaves_after_min: float | None = None


@dataclass(frozen=True)
class Pause:
    """A window that goes away."""

    window: int
    at: dt.datetime
    minutes: float
    why: WindowWhy


def come(
    date: dt.date, services: Mapping[str, tuple[float, float]], count: int, random: Random, *, slots: bool = False
) -> list[Citizen]:
    """As many as come on that weekday where `count` come on an ordinary one, by the time they come.

    `services` gives each its share and the median of its minutes; with `slots` some have an appointment.
    """
    midnight = dt.datetime.combine(date, dt.time(), dt.UTC)
    names, shares = list(services), [share for share, _ in services.values()]
    found = []
    for _ in range(round(count * WEEKDAYS[date.weekday()] * random.uniform(0.9, 1.1))):
        half_hour = random.choices(range(len(HALF_HOURS)), HALF_HOURS)[0]
        at = midnight + OPENS + dt.timedelta(minutes=30 * half_hour, microseconds=random.randrange(1_800_000_000))
        service = random.choices(names, shares)[0]
        minutes = services[service][1] * random.lognormvariate(0, SPREAD)
        odd = random.random
        found.append(
            Citizen(
                at=at,
                service=service,
                minutes=minutes,
                green=odd() < 0.02,
                appointment=at + dt.timedelta(minutes=random.uniform(-5, 25)) if slots and odd() < 0.1 else None,
                misses=1 if odd() < 0.05 else 0,
                returns_min=random.uniform(3, 25) if odd() < 0.6 else None,
                parks_min=random.uniform(5, 30) if odd() < 0.04 else None,
                goes_on_to=random.choice(names) if odd() < 0.06 else "",
                leaves_after_min=random.uniform(15, 90) if odd() < 0.02 else None,
            )
        )
    return sorted(found, key=lambda one: one.at)


def pauses(date: dt.date, windows: Sequence[int], random: Random) -> list[Pause]:
    """Lunch in two shifts, and now and then a clerk who is away or a printer that is broken."""
    midnight = dt.datetime.combine(date, dt.time(), dt.UTC)
    found = []
    for place, window in enumerate(windows):
        noon = midnight + dt.timedelta(hours=4 + (place % 2))
        found.append(Pause(window, noon, 55, "break"))
        if random.random() < 0.1:
            at = midnight + OPENS + dt.timedelta(minutes=random.uniform(20, 420))
            found.append(Pause(window, at, random.uniform(3, 40), random.choice(("away", "fault"))))
    return found
