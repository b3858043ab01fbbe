"""How a case stood, by its steps; `tests/hub/service/life.py` has it with any life of a case."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.domain.stood import Stood, stood

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
