"""督办, notices, reports, the suggestion box, assessment and the archive (R35-R37, R40, R41, R43, R73)."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from hub.domain.hall import Value
from hub.domain.hours import Hours
from hub.domain.policy.values import ActingRole, Cited, Code, Count, Period, Positive, RoleCode, Stated, Text

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
Kept = Literal[
    "case", "complaint", "refusal", "attachment", "suggestion", "visit", "pre_review", "appointment", "audit"
]
"""Categories with a retention period of their own; a visit about a case is kept and ends with its case."""


class Supervision(Value, frozen=True):
    """督办 (R73): who follows every case to its end, and who looks in how often."""

    followed_by: Cited[ActingRole]
    looked_at_by: Cited[ActingRole]
    every_wd: Cited[Count]
    """Working days between two looks; 0 = nobody looks periodically."""
    every_step_watched: Cited[bool]
    """全节点监控: each step and each person is in the supervisor's view."""


class Notices(Value, frozen=True):
    """What waits on a person reaches one: reminders around the due date, escalation of what nobody took."""

    escalate_after_min: Cited[Positive]
    escalate_to: Cited[ActingRole]
    remind_before_wd: Cited[tuple[Positive, ...]]
    remind_at_due: Cited[bool]
    remind_late_every_wd: Cited[Positive]
    late_goes_to: Cited[tuple[ActingRole, ...]]
    hours: Cited[tuple[Hours, ...]]
    """Working hours; outside them a reminder waits."""


class Report(Stated, frozen=True, kw_only=True):
    """A report that falls due by itself: for whom, how often, with people's and units' names or without."""

    name: Text
    every: Period
    to: tuple[RoleCode, ...]
    names_people: bool
    public: bool = False
    on: Weekday | None = None


class SuggestionBox(Value, frozen=True):
    """意见箱 (R41); a 举报箱 is a channel of 投诉 instead."""

    kept: Cited[bool]
    checked_every: Cited[Period]
    published_on: Cited[tuple[Weekday, ...]]
    """Weekdays on which results are put up; empty = none is named."""
    criticism_taken_up_by: Cited[ActingRole]


class Grade(Value, frozen=True):
    """A grade of the assessment and the points from which it is given."""

    code: Code
    name: Text
    from_points: Annotated[int, Meta(ge=0, le=100)]


class Assessment(Value, frozen=True):
    """考核 (R43)."""

    every: Cited[tuple[Period, ...]]
    """empty = the hall has none."""
    grades: Cited[tuple[Grade, ...]]
    """Best first; the last begins at 0."""


class Registers(Value, frozen=True):
    """What the registers are held against: training, inspections, surveys (R42, R46, R49)."""

    training_hours_y: Cited[Count]
    """Hours of training that everybody at a counter has in a year; 0 = none are named."""
    trainings_y: Cited[Count]
    """Times a year; 0 = not named."""
    trained_before_post: Cited[bool]
    """先培训再上岗: nobody works at a counter who has not passed."""
    inspectors: Cited[Positive]
    """How many go together at least."""
    surveys_y: Cited[Count]


class Archive(Value, frozen=True):
    """立卷归档 (R40) and how long what is kept."""

    holds: Cited[
        tuple[
            Literal[
                "ledger", "registration", "transfers", "leader_notes", "feedback", "briefs", "minutes", "refusal_forms"
            ],
            ...,
        ]
    ]
    keep_y: dict[Kept, Cited[Positive]]
    """Years after closing, by category."""
