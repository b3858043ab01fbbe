"""Deadlines in working days (R25), on a calendar that knows 调休; every date carries its own explanation."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from hub.domain.errors import CalendarNotPublished
from hub.domain.hall import Value
from hub.domain.policy import Policy

Why = Literal["weekend", "holiday"]
Provisional = Literal["clock_not_started", "calendar_not_published", "clock_paused"]


class DayOff(Value, frozen=True):
    """A day that does not count, and why; `name` is the holiday's, empty for a weekend."""

    date: dt.date
    why: Why
    name: str = ""


class Due(Value, frozen=True):
    """A due date that explains itself: the working days that count, the days that do not, and why.

    `wd` working days counted from `start`, which is day 0 and does not count.
    """

    date: dt.date
    start: dt.date
    wd: int
    counted: tuple[dt.date, ...]
    skipped: tuple[DayOff, ...]
    provisional_because: tuple[Provisional, ...] = ()
    moved_workdays: tuple[dt.date, ...] = ()
    """Weekend days among `counted` that are worked because of 调休."""

    @property
    def provisional(self) -> bool:
        """Whether the date may still move: the clock has not started, or a year's calendar is not published."""
        return bool(self.provisional_because)


class Calendar:
    """The working days of the published years: weekends, minus 调休 working days, plus holidays."""

    def __init__(self, years: tuple[int, ...], holidays: Mapping[dt.date, str], workdays: frozenset[dt.date]) -> None:
        self.years = frozenset(years)
        self._holidays = dict(holidays)
        self._moved = workdays
        self._days: list[dt.date] = []
        for year in sorted(years):
            day = dt.date(year, 1, 1)
            while day.year == year:
                if self.is_working(day):
                    self._days.append(day)
                day += dt.timedelta(days=1)

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on that day; an unpublished year knows only its weekends."""
        if day in self._holidays:
            return False
        return day in self._moved or day.weekday() < 5

    def due(self, start: dt.date, wd: int) -> Due:
        """The date `wd` working days after `start` (day 0), with its explanation.

        A date that reaches into an unpublished year is counted by weekends alone and marked provisional.
        """
        if wd == 0:
            return Due(date=start, start=start, wd=0, counted=(), skipped=())
        end = self._nth(start, wd)
        counted: list[dt.date] = []
        skipped: list[DayOff] = []
        day = start + dt.timedelta(days=1)
        while day <= end:
            if self.is_working(day):
                counted.append(day)
            else:
                name = self._holidays.get(day, "")
                skipped.append(DayOff(date=day, why="holiday" if name else "weekend", name=name))
            day += dt.timedelta(days=1)
        return Due(
            date=end,
            start=start,
            wd=wd,
            counted=tuple(counted),
            skipped=tuple(skipped),
            provisional_because=() if end.year in self.years else ("calendar_not_published",),
            moved_workdays=tuple(day for day in counted if day in self._moved),
        )

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        if start.year in self.years and end.year in self.years:
            return bisect_right(self._days, end) - bisect_right(self._days, start)
        span = (end - start).days
        return sum(self.is_working(start + dt.timedelta(days=n)) for n in range(1, span + 1))

    def require(self, year: int) -> None:
        """Raises `CalendarNotPublished` for a year outside the table."""
        if year not in self.years:
            raise CalendarNotPublished(year)

    def _nth(self, start: dt.date, wd: int) -> dt.date:
        place = bisect_right(self._days, start) + wd - 1
        if start.year in self.years and place < len(self._days):
            return self._days[place]
        day = start
        while wd:
            day += dt.timedelta(days=1)
            wd -= self.is_working(day)
        return day


def due_at_filing(policy: Policy, calendar: Calendar, filed: dt.date) -> Due:
    """The date a receipt may promise before triage.

    Where the clock starts at dispatch it is provisional: the triage limit plus the longest class (R25).
    """
    if policy.clock.starts.value == "filing":
        return calendar.due(filed, policy.longest_wd)
    due = calendar.due(filed, policy.clock.triage_limit_wd.value + policy.longest_wd)
    return replace(due, provisional_because=("clock_not_started", *due.provisional_because))


def due_at_dispatch(policy: Policy, calendar: Calendar, filed: dt.date, dispatched: dt.date, case_class: str) -> Due:
    """The date by which the department owes its answer, from where the policy's clock starts (R25)."""
    start = dispatched if policy.clock.starts.value == "dispatch" else filed
    return calendar.due(start, policy.case_class(case_class).limit_wd)
