"""意见箱 (R41): praise, criticism and suggestions, looked through in the document's rhythm and dealt with. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.domain import keeping
from hub.domain.deadline import Calendar
from hub.domain.errors import DomainError
from hub.domain.policy import Policy
from hub.domain.policy.values import Period

SuggestionKind = Literal["praise", "criticism", "suggestion"]
SuggestionState = Literal["left", "handled"]

SERIES = "YJ"
"""意见: what their numbers begin with, and the counter behind them."""
_CHECKED_AFTER_WD: dict[Period, int] = {"day": 1, "week": 5, "month": 21, "quarter": 63, "half_year": 126, "year": 250}


class NoSuggestionBox(DomainError):
    """A hall whose document keeps no box."""

    code = "no_suggestion_box"

    def __init__(self) -> None:
        super().__init__("this hall keeps no suggestion box; do not offer one")


class HandledAlready(DomainError):
    """What was done about a suggestion is said once, for it is published."""

    code = "handled_already"

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} was dealt with already; refresh the list")


def number(day: dt.date, serial: int) -> str:
    """`YJ-20261123-001`: begins anew each day."""
    return f"{SERIES}-{day:%Y%m%d}-{serial:03d}"


def must_be_kept(policy: Policy) -> None:
    """Raises `NoSuggestionBox`."""
    if not policy.suggestion_box.kept.value:
        raise NoSuggestionBox


def next_check(policy: Policy, calendar: Calendar, day: dt.date) -> dt.date:
    """The working day on which somebody looks through the box after `day` (每天检查意见箱)."""
    return calendar.due(day, _CHECKED_AFTER_WD[policy.suggestion_box.checked_every.value]).date


def kept_until(policy: Policy, handled: dt.date) -> dt.date:
    """When its time is over: so many years after it was dealt with (保管期)."""
    return keeping.kept_until(policy, "suggestion", handled)
