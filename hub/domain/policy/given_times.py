"""What in hours and appointments contradicts itself (R56, R58, R60): each with its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hub.domain.hours import Hours, out_of_order
from hub.domain.policy.lines import Path
from hub.domain.policy.mistakes import Mistake
from hub.domain.policy.policy import Policy


def _hours_are_in_order(policy: Policy) -> Iterator[Mistake]:
    told: dict[Path, tuple[Hours, ...]] = {
        ("notices", "hours", "value"): policy.notices.hours.value,
        ("opening", "hours", "value"): policy.opening.hours.value,
    }
    for path, hours in told.items():
        if (place := out_of_order(hours)) is not None:
            one = hours[place]
            wrong = f"{one.opens:%H:%M} to {one.closes:%H:%M} ends before it begins, or before the last has ended"
            yield Mistake((*path, place), wrong, "put the hours in order")


def _appointments_fit(policy: Policy) -> Iterator[Mistake]:
    told = policy.appointments
    held, agreed = told.held_percent.value, told.agreed_percent.value
    if told.taken.value and not held:
        wrong = "appointments are taken, and nothing is held back for them"
        yield Mistake(("appointments", "held_percent"), wrong, "write a share, or set appointments.taken to false")
    if told.over_capacity.value == "agree" and not agreed:
        wrong = "another time is offered, and nothing is kept for it"
        yield Mistake(
            ("appointments", "agreed_percent"), wrong, 'write a share, or set appointments.over_capacity to "wait"'
        )
    if held + agreed > 100:
        where = "held_percent" if told.agreed_percent.silent else "agreed_percent"
        wrong = f"{held} and {agreed} percent are more than the windows can serve"
        yield Mistake(("appointments", where), wrong, "let both together be at most 100")


CHECKS: tuple[Callable[[Policy], Iterator[Mistake]], ...] = (_hours_are_in_order, _appointments_fit)
