"""The working calendar (工作日历): read by every terminal, changed by whoever answers for the hall."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.domain.deadline import Calendar, DayOff, HallDay
from hub.wire.message import Message

DayAs = Literal["closed", "worked", "half", "as_published"]
"""How a day is from now on; `as_published` takes back what the hall had set."""
Layer = Literal["state", "hall"]


class ChangeCalendar(Message, frozen=True):
    """These days are closed, worked, or half days that close at an hour; or again as the state has them.

    `reason` is shown to citizens beside their new dates.
    """

    days: tuple[dt.date, ...]
    kind: DayAs
    reason: str
    closes: dt.time | None = None


class ReadCalendar(Message, frozen=True):
    """The working calendar of a year; 0 is all years."""

    year: int = 0


class CalendarVersion(Message, frozen=True):
    """One version: who changed which layer, when and why; `moved` counts the cases that got another date with it.

    `who` is empty where the hub took over what the state had published.
    """

    version: int
    at: dt.datetime
    who: str
    layer: Layer
    why: str
    moved: int = 0


class WorkingCalendar(Message, frozen=True):
    """The calendar in force: what is not in `years` is not published. `recounting` while dates are still counted anew.

    `holidays` and `workdays` are the state's, `days` the hall's own. Only staff who are logged in read `versions`, the
    newest first.
    """

    version: int
    years: tuple[int, ...]
    holidays: tuple[DayOff, ...]
    workdays: tuple[dt.date, ...]
    days: tuple[HallDay, ...]
    recounting: bool = False
    versions: tuple[CalendarVersion, ...] = ()


def calendar_of(read: WorkingCalendar) -> Calendar:
    """What a terminal counts with."""
    return Calendar(read.years, {one.date: one.name for one in read.holidays}, frozenset(read.workdays), read.days)


CalendarCommand = ChangeCalendar | ReadCalendar
