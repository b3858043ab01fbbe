"""A counter counts on the hub's own calendar, and on the newest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from counter.workplace import Workplace
from hub.config import HallDirectory, hall_template
from hub.domain.deadline import HallDay
from hub.link import Link
from hub.wire import messages as m
from tests.counter.makers import ticket
from tests.factories import MONDAY

TUESDAY = MONDAY + dt.timedelta(days=1)
AT = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)


class Line:
    """A link that only notes what is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Callable[[Any], None]]] = []
        self.listeners = SimpleNamespace(event=[], snapshot=[])
        self.live, self.heard_at = True, AT

    def send(self, command: Any, then: Callable[[Any], None]) -> None:
        self.asked.append((command, then))

    def close(self) -> None:
        self.live = False

    def answered(self, days: tuple[HallDay, ...]) -> None:
        """The hub answers what was asked of the calendar last."""
        then = next(then for command, then in reversed(self.asked) if command == m.ReadCalendar())
        then(m.WorkingCalendar(version=2, years=(2026,), holidays=(), workdays=(), days=days))


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    monkeypatch.setattr(Link, "of_terminal", lambda *_args, **_said: made)
    return made


@pytest.fixture
def place(line: Line, tmp_path: Path) -> Iterator[Workplace]:
    (tmp_path / "hall.toml").write_bytes(hall_template("shanting"))
    made = Workplace(HallDirectory(tmp_path), "window-3", changed=lambda: None, alert=lambda _notice: None)
    yield made
    made.close()


@pytest.mark.rule("R25")
def test_a_counter_reads_the_hall_s_calendar_when_it_begins_and_whenever_it_changes(
    line: Line, place: Workplace
) -> None:
    assert place.calendar.is_working(TUESDAY)
    for begin in line.listeners.snapshot:
        begin()
    line.answered((HallDay(TUESDAY, "closed", "台风停业"),))
    assert not place.calendar.is_working(TUESDAY)
    asked = len(line.asked)
    for hear in line.listeners.event:
        hear(m.Numbered(seq=1, at=AT, event=m.CalendarSet(version=3)))
    assert [command for command, _ in line.asked[asked:]] == [m.ReadCalendar()]
    line.answered(())
    assert place.calendar.is_working(TUESDAY)


def test_the_pad_asks_nobody_once_the_next_citizen_is_called(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    monkeypatch.setattr(place.devices, "gone", lambda: gone.append("gone"))
    place._pressed(lambda _answer: None, m.TicketAnswer(ticket=ticket(state="serving")))
    assert gone == []
    place._pressed(lambda _answer: None, m.TicketAnswer(ticket=ticket(state="called")))
    assert gone == ["gone"]
