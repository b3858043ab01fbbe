"""What is owed about a case beside its answer: to whom it falls, until when, when somebody is next reminded. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.domain.closing import follow_up_due
from hub.domain.deadline import Calendar, day_of
from hub.domain.grievance import CaseKind
from hub.domain.policy import Policy

Owed = Literal["follow_up", "tell", "look", "investigate"]
"""回访 (R34), 告知本人 (R24), the leader's periodic look (R73), the investigation of a 投诉 (R10)."""


def role(policy: Policy, kind: CaseKind, what: Owed) -> str:
    """Who has to do it, by the hall's document; a 投诉 is followed up by whoever tracks it to its end (R10)."""
    match what:
        case "follow_up" if kind == "matter":
            return policy.follow_up.by.value
        case "tell" if kind == "matter":
            return policy.handling.progress_by.value
        case "look":
            return policy.supervision.looked_at_by.value
        case _:
            return policy.complaints.followed_by.value


def due(policy: Policy, calendar: Calendar, what: Owed, since: dt.date, case_due: dt.date) -> dt.date | None:
    """Until when; None where the document names no time. The result is owed by the day that the answer was (R28).

    `since` is a moment of the hall's time where there is one. Of the leader's look the hours do not count.
    """
    counted = calendar.under(policy)
    match what:
        case "follow_up":
            return follow_up_due(policy, calendar, since)
        case "tell":
            return max(counted.due(since, 0).date, case_due)
        case "look":
            every = policy.supervision.every_wd.value
            return calendar.due(day_of(since), every).date if every else None
        case "investigate":
            return counted.due(since, 0).date


def first_word(until: dt.date | None, since: dt.date) -> dt.date | None:
    """When they are first reminded: who was told today, on a later day. None where no time is named."""
    return max(until, since + dt.timedelta(days=1)) if until else None


def first_look(policy: Policy, calendar: Calendar, today: dt.date) -> dt.date | None:
    """The latest day on which a case was filed that is to be looked at today for the first time; None: nobody looks."""
    every = policy.supervision.every_wd.value
    day = today
    while every and calendar.due(day, every).date > today:
        day -= dt.timedelta(days=1)
    return day if every else None


def reminded_again(policy: Policy, calendar: Calendar, what: Owed, today: dt.date) -> dt.date:
    """When the next word is said of what is still owed: each look's turn, else as often as of a late answer."""
    every = policy.supervision.every_wd.value if what == "look" else policy.notices.remind_late_every_wd.value
    return calendar.due(today, every).date
