"""Clocks that stop and go on at any hour of any day, with extensions and rework in between, by the real service."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hub.domain.case import OPEN
from hub.domain.pause import left_wd
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, copy_database
from tests.hub.domain.test_pause import day_by_day
from tests.hub.service.test_calendars import look_after
from tests.hub.service.test_ended_clock import that_pauses
from tests.hub.service.variants import of

EXAMPLES = int(os.environ.get("BANCHENG_LIFE_EXAMPLES", "15"))

What = Literal["stop", "go on", "extend", "send back", "close a day"]
Doing = tuple[What, int]
WHAT: tuple[What, ...] = ("stop", "stop", "go on", "go on", "close a day", "close a day", "extend", "send back")
DOINGS = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(0, 24 * 12)), max_size=12)
"""What is done, each so many hours after the one before."""


class Clock:
    """One case of a hall that pauses, beside what somebody would strike off in a paper calendar."""

    def __init__(self, desk: Desk, starts: str) -> None:
        that_pauses(desk, starts)
        extension = desk.policy.extension
        often = factories.replace(extension, times=of(extension.times, 9), needs=of(extension.needs, ()))
        desk.policy = factories.replace(desk.policy, version=10, extension=often)
        desk.reopen()
        self.desk = desk
        self.number = desk.dispatched("tax", "complex").case_number
        self.stopped: dt.date | None = None
        self._begin()

    def _begin(self) -> None:
        due = self.desk.line(self.number).due
        self.start, self.wd = due.start, due.wd
        self.pauses: list[tuple[dt.date, dt.date]] = []
        self.ever_late = False

    def was_late(self) -> bool:
        """Whether it ever stopped on its last day or after it, on the calendar of then or of now."""
        calendar = self.desk.books.calendar
        known = [day_by_day(calendar, self.start, self.wd, self.pauses[:at]) for at in range(len(self.pauses))]
        return self.ever_late or any(one >= due for (one, _), due in zip(self.pauses, known, strict=True))

    @property
    def today(self) -> dt.date:
        return self.desk.books.local_date(self.desk.at)

    def do(self, what: str, hours: int) -> None:
        self.desk.later(hours=hours)
        before = self.desk.line(self.number)
        assert before.stage in OPEN
        match what:
            case "stop":
                self._stop(before.due.date)
            case "go on":
                self._go_on()
            case "extend" if not self.stopped:
                wish = m.AskExtension(case_number=self.number, added_wd=2, reason="需核实。")
                assert self.desk.ask("department-tax", wish) == m.Done()
                self.wd += 2
                self.ever_late |= self.today > before.due.date
            case "send back" if not self.stopped:
                self._send_back()
            case "close a day":
                self._close(self.today + dt.timedelta(days=hours % 11 - 5))

    def _close(self, day: dt.date) -> None:
        """A surprise, of the days just gone or soon to come: inside a pause, before it or after."""
        told = m.ChangeCalendar(days=(day,), kind="closed", reason="台风停业")
        answer = self.desk.ask("supervisor", told)
        assert answer == m.Done() or answer.code == "nothing_changes"
        look_after(self.desk)

    def _stop(self, due: dt.date) -> None:
        stop = m.PauseClock(case_number=self.number, ground="superior", evidence="请示。")
        answer = self.desk.ask("department-tax", stop)
        assert (answer == m.Done()) == (self.stopped is None)
        if self.stopped is None:
            self.stopped = self.today
            self.ever_late |= self.today >= due

    def _go_on(self) -> None:
        before = self.desk.line(self.number).due
        answer = self.desk.ask("department-tax", m.ResumeClock(case_number=self.number, evidence="批复。"))
        assert (answer == m.Done()) == (self.stopped is not None)
        if self.stopped is None:
            return
        after, calendar = self.desk.line(self.number).due, self.desk.books.calendar
        if left := left_wd(calendar, before, self.stopped):
            assert left_wd(calendar, after, self.today) == left
        assert (self.today > after.date) == (self.stopped > before.date), "late then, and only then, is late now"
        self.pauses.append((self.stopped, self.today))
        self.stopped = None

    def _send_back(self) -> None:
        order = self.desk.line(self.number).work_order_id
        for told in (m.AcceptWorkOrder(work_order_id=order), m.ReplyToWorkOrder(work_order_id=order, text="已办结。")):
            assert self.desk.ask("department-tax", told) == m.Done()
        self.desk.later(minutes=1)
        bad = m.RateCase(case_number=self.number, level="unsatisfied", text="没有解决。")
        assert self.desk.ask("window-3", bad) == m.Done()
        self.desk.later(minutes=1)
        again = m.DispatchCase(case_number=self.number, department="tax", case_class="complex")
        assert isinstance(self.desk.ask("window-3", again), m.WorkOrderSent)
        self._begin()


@pytest.mark.rule("R26", "R27", "R33")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(starts=st.sampled_from(("filing", "dispatch")), doings=DOINGS)
def test_what_was_left_when_it_stopped_is_left_when_it_goes_on(
    desk_at_work: Desk, starts: str, doings: list[Doing]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_at_work.twin(copy_database(desk_at_work.store.path, Path(folder) / "hall.db"))
        try:
            clock = Clock(desk, starts)
            for what, hours in doings:
                clock.do(what, hours)
            if clock.stopped is None and not clock.was_late():
                due = desk.line(clock.number).due.date
                assert due == day_by_day(desk.books.calendar, clock.start, clock.wd, clock.pauses)
        finally:
            desk.close()
