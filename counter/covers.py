"""AB 岗 (R7): who covers for whom, what a person may do about it at their post, and what that needs. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hub.domain.hall import Role, Value
from hub.domain.policy import Policy
from hub.wire.messages import Cover, DelegateList, DelegatePair, HandOverPost, NameDelegate, StepIn


class Handing(Value, frozen=True):
    """The hand-over of one's own post, as far as it is filled in."""

    first_day: dt.date | None = None
    last_day: dt.date | None = None
    note: str = ""


def earliest(policy: Policy, today: dt.date) -> dt.date:
    """The first day that a post can still be handed over for."""
    return today + dt.timedelta(days=policy.delegates.handover_ahead_d.value)


def my_delegate(pairs: Sequence[DelegatePair], me: str) -> str:
    """Who covers for me; empty when nobody is named."""
    return next((one.delegate for one in pairs if one.staff == me), "")


def i_cover(pairs: Sequence[DelegatePair], me: str) -> tuple[str, ...]:
    """For whom I am named."""
    return tuple(one.staff for one in pairs if one.delegate == me)


def may_name(role: Role, policy: Policy) -> bool:
    return policy.delegates.kept.value and role == "supervisor"


def may_hand_over(role: Role, policy: Policy, listed: DelegateList, me: str) -> bool:
    return policy.delegates.kept.value and role in ("window", "department") and bool(my_delegate(listed.pairs, me))


def may_step_in(role: Role, policy: Policy, listed: DelegateList, me: str) -> bool:
    """Whether this hall lets B step in by himself, and I am somebody's B; or nobody needs authority for it."""
    rule = policy.delegates
    if not (rule.kept.value and rule.steps_in_himself.value and role in ("window", "department")):
        return False
    return bool(i_cover(listed.pairs, me)) or not rule.authority_needed.value


def missing_to_hand_over(policy: Policy, today: dt.date, told: Handing) -> tuple[str, ...]:
    """What is still wrong with a hand-over: `first_day`, `too_late`, `last_day`, `bad_dates`, `note`."""
    found = []
    if told.first_day is None:
        found.append("first_day")
    elif told.first_day < earliest(policy, today):
        found.append("too_late")
    if told.last_day is None:
        found.append("last_day")
    elif told.first_day is not None and told.last_day < told.first_day:
        found.append("bad_dates")
    if not told.note.strip():
        found.append("note")
    return tuple(found)


def hand_over(told: Handing) -> HandOverPost:
    assert told.first_day is not None
    assert told.last_day is not None
    return HandOverPost(first_day=told.first_day, last_day=told.last_day, note=told.note.strip())


def step_in(absent: str, reason: str) -> StepIn:
    return StepIn(absent=absent.strip(), reason=reason.strip())


def name(staff: str, delegate: str) -> NameDelegate:
    return NameDelegate(staff=staff.strip(), delegate=delegate.strip())


def today_first(covers: Sequence[Cover], today: dt.date) -> list[Cover]:
    """Who is covered today, then what is to come."""
    return sorted(covers, key=lambda one: (one.first_day > today, one.first_day, one.absent))
