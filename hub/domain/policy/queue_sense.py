"""What a policy's rules of the line say against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hub.domain.policy.mistakes import Mistake
from hub.domain.policy.policy import Policy


def _a_second_chance_that_nobody_has(policy: Policy) -> Iterator[Mistake]:
    rules = policy.queue
    if rules.second_chance.value != "none":
        return
    for key, told in (
        ("second_chance_behind", rules.second_chance_behind),
        ("second_chances", rules.second_chances),
    ):
        if not told.silent:
            wrong = "nobody who missed their call comes back here: queue.second_chance is none"
            yield Mistake(("queue", key), wrong, "leave it out, or write queue.second_chance = behind or at_once")


def _behind_somebody(policy: Policy) -> Iterator[Mistake]:
    rules = policy.queue
    if rules.second_chance.value == "behind" and rules.second_chance_behind.value == 0:
        path = ("queue", "second_chance" if rules.second_chance_behind.silent else "second_chance_behind")
        yield Mistake(path, "behind nobody is where they stood before", "write how many, or second_chance = at_once")


def _whoever_may_be_asked_can_open_it(policy: Policy) -> Iterator[Mistake]:
    rules = policy.queue
    if not rules.green_grounds.silent and not rules.green_grounds.value and not rules.green_confirmed_by.value:
        wrong = "the green channel has no ground, and nobody confirms one"
        yield Mistake(("queue", "green_grounds"), wrong, "name a ground, or who confirms it in green_confirmed_by")


CHECKS: tuple[Callable[[Policy], Iterator[Mistake]], ...] = (
    _a_second_chance_that_nobody_has,
    _behind_somebody,
    _whoever_may_be_asked_can_open_it,
)
