"""A case's date counted anew from its own start and limits, when the calendar it was counted on has changed.

What was done stands: when it was filed, sent, stopped, let go on, granted time, reported on and sent back. Only the
days are counted again, by the same functions that counted them first.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

from msgspec.structs import replace

from hub.domain import closing, grievance
from hub.domain.deadline import Calendar, Due, due_at_dispatch, due_at_filing
from hub.domain.extension import extended, resumed
from hub.domain.facts import Standing
from hub.domain.grievance import CaseKind
from hub.domain.hall import Value
from hub.domain.pause import waited
from hub.domain.policy import Policy

ActMove = Literal["dispatch", "pause", "resume", "extend", "progress", "send_back"]
ACTS: tuple[ActMove, ...] = get_args(ActMove)
"""The moves after which a case has another date."""


class Act(Value, frozen=True):
    """One of them, at a moment of the hall's own time: with the class it was sent as, or the working days granted."""

    move: ActMove
    at: dt.datetime
    case_class: str = ""
    added_wd: int = 0


class Story(Value, frozen=True):
    """What a date is counted from. `came` is when the citizen's paper was printed, `filed` when the hub had it."""

    kind: CaseKind
    came: dt.datetime
    filed: dt.datetime
    acts: tuple[Act, ...] = ()


class Recounted(Value, frozen=True):
    """The date anew; `sent`: the newest work order has it too; `paused_wd` did not count, of the time that runs."""

    due: Due
    sent: bool
    paused_wd: int


def due_when_sent(
    policy: Policy,
    calendar: Calendar,
    kind: CaseKind,
    before: Due,
    standing: Standing,
    *,
    began: dt.datetime,
    sent: dt.datetime,
    case_class: str,
) -> Due:
    """The date of a work order (R25); `standing` is of the time that `began`.

    Where that time goes on, what did not count, or was granted, still holds. A 投诉 stays within what was promised,
    however many have it (R10).
    """
    due = replace(due_at_dispatch(policy, calendar, began, sent, case_class), anew=before.anew)
    if policy.clock.starts.value == "filing":
        counted = calendar.under(policy)
        due = extended(counted, resumed(counted, due, standing.paused_wd), standing.extended_wd)
        if standing.progress_until is not None:
            due = max(before, due, key=_date)
    return min(due, before, key=_date) if kind == "grievance" else due


def stopped(due: Due) -> Due:
    """The date while the clock stands still: open (R27)."""
    return replace(due, provisional_because=("clock_paused", *due.provisional_because))


def recounted(policy: Policy, calendar: Calendar, story: Story) -> Recounted:
    """The date that these acts come to on this calendar."""
    counted = calendar.under(policy)
    if story.kind == "grievance":
        due = grievance.due(policy, counted, story.came)
    else:
        due = due_at_filing(policy, counted, story.came)
    began, standing, sent = story.filed, Standing(), False
    paused_at: dt.datetime | None = None
    for act in story.acts:
        match act.move:
            case "dispatch":
                due = due_when_sent(
                    policy, counted, story.kind, due, standing, began=began, sent=act.at, case_class=act.case_class
                )
                sent = True
            case "pause":
                due, paused_at = stopped(due), act.at
            case "resume":
                assert paused_at is not None, "nothing resumes that was not paused"
                wd, paused_at = waited(counted, due, paused_at.date(), act.at.date()), None
                due = resumed(counted, due, wd)
                standing = replace(standing, paused_wd=standing.paused_wd + wd)
            case "extend":
                due = extended(counted, due, act.added_wd)
                standing = replace(standing, extended_wd=standing.extended_wd + act.added_wd)
            case "progress":
                due = max(due, counted.due(act.at, policy.case_class(act.case_class).limit_wd), key=_date)
                standing = replace(standing, progress_until=due.date, paused_wd=0)
            case "send_back":
                due = closing.due_of_rework(policy, counted, story.kind, due, act.at)
                if policy.clock.rework_starts_anew.value:
                    began, standing = act.at, Standing()
                sent = False
    return Recounted(due, sent, standing.paused_wd)


def _date(due: Due) -> dt.date:
    return due.date
