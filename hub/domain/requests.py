"""上门服务 and 网上预审 (R59, R61): asked for from outside the hall, answered in the policy's time, and done. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Literal

from hub.domain.care import NotAllowedHere, StillMissing
from hub.domain.deadline import Calendar
from hub.domain.errors import MoveNotAllowed, UnknownCode
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.domain.policy.requests import PreReview, Visits

RequestKind = Literal["visit", "pre_review"]
RequestState = Literal["asked", "agreed", "refused", "done"]
RequestMove = Literal["agree", "refuse", "carry_out"]
ToldBy = Literal["sms", "phone", "online", "at_window"]
"""How the result of a pre-review reached who asked (通过短信或其他途径告知申请人)."""

MOVES: dict[tuple[RequestKind, RequestState, RequestMove], RequestState] = {
    ("visit", "asked", "agree"): "agreed",
    ("visit", "asked", "refuse"): "refused",
    ("visit", "agreed", "agree"): "agreed",  # another day was agreed on
    ("visit", "agreed", "carry_out"): "done",
    ("pre_review", "asked", "agree"): "done",
    ("pre_review", "asked", "refuse"): "refused",
}
SERIES: dict[RequestKind, str] = {"visit": "SM", "pre_review": "YS"}
"""上门, 预审: what their numbers begin with, and the counters behind them."""


class RequestDue(Value, frozen=True):
    """Until when: a date of the hall's, and the very moment where the time is counted in hours."""

    date: dt.date
    at: dt.datetime | None = None


def number(kind: RequestKind, day: dt.date, serial: int) -> str:
    """`SM-20261123-001`: begins anew each day."""
    return f"{SERIES[kind]}-{day:%Y%m%d}-{serial:03d}"


def move(kind: RequestKind, state: RequestState, by: RequestMove) -> RequestState:
    """The state after a move; raises `MoveNotAllowed` naming what is allowed instead."""
    try:
        return MOVES[kind, state, by]
    except KeyError:
        allowed = [one for known, at, one in MOVES if (known, at) == (kind, state)]
        raise MoveNotAllowed(kind, state, by, allowed) from None


def due(policy: Policy, kind: RequestKind, calendar: Calendar, received: dt.datetime) -> RequestDue:
    """Until when it is answered; `received` is in the hall's own time. Hours run day and night."""
    if kind == "visit":
        return RequestDue(calendar.due(received.date(), policy.visits.answered_within_wd.value).date)
    within = policy.pre_review.within.value
    if policy.pre_review.counted_in.value == "hours":
        at = received + dt.timedelta(hours=within)
        return RequestDue(at.date(), at)
    return RequestDue(calendar.due(received.date(), within).date)


def first_word(asked_for: RequestDue, zone: dt.tzinfo) -> dt.datetime:
    """When somebody is reminded first: on the day it is due, or when its hours have passed."""
    return asked_for.at or dt.datetime.combine(asked_for.date, dt.time(), zone)


def is_late(asked_for: RequestDue, now: dt.datetime) -> bool:
    """Whether its time has passed; `now` is in the hall's own time."""
    return now > asked_for.at if asked_for.at else now.date() > asked_for.date


def check_visit(policy: Visits, ground: str) -> None:
    """Raises `NotAllowedHere` where nobody is sent, `UnknownCode` for a ground that the document does not have."""
    if not policy.offered.value:
        raise NotAllowedHere("this hall's document sends nobody home to citizens; name who could act for them instead")
    grounds = [one.code for one in policy.grounds.value]
    if ground not in grounds:
        raise UnknownCode("ground for a visit", ground, grounds)


def check_carried_out(policy: Visits, staff: Collection[str], papers: int) -> None:
    """Raises `StillMissing` for fewer people than the document sends, or a visit of which no paper was filed (R59)."""
    least = policy.staff_at_least.value
    if len(set(staff)) < least:
        raise StillMissing(f"{least} of the staff go together; name them all (R59)")
    if policy.materials_filed.value and not papers:
        raise StillMissing("attach what was taken down there to its case first: pictures, questions, forms (R59)")


def check_pre_review(policy: PreReview) -> None:
    """Raises `NotAllowedHere` where the hall's document knows no pre-review."""
    if not policy.offered.value:
        raise NotAllowedHere("this hall's document has no online pre-review; take the application at a window")


def reviewed_at(policy: PreReview, chosen: str) -> str:
    """Who reviews it: the outlet that was chosen, else the one that the document names (R61)."""
    return chosen or policy.unassigned_goes_to.value
