"""The working calendar on a terminal's screen: a year as months, and where two calendars differ."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterator

from rich.columns import Columns
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hub.domain.deadline import Calendar
from hub.domain.hall_calendar import HallCalendar, Published
from hub.domain.words import Words

STYLES = {
    "off": "red",
    "weekend": "dim",
    "moved": "bold green",
    "closed": "bold white on red",
    "half": "black on yellow",
}
MARKS = {"off": "休", "moved": "班", "closed": "停", "half": "半", "worked": "开"}
"""One sign a kind beside the day, for screens and printers without colour."""


def print_year(screen: Console, days: HallCalendar, year: int, words: Words) -> None:
    """Twelve months side by side, as many as fit; then the hall's own days of that year with their reasons."""
    counted, holidays = days.calendar(), days.published.names()
    tables = [_month(days, counted, holidays, year, month, words) for month in range(1, 13)]
    screen.print(Columns(tables, padding=(0, 1), expand=False))
    said = "  ".join(f"{mark} {words(f'calendar.mark.{kind}')}" for kind, mark in MARKS.items())
    screen.print(Text(said, style="dim"))
    for name, off in sorted(days.published.of([year]).holidays.items(), key=lambda one: one[1][0]):
        screen.print(Text(words("calendar.holiday", name=name, first=f"{off[0]:%m-%d}", n=len(off))))
    for one in days.days:
        if one.date.year == year:
            closes = f" {one.closes:%H:%M}" if one.closes else ""
            screen.print(Text(f"{one.date} {words(f'calendar.mark.{one.kind}')}{closes}: {one.reason}"))


def differences(known: Published, other: Published, words: Words) -> Iterator[str]:
    """Each year and each day that the other calendar has otherwise, in order."""
    for year in sorted({*known.years, *other.years}):
        if year not in known.years or year not in other.years:
            yield words("calendar.only_there" if year in other.years else "calendar.only_here", year=year)
            continue
        before, after = known.of([year]), other.of([year])
        for day in sorted({*before.names(), *before.workdays, *after.names(), *after.workdays}):
            one, two = _said(before, day, words), _said(after, day, words)
            if one != two:
                yield words("calendar.difference", day=day, before=one, after=two)


def _said(published: Published, day: dt.date, words: Words) -> str:
    if name := published.names().get(day):
        return name
    if day in published.workdays:
        return words("calendar.mark.moved")
    return words("calendar.weekend" if day.weekday() > 4 else "calendar.workday")


def _month(
    days: HallCalendar, counted: Calendar, holidays: dict[dt.date, str], year: int, month: int, words: Words
) -> Table:
    table = Table(title=f"{year}-{month:02}", box=None, padding=(0, 0), show_header=True)
    for name in words("due.weekdays").split():
        table.add_column(name[-1], justify="right", min_width=5)
    own = {one.date: one for one in days.days}
    for week in months.Calendar().monthdatescalendar(year, month):
        cells = []
        for day in week:
            kind = own[day].kind if day in own else _published_kind(days.published, counted, holidays, day)
            mark = MARKS.get(kind, "")
            cells.append(Text(f"{day.day}{mark}" if day.month == month else "", style=STYLES.get(kind, "")))
        table.add_row(*cells)
    return table


def _published_kind(published: Published, counted: Calendar, holidays: dict[dt.date, str], day: dt.date) -> str:
    if day in holidays:
        return "off"
    if day in published.workdays:
        return "moved"
    return "" if counted.is_working(day) else "weekend"
