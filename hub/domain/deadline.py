"""Deadlines in working days (R25), on a calendar of 调休 and the hall's own days; every date explains itself."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from hub.domain.errors import CalendarNotPublished
from hub.domain.hall import Value
from hub.domain.policy import Policy

Why = Literal["weekend", "holiday", "closed", "half_day"]
Provisional = Literal["clock_not_started", "calendar_not_published", "clock_paused"]
MovedBecause = Literal["cut_off", "half_day", "day_off"]
HallDayKind = Literal["closed", "worked", "half"]
MIDNIGHT = dt.time()
"""As a cut-off hour: the day ends with itself, and nothing comes too late for it."""


class HallDay(Value, frozen=True):
    """A day on which this hall differs from the state's calendar, and why; a half day `closes` at an hour."""

    date: dt.date
    kind: HallDayKind
    reason: str
    closes: dt.time | None = None


class Counting(Value, frozen=True):
    """How a policy counts (`clock.cut_off`, `.day_zero`, `.half_days`)."""

    cut_off: dt.time = MIDNIGHT
    day_zero_counts: bool = False
    half_days_count: bool = True


class DayOff(Value, frozen=True):
    """A day that does not count, and why; `name` is the holiday's or the hall's reason, empty for a weekend."""

    date: dt.date
    why: Why
    name: str = ""


class StartMoved(Value, frozen=True):
    """What came too late on the day `came` counts as of a later one: after the hour `after`, or on a day off."""

    came: dt.date
    why: MovedBecause
    after: dt.time | None = None


class Due(Value, frozen=True):
    """A due date that explains itself: the working days that count, the days that do not, and why.

    `wd` working days counted from `start`, day 0, which counts only where the policy says so; `start_moved` where it is
    not the day on which it came.
    """

    date: dt.date
    start: dt.date
    wd: int
    counted: tuple[dt.date, ...]
    skipped: tuple[DayOff, ...]
    provisional_because: tuple[Provisional, ...] = ()
    moved_workdays: tuple[dt.date, ...] = ()
    """Weekend days among `counted` that are worked because of 调休."""
    hall_workdays: tuple[dt.date, ...] = ()
    """Days off among `counted` that this hall works."""
    half_days: tuple[dt.date, ...] = ()
    """Half days of this hall among `counted`."""
    start_moved: StartMoved | None = None
    extended_wd: int = 0
    """Of `wd`, what was granted (延期)."""
    paused_wd: int = 0
    """Of `wd`, what others took (不计时间)."""
    anew: bool = False
    """Whether it is counted anew because the case was sent back (退回重办)."""

    @property
    def provisional(self) -> bool:
        """Whether the date may still move: the clock has not started, or a year's calendar is not published."""
        return bool(self.provisional_because)


