"""Who is next: strict order of taking (R55), and the few things that may put somebody before it. Pure.

A ticket stands in its line at its *place*. Only a lane, a window's weights, a ticket bound to one window or to a time,
and a second chance let a later place go first; nobody is passed more often than the policy allows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
A_MOMENT = dt.timedelta(microseconds=1)
"""Behind somebody, and before whoever stands behind them."""


class Pick(NamedTuple, Generic[Q]):
    """Who is called, why, and who of those this window could have called stood before them."""

    ticket: Q
    because: Because
    passed: tuple[Q, ...]


class Only(NamedTuple):
    """What a window narrows its call to: one of its services, a lane; empty and None narrow nothing."""

    service: str = ""
    lane: Lane | None = None

    def means(self, ticket: Queued) -> bool:
        return self.service in ("", ticket.service) and self.lane in (None, ticket.lane)


ANYBODY = Only()


def place(ticket: Queued) -> Place:
    """Where a ticket stands; the number decides between two of the same moment, 999 before 1000."""
    return ticket.stands_at or ticket.taken_at, len(ticket.number), ticket.number


def order(waiting: Iterable[Q]) -> list[Q]:
    """The waiting ones by their places, first come first."""
    return sorted((t for t in waiting if t.state in WAITING), key=place)


def is_due(ticket: Queued, now: dt.datetime) -> bool:
    """Whether the time has come that a ticket was given, if it was given any."""
    return ticket.not_before is None or ticket.not_before <= now


def pick(
    window: Window,
    waiting: Iterable[Q],
    now: dt.datetime,
    may_pass: int,
    only: Only = ANYBODY,
) -> Pick[Q] | None:
    """Whom this window must call now, or None when nobody waits for it.

    `only` narrows the call; who was passed `may_pass` times goes before everybody else, narrowed or not. Replaying
    `ticket_step` needs nothing else: a ticket is bound to a window only while that is open.
    """
    here = [t for t in order(waiting) if _may_call(window, t)]
    ready = [t for t in here if is_due(t, now)]
    asked = [t for t in ready if only.means(t)]
    patient = next((t for t in ready if t.passed >= may_pass), None)
    if patient is not None:
        return _pick(patient, "patience", ready)
    if asked:
        return _of_the_ready(window, asked, ready, now)
    early = [t for t in here if only.means(t)]
    return _pick(min(early, key=lambda t: (t.not_before, place(t))), "early", ready) if early else None


def stand_behind(ticket: Queued, waiting: Iterable[Queued], behind: int, now: dt.datetime) -> dt.datetime:
    """Where somebody stands who comes back behind that many of the others, at the end of a shorter line.

    Never before their own old place, and behind whoever came back to the same one.
    """
    own = place(ticket)[0]
    if not behind:
        return own
    places = [place(t)[0] for t in order(waiting) if is_due(t, now)]
    if len(places) < behind:
        return max(now, own)
    stands_at = max(places[behind - 1], own)
    while stands_at in places:
        stands_at += A_MOMENT
    return stands_at


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


def _may_call(window: Window, ticket: Queued) -> bool:
    if ticket.for_window:
        return ticket.for_window == window.number
    return ticket.service in window.services
