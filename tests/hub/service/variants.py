"""Policies to try a life under: the five halls' as they ship, and each as a hall might change it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from hub.domain.policy import Policy
from hub.domain.policy.values import Named
from tests.factories import a_policy
from tests.hub.desk import HALLS


def with_moves(policy: Policy, **on: bool) -> Policy:
    """The same policy with other moves."""
    moves = {by: replace(told, value=on.get(by, told.value)) for by, told in policy.moves.items()}
    return replace(policy, moves=moves)


def of(told: Any, value: Any) -> Any:
    return replace(told, value=value)


def that_pauses(policy: Policy) -> Policy:
    """A clock from the dispatch that others can stop."""
    clock = policy.clock
    grounds = of(clock.pause_grounds, (Named(code="superior", name="上级批准"),))
    clock = replace(clock, pause_grounds=grounds, starts=of(clock.starts, "dispatch"))
    return with_moves(replace(policy, version=2, clock=clock), pause=True, resume=True)


def with_few_moves(policy: Policy) -> Policy:
    """Only what leads to the archive."""
    rating = replace(policy.rating, rework=of(policy.rating.rework, ()))
    follow_up = replace(policy.follow_up, of=of(policy.follow_up.of, "bad_ratings"))
    fewer = replace(policy, version=3, rating=rating, follow_up=follow_up)
    gone = ("refer_out", "decline", "meet", "escalate", "extend", "follow_up", "send_back", "pause", "resume")
    clock = replace(policy.clock, pause_grounds=of(policy.clock.pause_grounds, ()))
    return with_moves(replace(fewer, clock=clock), **dict.fromkeys(gone, False))


def that_goes_on(policy: Policy) -> Policy:
    """Rework under the clock there was, a cap on what is added, refusals filed, grievances in writing."""
    clock = replace(policy.clock, rework_starts_anew=of(policy.clock.rework_starts_anew, False))
    told = policy.extension
    cap = replace(told, cap_wd=of(told.cap_wd, 5), counts=of(told.counts, "added"), times=of(told.times, 2))
    cap = replace(cap, usual_wd=of(told.usual_wd, 2))
    refusals = replace(policy.refusals, filed=of(policy.refusals.filed, True))
    complaints = replace(policy.complaints, written_when=of(policy.complaints.written_when, ("major",)))
    return replace(policy, version=4, clock=clock, extension=cap, refusals=refusals, complaints=complaints)


VARIANTS: tuple[Callable[[Policy], Policy], ...] = (lambda policy: policy, that_pauses, with_few_moves, that_goes_on)
POLICIES = {f"{one.code}-{one.version}": one for name in HALLS for vary in VARIANTS for one in [vary(a_policy(name))]}
"""The five halls' policies as they ship, and each as halls might change it."""
