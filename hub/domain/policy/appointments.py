"""预约 and agreed times (R56, R58), and the hours in which numbers are given (R60)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from hub.domain.hall import Value
from hub.domain.hours import Hours
from hub.domain.policy.values import Cited, Count, Named, Positive

Percent = Annotated[int, Meta(ge=0, le=100)]


class Appointments(Value, frozen=True):
    """Times given in advance: what is held back for them, and what becomes of who comes early or late."""

    taken: Cited[bool]
    """Whether the hall gives appointments at all."""
    slot_min: Cited[Positive]
    held_percent: Cited[Percent]
    """How much of what its windows can serve a slot holds back for appointments."""
    agreed_percent: Cited[Percent]
    """The same for times agreed on with those who cannot be served today; never out of what is held back."""
    ahead_wd: Cited[Count]
    """How many working days ahead a time can be given; 0: today only."""
    early_min: Cited[Count]
    """How long before the time its code can be checked in."""
    grace_min: Cited[Count]
    """How long after it who comes is still on time; later they wait like everybody."""
    over_capacity: Cited[Literal["wait", "agree"]]
    """Who comes when today's are more than can be served: takes a number and waits, or is offered another time too."""


class Opening(Value, frozen=True):
    """When numbers are given. Complaints are taken at any hour."""

    hours: Cited[tuple[Hours, ...]]
    """Of each working day, where a service has none of its own; empty: always."""
    late_grounds: Cited[tuple[Named, ...]]
    """延时服务 (R60): on what grounds a window goes on after hours; empty: none."""
