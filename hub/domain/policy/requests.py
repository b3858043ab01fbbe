"""What is asked for from outside the hall: home visits (R59), online pre-review (R61)."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import Cited, Count, Named, Positive, Text


class Visits(Value, frozen=True):
    """上门服务 (R59)."""

    offered: Cited[bool]
    grounds: Cited[tuple[Named, ...]]
    """Who is visited: 卧床不起, 行动不便."""
    answered_within_wd: Cited[Count]
    """Working days within which who asked is answered; 0 = the same day."""
    staff_at_least: Cited[Count]
    """How many of the staff go together; 0 = the document does not say."""
    materials_filed: Cited[bool]
    """What was taken down there is scanned and filed before the visit is done."""


class PreReview(Value, frozen=True):
    """网上预审 (R61)."""

    offered: Cited[bool]
    within: Cited[Positive]
    """From when it came in until the result is told."""
    counted_in: Cited[Literal["hours", "working_days"]]
    """Hours run day and night."""
    unassigned_goes_to: Cited[Text]
    """Who reviews what names no outlet."""
