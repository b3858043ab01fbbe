"""Time: classes and their limits, when the clock starts, stops and may be put back (R25-R28, R31, R74)."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import ActingRole, Cited, Code, Count, Named, Positive, Stated, Text

ExtensionNeed = Literal[
    "approval", "term_stated", "reason_stated", "citizen_told", "window_told", "citizen_agrees", "written"
]
"""What an extension (延期) needs before it holds (R26)."""

BreachCode = Literal["late", "late_without_extension", "result_not_delivered", "no_reply"]


class CaseClass(Stated, frozen=True, kw_only=True):
    """A class of problem (问题类型) and its limit: `limit_wd` working days, 0 = on the spot.

    `owed` is what is due by then: the settled matter, an answer, or a report of progress (R25).
    """

    code: Code
    name: Text
    limit_wd: Count
    owed: Literal["settled", "answer", "progress"]


class Clock(Value, frozen=True):
    """When the time of a case counts."""

    starts: Cited[Literal["dispatch", "filing"]]
    triage_limit_wd: Cited[Count]
    cut_off: Cited[dt.time]
    """What comes at this hour or later, or on a day off, counts as of the next working day; midnight = none named."""
    day_zero: Cited[Literal["does_not_count", "counts"]]
    """Whether the day on which the time starts is its first: if it is a working day, and before the cut-off."""
    half_days: Cited[Literal["whole", "none"]]
    """As how much a half day of the hall counts; on it the cut-off is its closing, where that is earlier."""
    pause_grounds: Cited[tuple[Named, ...]]
    """What stops the clock (R27); empty = nothing does."""
    pause_needs_evidence: Cited[bool]
    rework_starts_anew: Cited[bool]
    breaches: Cited[tuple[BreachCode, ...]]
    """What counts as a breach (R28); all are derived from the record."""
    late_explained_by: Cited[ActingRole]
    """Who explains a late answer to the citizen (R74); empty = nobody has to."""


class Extension(Value, frozen=True):
    """延期 (R26): told, approved, agreed or written, as its needs say."""

    needs: Cited[tuple[ExtensionNeed, ...]]
    approver: Cited[ActingRole]
    usual_wd: Cited[Positive]
    """Working days that the form offers first."""
    cap_wd: Cited[Count]
    """Working days at most; 0 = no cap is named."""
    counts: Cited[Literal["total", "added"]]
    """Whether the cap is the time of the case in all or what is added to its limit."""
    times: Cited[Positive]
    """How often one case may be extended."""


class ServiceTime(Value, frozen=True):
    """A service with the time the hall promises and the one the law gives; 0 = none is stated."""

    code: Code
    name: Text
    promised_wd: Count
    statutory_wd: Count = 0
    basis: str = ""
    """The provision that `statutory_wd` comes from."""


class Promises(Value, frozen=True):
    """承诺时限 of the services themselves (R31)."""

    within_statutory: Cited[bool]
    published_by_step: Cited[bool]
    services: Cited[tuple[ServiceTime, ...]]
