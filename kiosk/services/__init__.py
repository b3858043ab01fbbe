"""What a citizen may do at the kiosk beside the complaint: one pure module a service.

The home screen offers what the hall and its policy have, in the order of `SERVICES`; what they lack does not show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from hub.domain.hall import Hall
from hub.domain.policy import Policy
from kiosk.services import offers, rating, suggestion


class Flow(Protocol):
    """One service while a citizen uses it. `step` names the screen; `wipe` forgets what they typed."""

    step: str

    def wipe(self) -> None: ...


@runtime_checkable
class TakesCode(Protocol):
    """A service in which a code may be scanned."""

    def scanned(self, text: str) -> bool:
        """Takes what a scanner read, where its step wants a code; whether it did."""


SERVICES: dict[str, Callable[[Hall, Policy], bool]] = {
    "number": lambda hall, policy: bool(offers.numbered(hall, policy)),
    "green": offers.has_green,
    "check_in": lambda _hall, policy: offers.has_times(policy),
    "progress": lambda _hall, _policy: True,
    "rating": rating.has_rating,
    "suggestion": suggestion.has_box,
    "guides": lambda hall, _policy: bool(hall.matters),
}
"""Whether a hall has it, by the service's name; the order is that of the home screen."""


def offered(hall: Hall, policy: Policy) -> tuple[str, ...]:
    """The services that the home screen shows."""
    return tuple(name for name, has in SERVICES.items() if has(hall, policy))
