"""评价, 退回重办 and 回访 (R32-R35)."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import ActingRole, Cited, Count, LevelCode, Named

RatingLevel = Named
"""One level of 评价; a scale names its levels best first."""


class Rating(Value, frozen=True):
    """The scale and what a bad rating does."""

    levels: Cited[tuple[RatingLevel, ...]]
    rework: Cited[tuple[LevelCode, ...]]
    """Levels that send a case back (退回重办, R33); apart from the scale, which a document may give while it is
    silent on what a bad rating does."""
    asked_after: Cited[Literal["every_service", "every_case"]]
    without_device: Cited[Literal["survey", "at_the_window"]]
    """How it is asked where there is no rating device (R35)."""
    bad_ones_mend_guides: Cited[bool]
    """Bad ratings feed the revision of guides and procedures."""


class FollowUp(Value, frozen=True):
    """回访 (R34)."""

    by: Cited[ActingRole]
    within_wd: Cited[Count]
    """Working days after closing; 0 = no time is named."""
    of: Cited[Literal["every_case", "bad_ratings"]]
