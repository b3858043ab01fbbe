"""The fairness report of days lived through the real service: it lists what was planted, and finds what was not."""

from __future__ import annotations

import pytest

from tests.hub.desk import Desk
from tests.hub.fair_day import FairDay, listed, prepare, told


@pytest.mark.rule("R55", "R57")
@pytest.mark.parametrize("seed", range(3))
def test_the_report_lists_exactly_what_was_planted(desk: Desk, seed: int) -> None:
    day = FairDay(prepare(desk), seed)
    day.live(scenes=12, traffic=5)
    day.evening()
    found = told(desk)
    assert found.findings == ()
    assert listed(found) == sorted(day.planted)
    assert found.summary.tickets == day.tickets


@pytest.mark.parametrize("scene", [one.__name__ for one in FairDay(None, 0).scenes()])
def test_each_exception_is_listed(desk: Desk, scene: str) -> None:
    day = FairDay(prepare(desk), 0)
    getattr(day, scene)()
    found = told(desk)
    assert found.findings == ()
    assert listed(found) == sorted(day.planted)


def test_a_day_without_exceptions_says_none(desk: Desk) -> None:
    day = FairDay(prepare(desk), 7)
    day.plain(20)
    found = told(desk)
    assert (found.exceptions, found.findings) == ((), ())
    assert found.holds
    assert found.summary.called == day.tickets
