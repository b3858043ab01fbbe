"""Simulated days: whatever happens in a hall, each call has its rule, nobody is passed too often, all are called.

`BANCHENG_DAYS=10000` runs as many as `python -m benchmarks.days` does.
"""

from __future__ import annotations

import datetime as dt
import os

import pytest

from hub.domain.hall import Window
from tests.simulation.citizens import Citizen
from tests.simulation.days import LETTERS, Counted, simulate
from tests.simulation.pure import PureLine, Step
from tests.simulation.replay import Replay, Stands

DAYS = int(os.environ.get("BANCHENG_DAYS", "150"))
NINE = dt.datetime(2026, 1, 5, 1, 0, tzinfo=dt.UTC)


@pytest.mark.rule("R55")
@pytest.mark.rule("R57")
def test_every_call_of_any_day_is_in_order_or_has_its_rule() -> None:
    counted = Counted()
    for _ in simulate(DAYS, 0, counted):
        assert counted.wrong == []
    assert counted.days == DAYS
    assert set(counted.why) == {"order", "patience", "lane", "weight", "narrowed", "early"}
    assert 0 < counted.exceptions < counted.calls / 2
    assert counted.most_passed <= 8  # the most that any of these halls allows


def a_line() -> tuple[Replay, list[Stands]]:
    """Three who came one after another to the same window."""
    replay = Replay([Window(number=1, services=("general",))], may_pass=2)
    came = [Stands(f"A00{n}", f"A00{n}", "general", NINE + dt.timedelta(minutes=n)) for n in (1, 2, 3)]
    for one in came:
        replay.takes(one)
    return replay, came


def a_call(ticket: Stands, because: str = "order", passed: int = 0) -> Step:
    at = NINE + dt.timedelta(hours=1)
    return Step(
        *(ticket.ticket_id, at, "call", "called", ticket.service, 1, ticket.lane),
        *(ticket.place, ticket.not_before, ticket.for_window, because, passed),
    )


@pytest.mark.parametrize("because", ["order", "patience", "lane", "weight", "narrowed", "early"])
def test_the_replay_finds_somebody_who_was_called_out_of_turn(because: str) -> None:
    replay, (_, second, _) = a_line()
    replay.goes(a_call(second, because, passed=1))
    assert replay.wrong == [f"no rule explains that A002 passed A001 ({because})"]


def test_the_replay_finds_a_place_that_changed_in_silence() -> None:
    replay, (_, _, third) = a_line()
    replay.goes(a_call(third)._replace(move="release", state="waiting", stands_at=NINE, because=""))
    assert replay.wrong == ["A003 changed its place by release"]


def test_the_replay_finds_a_pass_that_was_not_written_down() -> None:
    replay, (first, second, _) = a_line()
    second.lane = "green"
    replay.goes(a_call(second, "lane", passed=0))
    assert replay.wrong == ["A002 passed 1, but 0 is written down"]
    replay.goes(a_call(first))
    assert len(replay.wrong) == 1


def test_the_same_number_twice_is_found() -> None:
    replay, (first, *_) = a_line()
    replay.takes(first)
    assert replay.wrong == ["A001 was given twice"]


def test_numbers_of_a_service_follow_each_other() -> None:
    line = PureLine([Window(number=1, services=("general", "tax"))], LETTERS)
    given = [line.take(NINE, Citizen(NINE, service, 5.0)) for service in ("general", "tax", "general")]
    assert given == ["A001", "D001", "A002"]
