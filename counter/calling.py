"""Whom a window would call one after another, by the hub's own rule (R55). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from hub.domain import queue
from hub.domain.hall import Window
from hub.wire.messages import TicketView


def waits_here(window: Window, ticket: TicketView) -> bool:
    """Whether this window may call who waits: its services, and who is bound to it; not who is bound elsewhere."""
    return ticket.for_window == window.number if ticket.for_window else ticket.service in window.services


def following(
    window: Window,
    waits: Iterable[TicketView],
    now: dt.datetime,
    may_pass: int,
    most: int,
) -> list[queue.Pick[TicketView]]:
    """Whom this window would call one after another if it called now and nobody else did, `most` of them."""
    left = list(waits)
    ahead: list[queue.Pick[TicketView]] = []
    while len(ahead) < most and (found := queue.pick(window, left, now, may_pass)) is not None:
        passed = {one.ticket_id for one in found.passed}
        left = [
            replace(one, passed=one.passed + 1) if one.ticket_id in passed else one
            for one in left
            if one.ticket_id != found.ticket.ticket_id
        ]
        ahead.append(found)
    return ahead
