"""The program between hub and board: whose clock it sets by, how bright it is at which hour, what it reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from display.led import __main__ as program
from display.led.__main__ import Program
from hub.wire.messages import Done, ReportHealth
from hub.wire.picture import Picture
from tests.display.factories import MORNING, hall, picture
from tests.display.led.wire import BOARDS, STEP_S, Bench

LEVELS = tuple([20] * 8 + [100] * 2 + [40] * 14)
WRONG_CLOCK = dt.datetime(2001, 2, 3, tzinfo=dt.UTC)
"""This machine's own; the hub's is what counts."""


class Linked:
    """A terminal's link: what the hub said, and what it was told."""

    def __init__(self, seen: Picture, heard: dt.datetime) -> None:
        self.picture, self.heard_at, self.live = seen, heard, True
        self.listeners = SimpleNamespace(event=[], snapshot=[])
        self.told: list[tuple[str, ...]] = []

    def send(self, report: ReportHealth, answered: Callable[[Done], None]) -> None:
        self.told.append(report.troubles)
        answered(Done())


class Hall:
    """The program at an emulated card, stepped through time."""

    def __init__(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        place = replace(BOARDS[kind], brightness=LEVELS)
        self.bench = Bench(place)
        monkeypatch.setattr(program, "connect", lambda _: self.bench.line())
        self.link = Linked(picture(bulletin="照常办理"), MORNING)
        self.program = Program(hall(services=()), place, self.link)  # type: ignore[arg-type]

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP_S)):
            self.program.step(WRONG_CLOCK, self.bench.now_s)
            self.bench.now_s += STEP_S
            if self.link.live:
                self.link.heard_at += dt.timedelta(seconds=STEP_S)


@pytest.fixture(params=list(BOARDS))
def running(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Hall:
    return Hall(request.param, monkeypatch)


def test_the_boards_clock_is_the_halls_time_by_the_hub(running: Hall):
    running.run(8)
    late = running.bench.card.clock - dt.datetime.fromisoformat("2026-11-23T09:42:10")
    assert dt.timedelta() <= late <= dt.timedelta(seconds=8)


def test_the_board_is_as_bright_as_the_hour_says(running: Hall):
    running.run(8)
    assert running.bench.card.light == 1.0
    running.link.heard_at += dt.timedelta(hours=1)
    running.bench.card.clock += dt.timedelta(hours=1)
    running.run(8)
    assert 0.37 <= running.bench.card.light <= 0.42


def test_while_the_hub_is_away_nobody_knows_better_than_the_board(running: Hall):
    running.link.live = False
    before = running.bench.card.clock
    running.run(8)
    assert running.bench.card.clock == before
    assert any(running.bench.lines()), "what is known is shown nevertheless"


def test_a_board_that_falls_silent_is_reported_once_and_so_is_its_return(running: Hall):
    running.run(8)
    running.bench.deaf_until_s = running.bench.now_s + 15
    running.run(10)
    assert running.link.told == [(), ("board_silent",)]
    running.run(12)
    assert running.link.told == [(), ("board_silent",), ()]


def test_a_hall_in_traditional_characters_has_a_board_without_boxes():
    assert program._language(replace(hall(), language="zh_Hant")) == "zh_Hans"
    assert program._language(replace(hall(), language="en")) == "en"
