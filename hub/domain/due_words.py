"""A due date in words: the day, and how it was counted. Kiosk, receipt, counter and phone page say the same.

`words` is `Words("hub", language)`.
"""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from hub.domain.deadline import DayOff, Due
from hub.domain.words import Words


def say_date(date: dt.date, words: Words, today: dt.date | None = None) -> str:
    """`11月30日（周一）`; with its year when that is not `today`'s."""
    weekday = words("due.weekdays").split()[date.weekday()]
    if today is not None and date.year != today.year:
        return words("due.date_of_year", year=date.year, month=date.month, day=date.day, weekday=weekday)
    return words("due.date", month=date.month, day=date.day, weekday=weekday)


def explain(due: Due, words: Words) -> str:
    """How the date was counted: `5 个工作日，周末不算。`, with holidays, 调休 and what makes it provisional."""
    said = [_counted(due, words)]
    if due.moved_workdays:
        said.append(words("due.moved", days=words("due.list").join(_day(day, words) for day in due.moved_workdays)))
    if due.provisional:
        reasons = [words(f"due.{because}", year=due.date.year) for because in due.provisional_because]
        said.append(words("due.provisional", reasons=words("due.and").join(reasons)))
    return "".join(said)


def _counted(due: Due, words: Words) -> str:
    if due.wd == 0:
        return words("due.same_day")
    off = [words("due.weekend")] if any(day.why == "weekend" for day in due.skipped) else []
    for name, days in groupby((day for day in due.skipped if day.why == "holiday"), key=lambda day: day.name):
        off.append(words("due.holiday", name=name, days=_span(list(days), words)))
    if not off:
        return words("due.counted", wd=due.wd)
    return words("due.counted_without", wd=due.wd, days=words("due.list").join(off))


def _span(days: list[DayOff], words: Words) -> str:
    first, last = days[0].date, days[-1].date
    if first == last:
        return _day(first, words)
    end = words("due.day_alone", day=last.day) if last.month == first.month else _day(last, words)
    return words("due.span", first=_day(first, words), last=end)


def _day(day: dt.date, words: Words) -> str:
    return words("due.day", month=day.month, day=day.day)
