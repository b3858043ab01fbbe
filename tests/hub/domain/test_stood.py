"""How a case stood, by its steps; `tests/hub/service/life.py` has it with any life of a case."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.domain.extension import extended, resumed
from hub.domain.facts import ClockResumed, ExtensionGranted
from hub.domain.stood import Stood, stood, was_due
from tests.factories import a_calendar, a_policy

STEPS = ("file", "dispatch", "accept", "pause", "resume", "reply", "tell", "rate", "send_back", "answer_on_the_spot")
AT = [dt.datetime(2026, 11, 23, hour, tzinfo=dt.UTC) for hour in range(len(STEPS))]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, Stood()),
        (2, Stood(stage="dispatched")),
        (4, Stood(stage="accepted", paused_at=AT[3])),
        (5, Stood(stage="accepted")),
        (7, Stood(stage="replied", answered_at=AT[5])),
        (8, Stood(stage="rated", answered_at=AT[5])),
        (9, Stood(stage="rework")),
        (10, Stood(stage="answered_on_the_spot", answered_at=AT[9])),
    ],
)
def test_it_is_answered_from_its_answer_until_it_is_sent_back_and_stands_still_between_pause_and_resume(
    count: int, expected: Stood
) -> None:
    assert stood(list(zip(STEPS, AT, strict=True))[:count]) == expected


@pytest.mark.rule("R26", "R27")
@pytest.mark.parametrize("hall", ["yueyang", "shanting", "dahepingxiang", "yunfu", "wuxi"])
def test_a_date_without_what_was_added_since_is_the_date_that_it_was(hall: str) -> None:
    calendar = a_calendar().under(a_policy(hall))
    for day in (dt.date(2026, 9, 1) + dt.timedelta(days=n) for n in range(60)):
        for limit in (0, 1, 2, 5):
            due = calendar.due(day, limit)
            for added, waited in ((1, 0), (3, 0), (10, 0), (0, 2), (2, 4)):
                later = extended(calendar, due, added) if added else due
                since: list[ExtensionGranted | ClockResumed] = (
                    [ExtensionGranted(added, later.date, "")] if added else []
                )
                if waited:
                    later = resumed(calendar, later, waited)
                    since.append(ClockResumed("", waited))
                assert was_due(later, since) == due.date, (day, limit, added, waited)
                assert was_due(later, []) == later.date
