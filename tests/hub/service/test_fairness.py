"""The fairness report of days lived through the real service: it lists what was planted, and finds what was not."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.domain.policy import Cited
from hub.wire import messages as m
from tests import factories
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


@pytest.mark.rule("R56")
def test_who_is_kept_over_night_is_told_on_both_days(desk: Desk) -> None:
    desk.policy = replace(desk.policy, version=2, queue=replace(desk.policy.queue, at_day_end=Cited("keep")))
    desk.reopen()
    day = FairDay(prepare(desk), 0)
    (_, first), (late, second), (_, third) = (day.take("complaint") for _ in range(3))
    day.do("supervisor", m.AdvanceTicket(ticket_id=late, reason="急件"))
    day.served(3, second)
    desk.later(hours=15)
    tuesday = factories.MONDAY + dt.timedelta(days=1)
    desk.turn_day(tuesday)
    desk.later(hours=9)
    _, today = day.take("complaint")
    for number in (first, third, today):
        day.served(3, number)
    yesterday, now = told(desk), told(desk, tuesday)
    assert (yesterday.findings, now.findings) == ((), ())
    assert [(one.kind, one.number) for one in yesterday.exceptions] == [
        ("advanced", second),
        ("kept", first),
        ("kept", third),
    ]
    assert [one.number for one in now.entries] == [first, third, today]
    assert yesterday.seal == told(desk).seal


def test_an_old_day_is_judged_by_its_own_rules(desk: Desk) -> None:
    day = FairDay(prepare(desk), 0)
    day.weighed()
    desk.later(hours=15)
    desk.turn_day(factories.MONDAY + dt.timedelta(days=1))
    desk.hall = replace(desk.hall, windows=tuple(replace(one, weights={}) for one in desk.hall.windows))
    desk.reopen()
    assert told(desk).findings == ()


def test_rules_that_change_during_a_day_hold_from_then_on(desk: Desk) -> None:
    day = FairDay(prepare(desk), 0)
    day.weighed()
    desk.hall = replace(desk.hall, windows=tuple(replace(one, weights={}) for one in desk.hall.windows))
    desk.reopen()
    (_, first), (_, second) = day.take("inquiry"), day.take("general")
    desk.later(minutes=10)
    day.served(1, first)
    day.served(1, second)
    found = told(desk)
    assert (found.findings, [one.kind for one in found.exceptions]) == ((), ["weight"])
