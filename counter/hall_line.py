"""The whole hall's line: every queue in its order, who asks for an exception, and whose word it needs. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

from counter import desk_forms
from hub.domain import queue
from hub.domain.hall import Hall, Value
from hub.domain.policy.queue import Queue
from hub.domain.ticket import WAITING
from hub.wire.messages import GreenAsk, TicketView
from hub.wire.picture import Picture

LineMove = Literal["advance", "green", "withdraw", "come_back"]


class Group(Value, frozen=True):
    """One queue: those who wait in their order, and who was parked or missed."""

    service: str
    waiting: tuple[TicketView, ...]
    aside: tuple[TicketView, ...]


def groups(hall: Hall, picture: Picture) -> tuple[Group, ...]:
    """The queues that have anybody, in the order of the hall's services."""
    tickets = list(picture.tickets.values())
    found = []
    for service in hall.services:
        own = [one for one in tickets if one.service == service.code]
        aside = [one for one in own if one.state in ("parked", "no_show")]
        group = Group(service.code, tuple(queue.order(own)), tuple(sorted(aside, key=queue.place)))
        if group.waiting or group.aside:
            found.append(group)
    return tuple(found)


def moves(ticket: TicketView, rules: Queue) -> tuple[LineMove, ...]:
    """What may be done from here with somebody who is not at a window: nobody is called from here."""
    here: tuple[LineMove, ...] = ("green", "come_back", "withdraw")
    first: tuple[LineMove, ...] = ("advance",) if ticket.state in WAITING else ()
    return (*first, *(one for one in here if one in desk_forms.moves_of(ticket.state, rules)))


def decides(move: str, rules: Queue) -> str:
    """The post whose word a move needs; empty where anybody's counts."""
    return {"advance": rules.exceptions_by.value, "decide_green": rules.green_confirmed_by.value}.get(move, "")


def may_decide(move: str, rules: Queue, held: Collection[str]) -> bool:
    post = decides(move, rules)
    return not post or post in held


def open_asks(asks: Iterable[GreenAsk], picture: Picture) -> tuple[tuple[GreenAsk, TicketView], ...]:
    """The requests of those who still wait, with their numbers."""
    known = ((one, picture.tickets.get(one.ticket_id)) for one in asks)
    return tuple((one, found) for one, found in known if found is not None and found.state in WAITING)
