"""How a case stood at an earlier moment, worked out of the steps up to then, and when it was due. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import cast

from hub.domain.case import ANSWERED, MOVES, CaseMove, Stage
from hub.domain.deadline import Due
from hub.domain.facts import ClockResumed, ExtensionGranted
from hub.domain.hall import Value

PutBack = ExtensionGranted | ClockResumed
"""Of each such step in the timeline there is one of these facts."""


class Stood(Value, frozen=True):
    """Its stage, when it was answered (nothing while it is open), and since when its clock stands still."""

    stage: Stage = "filed"
    answered_at: dt.datetime | None = None
    paused_at: dt.datetime | None = None


def stood(steps: Iterable[tuple[str, dt.datetime]]) -> Stood:
    """After these steps, in their order. What is remarked, or only stands in the timeline, moves nothing."""
    stage: Stage = "filed"
    answered_at: dt.datetime | None = None
    paused_at: dt.datetime | None = None
    for move, at in steps:
        by = cast(CaseMove, move)
        if stage == "filed" and (stage, by) not in MOVES:
            after = MOVES.get(("triaged", by), stage)  # what needs no look goes on without one
        else:
            after = MOVES.get((stage, by), stage)
        if after in ANSWERED and after != stage:
            answered_at = at
        elif move == "send_back":
            answered_at = None
        paused_at = at if move == "pause" else None if move == "resume" else paused_at
        stage = after
    return Stood(stage=stage, answered_at=answered_at, paused_at=paused_at)


def was_due(due: Due, since: Iterable[PutBack]) -> dt.date:
    """The date before these put it back: as many of its working days less as were granted or waited since."""
    more = sum(one.added_wd if isinstance(one, ExtensionGranted) else one.wd for one in since)
    if not more:
        return due.date
    return due.counted[-1 - more] if more < len(due.counted) else due.start
