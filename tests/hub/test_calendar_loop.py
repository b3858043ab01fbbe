"""The hub's loop when the calendar changes: files are taken over at a start, dates follow while others are served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.config import BadHall
from hub.server import Hub
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import secrets_of
from tests.hub.running import Running
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

PIN = "480615"


@pytest.fixture
def hall(tmp_path: Path) -> RunningHall:
    made = RunningHall(tmp_path / "hall", Processes(tmp_path / "logs"))
    made.staff("90", "李敏", "supervisor", PIN, posts=("hall_head",))
    return made


@pytest.fixture
def hub(hall: RunningHall) -> Iterator[Running]:
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    made = Running(hall, dt.datetime.combine(tomorrow, dt.time(4, 0), dt.UTC))
    yield made
    made.close()


@pytest.mark.rule("R25")
def test_a_closed_day_reaches_every_terminal_and_each_open_date_follows_by_itself(hub: Running) -> None:
    kiosk, wall, supervisor = hub.link("kiosk-1"), hub.link("wall"), hub.link("supervisor")
    filed = [kiosk.ask(factories.a_complaint(on_paper=secrets_of(f"paper {n}")), timeout_s=30) for n in range(12)]
    dates = {one.case_number: one.due.date for one in filed}
    supervisor.ask(m.LogIn(staff="90", pin=PIN), timeout_s=30)
    first = filed[0].due.counted[0]
    changed = m.ChangeCalendar(days=(first,), kind="closed", reason="台风停业")
    assert supervisor.ask(changed, timeout_s=30) == m.Done()

    def moved() -> bool:
        wall.wait(0.05)
        shown = wall.picture.cases
        return all(number in shown and shown[number].due_date > due for number, due in dates.items())

    until("the wall has every new date", moved)
    read = kiosk.ask(m.ReadCalendar(), timeout_s=30)
    assert [(one.date, one.reason) for one in read.days] == [(first, "台风停业")]
    until("all are counted", lambda: not kiosk.ask(m.ReadCalendar(), timeout_s=30).recounting)


@pytest.mark.rule("R25")
def test_a_year_in_the_hall_s_own_file_is_taken_over_at_the_next_start_and_a_broken_file_stops_it(
    hub: Running, hall: RunningHall
) -> None:
    own = hall.directory.own_calendar
    year = hub.now.year + 1
    own.write_text(f'years = [{year}]\nworkdays = []\n[holidays]\n"元旦" = [{year}-01-01, {year}-01-02]\n')
    hub.restart()
    kiosk = hub.link("kiosk-1")
    until("the year is there", lambda: year in kiosk.ask(m.ReadCalendar(), timeout_s=30).years)
    hub.close()
    own.write_text(f"years = [{year}]\nworkdays = [{year}-13-01]\n[holidays]\n")
    with pytest.raises(BadHall, match=r"calendar\.toml cannot be used; mend this and start again:\nline 2: "):
        Hub(hall.directory)
