"""After the answer: what a rating does, and what is owed before a case may be archived (R32-R34). Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec.structs import replace

from hub.domain import grievance
from hub.domain.deadline import Calendar, Due, due_at_filing
from hub.domain.errors import UnknownCode
from hub.domain.grievance import CaseKind
from hub.domain.policy import Policy

Owed = Literal["follow_up"]


def check_level(policy: Policy, level: str) -> None:
    """Raises `UnknownCode` for a level that is not on the hall's scale (R32)."""
    levels = [known.code for known in policy.rating.levels.value]
    if level not in levels:
        raise UnknownCode("rating level", level, levels)


def due_of_rework(policy: Policy, calendar: Calendar, kind: CaseKind, before: Due, rated: dt.date) -> Due:
    """The date of a case sent back: its clock starts anew with the rating, where the policy says so (R33)."""
    if not policy.clock.rework_starts_anew.value:
        return before
    anew = grievance.due(policy, calendar, rated) if kind == "grievance" else due_at_filing(policy, calendar, rated)
    return replace(anew, anew=True)


def wants_follow_up(policy: Policy, *, rated_badly: bool) -> bool:
    """Whether this case is one that the hall visits again (回访, R34); `rated_badly` at any time of its life."""
    return rated_badly or policy.follow_up.of.value == "every_case"


def follow_up_due(policy: Policy, calendar: Calendar, answered: dt.date) -> dt.date | None:
    """Until when it is to be done; None where the document names no time (R34)."""
    within = policy.follow_up.within_wd.value
    return calendar.under(policy).due(answered, within).date if within else None


def owed_before_archive(policy: Policy, *, rated_badly: bool, followed_up: bool) -> tuple[Owed, ...]:
    """What is missing before the case may be archived; `followed_up` since its newest answer."""
    return ("follow_up",) if wants_follow_up(policy, rated_badly=rated_badly) and not followed_up else ()
