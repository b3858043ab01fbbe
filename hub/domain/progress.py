"""What a report of progress does to a due date (R25). Pure.

反馈办理进度、说明理由，并持续跟踪督办直至办结: where a class owes a report, one in time meets its date, and the same
time runs again until the next report or the result. One that comes late meets nothing: the missed date stays.
"""

from __future__ import annotations

import datetime as dt

from hub.domain.deadline import Calendar, Due, day_of
from hub.domain.grievance import CaseKind
from hub.domain.policy import Policy


def next_due(
    policy: Policy, calendar: Calendar, kind: CaseKind, case_class: str, due: Due, today: dt.date
) -> Due | None:
    """The date after a report of `today`, a moment, never earlier than the one that holds; None where it moves none.

    A 投诉 owes its answer within what was promised, whatever its class (R10).
    """
    owes = next((one for one in policy.classes if one.code == case_class and one.owed == "progress"), None)
    if owes is None or kind == "grievance" or day_of(today) > due.date:
        return None
    again = calendar.under(policy).due(today, owes.limit_wd)
    return again if again.date > due.date else None
