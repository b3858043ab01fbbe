"""After the answer: what a rating does, and what is owed before a case may be archived (R32-R34). Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec.structs import replace

from hub.domain import case as case_table, grievance
from hub.domain.case import Stage
from hub.domain.deadline import Calendar, Due, due_at_filing
from hub.domain.errors import DomainError, UnknownCode
from hub.domain.grievance import CaseKind
from hub.domain.policy import Policy
from hub.domain.policy.ratings import RatingLevel

Owed = Literal["follow_up"]


class NotAnsweredYet(DomainError):
    """A citizen rates what was not answered, or is being done again (R33)."""

    code = "not_answered_yet"

    def __init__(self) -> None:
        super().__init__("this case waits for its answer; it is rated once that is there")


class RatedAlready(DomainError):
    """A citizen's word counts once for each answer; what is archived is done."""

    code = "rated_already"

    def __init__(self) -> None:
        super().__init__("this answer was rated, or its case is archived; go to the window if something is still wrong")


def open_to_rating(policy: Policy, stage: Stage) -> tuple[RatingLevel, ...]:
    """The levels that a citizen may choose from now, best first; none where there is nothing to rate."""
    rateable = policy.has("rate") and (stage, "rate") in case_table.MOVES
    return policy.rating.levels.value if rateable else ()


def check_open_to_rating(stage: Stage) -> None:
    """Before a citizen's own rating (R32): raises `NotAnsweredYet` or `RatedAlready`."""
    if stage in case_table.OPEN:
        raise NotAnsweredYet
    if (stage, "rate") not in case_table.MOVES:
        raise RatedAlready


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
