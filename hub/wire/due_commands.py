"""What a due date rests on, for whoever has to check it (R25-R27)."""

from __future__ import annotations

from hub.domain.deadline import Due
from hub.domain.trace import Article, TraceAct, TraceDay
from hub.wire.message import Message


class ExplainDue(Message, frozen=True):
    """How the date of one case came about; logged as `ReadCase` is."""

    case_number: str


class DueTrace(Message, frozen=True):
    """The date with every day from the one on which the case came, what was done to its clock, and on what of which
    policy it rests. Nothing in it is personal, and no words of anybody's own.

    `calendar_version` is that of the calendar on which it was counted. `work_order_id` is the newest one's, which has
    the same date; empty before there is one.
    """

    case_number: str
    work_order_id: str
    policy: str
    policy_version: int
    calendar_version: int
    due: Due
    articles: tuple[Article, ...]
    days: tuple[TraceDay, ...]
    acts: tuple[TraceAct, ...]
