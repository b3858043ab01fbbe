"""The fairness report of days lived through the real service: it lists what was planted, and finds what was not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from hub.domain import queue as rules
from hub.domain.hall import Window
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


@pytest.mark.rule("R65", "R66")
def test_a_sheet_that_is_entered_on_a_later_day_is_told_on_its_own(desk: Desk) -> None:
    day = FairDay(prepare(desk), 0)
    block = day.do("supervisor", m.PrintSlips(service="complaint", count=2))
    _, own = day.take("complaint")
    at = [desk.at + dt.timedelta(minutes=minutes) for minutes in range(8)]
    desk.later(hours=15)
    tuesday = factories.MONDAY + dt.timedelta(days=1)
    desk.turn_day(tuesday)
    desk.later(hours=9)
    by_hand = {"outcome": "served", "window": 3, "staff": "06"}
    uses = (
        m.SlipUse(number=own, called_at=at[3], ended_at=at[4], **by_hand),
        m.SlipUse(number=f"{block.series}001", taken_at=at[1], called_at=at[5], ended_at=at[6], **by_hand),
    )
    day.do("window-3", m.ImportSlips(uses=uses))
    yesterday, today = told(desk), told(desk, tuesday)
    assert (yesterday.findings, today.findings) == ((), ())
    assert [(one.kind, one.number) for one in yesterday.exceptions if one.kind == "by_hand"] == [
        ("by_hand", own),
        ("by_hand", f"{block.series}001"),
    ]
    assert today.entries == ()


@pytest.mark.rule("R55")
def test_a_hub_that_calls_somebody_out_of_turn_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub's own rule is at fault and all that it writes agrees with itself: only the rule stated anew does not."""
    day = FairDay(prepare(desk), 0)
    (_, first), (_, last) = day.take("complaint"), day.take("complaint")
    right = rules.pick

    def wrong(window: Window, waiting: list[m.TicketView], *rest: Any) -> Any:
        return right(window, [max(waiting, key=rules.place)], *rest) if waiting else None

    monkeypatch.setattr(rules, "pick", wrong)
    day.served(3, last)
    found = [one for one in told(desk).findings if one.kind == "not_due"]
    assert [(one.number, one.what, one.instead) for one in found] == [(last, "3", f"{first}/order")]
