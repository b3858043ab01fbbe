"""What can be said of each queue before a number is taken: how many wait, how long, whether it is open. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.domain.estimate import Wait
from hub.domain.hall import Hall, Service, Value
from hub.domain.policy import Policy
from hub.wire import waits
from hub.wire.messages import OpeningNow
from hub.wire.picture import Picture

Standing = Literal["open", "unserved", "closed"]
"""Numbers are given and called; are given, but no window that could call them is open; are not given now."""


class Offer(Value, frozen=True):
    """One queue. `wait` and `waiting` are known while the hub is heard; `opens_at` when numbers are given again."""

    service: str
    standing: Standing
    waiting: int = 0
    wait: Wait | None = None
    opens_at: dt.datetime | None = None
    windows: tuple[int, ...] = ()


def numbered(hall: Hall, policy: Policy) -> tuple[Service, ...]:
    """The services of which a number is simply taken.

    A complaint's number comes with the complaint: without one nobody would know what it is about. A green counter's
    comes with a ground (R57), by the way of its own.
    """
    return tuple(
        one
        for one in hall.services
        if one.code != hall.service_for_cases and not (one.kind == "green" and has_green(hall, policy))
    )


def has_green(hall: Hall, policy: Policy) -> bool:
    """Whether the hall's document has a green channel (R57): grounds for it, or a counter of its own."""
    return bool(policy.queue.green_grounds.value) or any(one.kind == "green" for one in hall.services)


def has_times(policy: Policy) -> bool:
    """Whether anybody can have a time to check in for: an appointment (R58), or one agreed on (R56)."""
    rules = policy.appointments
    return rules.taken.value or rules.over_capacity.value == "agree"


def green_counter(hall: Hall) -> str:
    """The service of the green counter, where the hall has one."""
    return next((one.code for one in hall.services if one.kind == "green"), "")


def offers(
    services: tuple[Service, ...], hall: Hall, picture: Picture, opening: OpeningNow | None, now: dt.datetime
) -> tuple[Offer, ...]:
    """In the hall's order. Without an `opening` nobody knows better than that numbers are given."""
    told = waits.for_newcomers(hall, picture, now)
    return tuple(_offer(one, hall, picture, opening, told[one.code], now) for one in services)


def _offer(
    service: Service, hall: Hall, picture: Picture, opening: OpeningNow | None, wait: Wait | None, now: dt.datetime
) -> Offer:
    opened = waits.opened(picture)
    serving = tuple(one.number for one in hall.windows if service.code in one.services and one.number in opened)
    known = next((one for one in opening.services if one.service == service.code), None) if opening else None
    late = opening is not None and any(one.window in serving for one in opening.late)
    if known is not None and not known.open and not late:
        return Offer(service=service.code, standing="closed", opens_at=known.opens_at)
    return Offer(
        service=service.code,
        standing="open" if serving else "unserved",
        waiting=picture.ahead_of_the_next(service.code, now),
        wait=wait,
        windows=serving,
    )
