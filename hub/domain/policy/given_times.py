"""What in hours and appointments contradicts itself (R56, R58, R60): each with its remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hub.domain.hours import Hours
from hub.domain.policy.lines import Path
from hub.domain.policy.mistakes import Mistake
from hub.domain.policy.policy import Policy


def _hours_are_in_order(policy: Policy) -> Iterator[Mistake]:
    for path, hours in (
        (("notices", "hours", "value"), policy.notices.hours.value),
        (("opening", "hours", "value"), policy.opening.hours.value),
    ):
        yield from _in_order(path, hours)


def _in_order(path: Path, hours: tuple[Hours, ...]) -> Iterator[Mistake]:
    closes = None
    for place, one in enumerate(hours):
        if one.opens >= one.closes or (closes is not None and one.opens < closes):
            wrong = f"{one.opens:%H:%M} to {one.closes:%H:%M} ends before it begins, or before the last has ended"
            yield Mistake((*path, place), wrong, "put the hours in order")
        closes = one.closes


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
