"""工作日历: what each day of a year is here, what a change would say, and which open dates it would move (R25). Pure.

Which dates really move the hub counts, with every case's pauses and extensions; here it is foretold from what the list
of open cases says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from hub.domain.case import OPEN
from hub.domain.deadline import Calendar, HallDay
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.wire.calendar_commands import DayAs, calendar_of
from hub.wire.messages import CaseLine, ChangeCalendar, WorkingCalendar

DayKind = Literal["working", "weekend", "holiday", "made_up", "closed", "half", "worked"]
"""`made_up` is a weekend that is worked instead of another day (调休); the last three are the hall's own."""
DAYS_AT_MOST = 31
KINDS: tuple[DayAs, ...] = ("closed", "half", "worked", "as_published")
Missing = Literal["days", "kind", "closes", "reason"]


class Day(Value, frozen=True):
    """One day of the year as this hall has it; `name` is the holiday's, or the hall's reason."""

    date: dt.date
    kind: DayKind
    name: str = ""


class Change(Value, frozen=True):
    """What is filled in: the days, what they shall be, a half day's hour as typed, and why."""

    days: tuple[dt.date, ...] = ()
    kind: DayAs | None = None
    closes: str = "12:00"
    reason: str = ""


def year_of(read: WorkingCalendar, year: int) -> list[Day]:
    """Every day of a year; of one that is not published only its weekends and the hall's own days are known."""
    own = {one.date: one for one in read.days}
    names = {one.date: one.name for one in read.holidays}
    made_up = frozenset(read.workdays)
    first = dt.date(year, 1, 1)
    return [
        _day(first + dt.timedelta(days=n), own, names, made_up) for n in range((dt.date(year + 1, 1, 1) - first).days)
    ]


def toggled(change: Change, day: dt.date) -> Change:
    """With a day that was not among them, or without it."""
    rest = tuple(one for one in change.days if one != day)
    days = rest if len(rest) < len(change.days) else tuple(sorted((*rest, day)))
    return replace(change, days=days[:DAYS_AT_MOST])


def hour(text: str) -> dt.time | None:
    """`12:00`, `1130`; None for what is no time of the day, and for midnight, which closes nothing."""
    digits = text.strip().replace("：", ":").replace(":", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    hours, minutes = int(digits[:2]), int(digits[2:])
    return dt.time(hours, minutes) if hours < 24 and minutes < 60 and (hours or minutes) else None


def missing(change: Change) -> tuple[Missing, ...]:
    """What still has to be said."""
    lacks: list[Missing] = []
    if not change.days:
        lacks.append("days")
    if change.kind is None:
        lacks.append("kind")
    if change.kind == "half" and hour(change.closes) is None:
        lacks.append("closes")
    if not change.reason.strip():
        lacks.append("reason")
    return tuple(lacks)


def command(change: Change) -> ChangeCalendar:
    """The command of a change that lacks nothing."""
    assert change.kind is not None
    closes = hour(change.closes) if change.kind == "half" else None
    return ChangeCalendar(days=change.days, kind=change.kind, reason=change.reason.strip(), closes=closes)


def after(read: WorkingCalendar, change: Change) -> Calendar:
    """What would be counted with after the change."""
    stays = tuple(one for one in read.days if one.date not in change.days)
    kind = change.kind
    if kind is None or kind == "as_published":
        return calendar_of(replace(read, days=stays))
    closes = hour(change.closes) if kind == "half" else None
    set_now = tuple(HallDay(one, kind, change.reason, closes) for one in change.days)
    return calendar_of(replace(read, days=stays + set_now))


class Moved(Value, frozen=True):
    """An open case that would get another date."""

    case_number: str
    before: dt.date
    after: dt.date


def would_move(read: WorkingCalendar, change: Change, lines: Iterable[CaseLine], policy: Policy) -> tuple[Moved, ...]:
    """The open cases that would get another date, by their numbers; what nothing is due of stays out."""
    now, then = calendar_of(read).under(policy), after(read, change).under(policy)
    found = []
    for line in lines:
        if line.stage in OPEN and line.due.wd:
            before, new = now.due(line.due.start, line.due.wd).date, then.due(line.due.start, line.due.wd).date
            if before != new:
                shift = new - before
                found.append(Moved(line.case_number, line.due.date, line.due.date + shift))
    return tuple(sorted(found, key=lambda one: one.case_number))


def _day(day: dt.date, own: dict[dt.date, HallDay], names: dict[dt.date, str], made_up: frozenset[dt.date]) -> Day:
    if day in own:
        return Day(day, own[day].kind, own[day].reason)
    if day in names:
        return Day(day, "holiday", names[day])
    if day in made_up:
        return Day(day, "made_up")
    return Day(day, "weekend" if day.weekday() >= 5 else "working")
