"""Who is next: strict order of taking (R55), over the services a window serves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from hub.domain.ticket import WAITING, TicketState


class Queued(Protocol):
    """What the order needs to know of a ticket."""

    @property
    def service(self) -> str: ...
    @property
    def state(self) -> TicketState: ...
    @property
    def taken_at(self) -> dt.datetime: ...
    @property
    def number(self) -> str: ...


Q = TypeVar("Q", bound=Queued)


def order(waiting: Iterable[Q]) -> list[Q]:
    """The waiting ones, first taken first; the number decides between two taken in the same moment."""
    return sorted((t for t in waiting if t.state in WAITING), key=lambda t: (t.taken_at, t.number))


def next_for(services: Iterable[str], waiting: Iterable[Q]) -> Q | None:
    """The ticket that a window serving these services must call now, or None when nobody waits."""
    served = frozenset(services)
    return next(iter(order(t for t in waiting if t.service in served)), None)