class Calendar:
    """The working days of the published years: weekends, minus 调休 working days, plus holidays; over them the hall's
    own days. `under` a policy it counts as that policy says; until then as most do: whole days, day 0 does not count.
    """

    def __init__(
        self,
        years: tuple[int, ...],
        holidays: Mapping[dt.date, str],
        workdays: frozenset[dt.date],
        hall_days: tuple[HallDay, ...] = (),
        counting: Counting = Counting(),  # noqa: B008 - frozen
    ) -> None:
        self.years = frozenset(years)
        self._holidays = dict(holidays)
        self._moved = workdays
        self._hall = {one.date: one for one in hall_days}
        self._counting = counting
        self._others: dict[Counting, Calendar] = {counting: self}
        self._days: list[dt.date] = []
        """What counts from the first published year to the last; a gap between them knows only its weekends."""
        self._known = (dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)) if years else (dt.date.max, dt.date.min)
        day, last = self._known
        while day <= last:
            if self.counts(day):
                self._days.append(day)
            day += dt.timedelta(days=1)

    def under(self, policy: Policy) -> Calendar:
        """The same days as this policy counts them."""
        clock = policy.clock
        rules = Counting(clock.cut_off.value, clock.day_zero.value == "counts", clock.half_days.value == "whole")
        if rules not in self._others:
            other = Calendar(tuple(self.years), self._holidays, self._moved, tuple(self._hall.values()), rules)
            other._others = self._others
            self._others[rules] = other
        return self._others[rules]

    def is_working(self, day: dt.date) -> bool:
        """Whether people are at work then, if only for half a day; an unpublished year knows only its weekends."""
        own = self._hall.get(day)
        return own.kind != "closed" if own else self._is_published_workday(day)

    def closes(self, day: dt.date) -> dt.time | None:
        """When a half day of the hall ends; None for any other day."""
        own = self._hall.get(day)
        return own.closes if own else None

    def counts(self, day: dt.date) -> bool:
        """Whether that day is a working day of a deadline."""
        return self.is_working(day) and (self._counting.half_days_count or self.closes(day) is None)

    def off(self, day: dt.date) -> DayOff | None:
        """Why that day is no working day of a deadline; None for one that is."""
        return None if self.counts(day) else self._day_off(day)

    def due(self, start: dt.date, wd: int) -> Due:
        """The date `wd` working days after `start`, with its explanation: never a day that does not count.

        `start` is a date, or a moment of the hall's own time where the hour matters. What comes at the policy's cut-off
        hour or later, on a half day after its closing, or on a day off counts as of the next working day; where the
        policy names no such hour, day 0 is the day itself. A date that reaches into an unpublished year is counted by
        weekends alone and marked provisional.
        """
        zero, moved = self._day_zero(start)
        end = self._end(zero, wd)
        first = zero if not wd or self._counts_from(zero) else zero + dt.timedelta(days=1)
        passed = [first + dt.timedelta(days=n) for n in range((end - first).days + 1)]
        counted = tuple(day for day in passed if wd and self.counts(day))
        years = range((moved.came if moved else first).year, end.year + 1)
        return Due(
            date=end,
            start=zero,
            wd=wd,
            counted=counted,
            skipped=tuple(self._day_off(day) for day in passed if not self.counts(day)),
            provisional_because=() if self.years.issuperset(years) else ("calendar_not_published",),
            moved_workdays=tuple(day for day in counted if day in self._moved and day not in self._hall),
            hall_workdays=tuple(day for day in counted if day in self._hall and not self._is_published_workday(day)),
            half_days=tuple(day for day in counted if self.closes(day) is not None),
            start_moved=moved,
        )

    def alike(self, came: dt.datetime) -> dt.date:
        """A start from which `due` counts the same: one for all moments that count as of one day for one reason."""
        _, moved = self._day_zero(came)
        return came.date() if moved is None or moved.after is None else dt.datetime.combine(came.date(), moved.after)

    def working_days_between(self, start: dt.date, end: dt.date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        if self._known[0] <= start and end <= self._known[1]:
            return bisect_right(self._days, end) - bisect_right(self._days, start)
        span = (end - start).days
        return sum(self.counts(start + dt.timedelta(days=n)) for n in range(1, span + 1))

    def require(self, year: int) -> None:
        """Raises `CalendarNotPublished` for a year outside the table."""
        if year not in self.years:
            raise CalendarNotPublished(year)

    def _is_published_workday(self, day: dt.date) -> bool:
        return day not in self._holidays and (day in self._moved or day.weekday() < 5)

    def _day_zero(self, start: dt.date) -> tuple[dt.date, StartMoved | None]:
        """The day from which it counts, and why that is not the day on which it came."""
        day, cut_off = day_of(start), self._counting.cut_off
        if cut_off == MIDNIGHT:
            return day, None
        if not self.counts(day):
            return self._nth(day, 1), StartMoved(came=day, why="day_off")
        closes = self.closes(day)
        half = closes is not None and closes < cut_off
        ends = closes if closes is not None and half else cut_off
        if not isinstance(start, dt.datetime) or start.time() < ends:
            return day, None
        return self._nth(day, 1), StartMoved(came=day, why="half_day" if half else "cut_off", after=ends)

    def _end(self, zero: dt.date, wd: int) -> dt.date:
        if not wd:
            return zero if self.counts(zero) else self._nth(zero, 1)
        ahead = wd - self._counts_from(zero)
        return self._nth(zero, ahead) if ahead else zero

    def _counts_from(self, zero: dt.date) -> bool:
        return self._counting.day_zero_counts and self.counts(zero)

    def _day_off(self, day: dt.date) -> DayOff:
        if name := self._holidays.get(day, ""):
            return DayOff(date=day, why="holiday", name=name)
        own = self._hall.get(day)
        if own is None or not self._is_published_workday(day):
            return DayOff(date=day, why="weekend")
        return DayOff(date=day, why="closed" if own.kind == "closed" else "half_day", name=own.reason)

    def _nth(self, start: dt.date, wd: int) -> dt.date:
        place = bisect_right(self._days, start) + wd - 1
        if self._known[0] <= start and place < len(self._days):
            return self._days[place]
        day = start
        while wd:
            day += dt.timedelta(days=1)
            wd -= self.counts(day)
        return day


def day_of(moment: dt.date) -> dt.date:
    """The date of a date or of a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def due_at_filing(policy: Policy, calendar: Calendar, filed: dt.date) -> Due:
    """The date a receipt may promise before triage; `filed` is a moment of the hall's time where there is one.

    Where the clock starts at dispatch it is provisional: the triage limit plus the longest class (R25).
    """
    counted = calendar.under(policy)
    if policy.clock.starts.value == "filing":
        return counted.due(filed, policy.longest_wd)
    due = counted.due(filed, policy.clock.triage_limit_wd.value + policy.longest_wd)
    return replace(due, provisional_because=("clock_not_started", *due.provisional_because))


def due_at_dispatch(policy: Policy, calendar: Calendar, filed: dt.date, dispatched: dt.date, case_class: str) -> Due:
    """The date by which the department owes its answer, from where the policy's clock starts (R25); moments where there
    are any."""
    start = dispatched if policy.clock.starts.value == "dispatch" else filed
    return calendar.under(policy).due(start, policy.case_class(case_class).limit_wd)
