"""Who is next: strict order of taking (R55), and the few things that may put somebody before it. Pure.

A ticket stands in its line at its *place*. Only a lane, a window's weights, a ticket bound to one window or to a time,
and a second chance let a later place go first; nobody is passed more often than the policy allows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Generic, NamedTuple, Protocol, TypeVar

from hub.domain.hall import Window
from hub.domain.ticket import WAITING, Because, Lane, TicketState


class Queued(Protocol):
    """What the order needs to know of a ticket.

    `stands_at` is where it stands when that is not where it was taken, `not_before` the time it was given,
    `for_window` the one window that may call it (0: any), `passed` how many later ones went first.
    """

    @property
    def service(self) -> str: ...
    @property
    def state(self) -> TicketState: ...
    @property
    def taken_at(self) -> dt.datetime: ...
    @property
    def number(self) -> str: ...
    @property
    def lane(self) -> Lane: ...
    @property
    def stands_at(self) -> dt.datetime | None: ...
    @property
    def not_before(self) -> dt.datetime | None: ...
    @property
    def for_window(self) -> int: ...
    @property
    def passed(self) -> int: ...


Q = TypeVar("Q", bound=Queued)
Place = tuple[dt.datetime, int, str]


class Pick(NamedTuple, Generic[Q]):
    """Who is called, why, and who of those this window could have called stood before them."""

    ticket: Q
    because: Because
    passed: tuple[Q, ...]


def place(ticket: Queued) -> Place:
    """Where a ticket stands; the number decides between two of the same moment, 999 before 1000."""
    return ticket.stands_at or ticket.taken_at, len(ticket.number), ticket.number


def order(waiting: Iterable[Q]) -> list[Q]:
    """The waiting ones by their places, first come first."""
    return sorted((t for t in waiting if t.state in WAITING), key=place)


def pick(
    window: Window,
    waiting: Iterable[Q],
    now: dt.datetime,
    may_pass: int,
    opened: Collection[int],
    only: str = "",
) -> Pick[Q] | None:
    """Whom this window must call now, or None when nobody waits for it.

    `opened` are the windows that are open: what is bound to a closed one is anybody's. `only` narrows the call to one
    of the window's services. Who was passed `may_pass` times goes before everybody else.
    """
    here = [t for t in order(waiting) if _may_call(window, t, opened)]
    ready = [t for t in here if t.not_before is None or t.not_before <= now]
    asked = [t for t in ready if only in ("", t.service)]
    patient = next((t for t in ready if t.passed >= may_pass), None)
    if patient is not None:
        return _pick(patient, "patience", ready)
    if asked:
        return _of_the_ready(window, asked, ready, now)
    early = [t for t in here if only in ("", t.service)]
    return _pick(min(early, key=lambda t: (t.not_before, place(t))), "early", ready) if early else None


def _of_the_ready(window: Window, asked: list[Q], ready: list[Q], now: dt.datetime) -> Pick[Q]:
    ahead = next((t for t in asked if t.lane != "line"), None)
    if ahead is not None:
        return _pick(ahead, "lane", ready)
    longest = max(_waited(window, t, now) for t in asked)
    chosen = next(t for t in asked if _waited(window, t, now) == longest)
    return _pick(chosen, "weight" if chosen is not asked[0] else "narrowed", ready)


def _pick(chosen: Q, because: Because, ready: list[Q]) -> Pick[Q]:
    passed = tuple(t for t in ready if place(t) < place(chosen))
    return Pick(chosen, because if passed or because == "early" else "order", passed)


def _waited(window: Window, ticket: Queued, now: dt.datetime) -> dt.timedelta:
    """How long somebody has waited, as this window weighs their service."""
    return (now - place(ticket)[0]) * window.weights.get(ticket.service, 1)


def _may_call(window: Window, ticket: Queued, opened: Collection[int]) -> bool:
    bound = ticket.for_window
    if bound and bound != window.number:
        return bound not in opened and ticket.service in window.services
    return bool(bound) or ticket.service in window.services
