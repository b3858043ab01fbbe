"""The file of what the state has published (`calendar.toml`): read, and every mistake told with its line and remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from hub.domain.hall import Value
from hub.domain.hall_calendar import Published
from hub.domain.policy.lines import Path, line_of, lines_of
from hub.domain.policy.mistakes import Mistake, PolicyWrong
from hub.domain.policy.shape import misshapen
from hub.domain.policy.text import read, too_deep
from hub.domain.policy.values import Text

Year = Annotated[int, Meta(ge=2000, le=2199)]
NEW_YEAR = "元旦"


class CalendarWrong(PolicyWrong):
    """A calendar file that cannot be used; `mistakes` are all of them, in the order of the file."""

    code = "calendar_wrong"


class _File(Value, frozen=True):
    years: tuple[Year, ...]
    workdays: tuple[dt.date, ...]
    holidays: dict[Text, tuple[dt.date, ...]]


def parse_published(text: bytes) -> Published:
    """What the file says is published; raises `CalendarWrong` with every mistake, its line and its remedy."""
    published, mistakes = examine_published(text)
    if published is None:
        raise CalendarWrong(mistakes)
    return published


def examine_published(text: bytes) -> tuple[Published | None, tuple[Mistake, ...]]:
    """The same, or all its mistakes in the order of the file."""
    found = read(text, "a calendar")
    if isinstance(found, Mistake):
        return None, (found,)
    try:
        mistakes = list(misshapen(found.raw, _File))
        if not mistakes:
            file = msgspec.convert(found.raw, _File)
            mistakes = list(_senseless(file))
        if mistakes:
            lines = lines_of(found.text)
            placed = [replace(one, line=line_of(one.path, lines)) for one in mistakes]
            return None, tuple(sorted(placed, key=lambda one: (one.line, one.where)))
    except RecursionError:
        return None, (too_deep(text),)
    return Published(
        years=tuple(sorted(file.years)),
        holidays={name: tuple(sorted(days)) for name, days in file.holidays.items() if days},
        workdays=tuple(sorted(file.workdays)),
    ), ()


def _senseless(file: _File) -> Iterator[Mistake]:
    """What contradicts itself, or is no calendar of a whole year."""
    for place, year in enumerate(file.years):
        if year in file.years[:place]:
            yield Mistake(("years", place), f"{year} stands twice", "keep one of them")
        elif not any(day.year == year for day in file.holidays.get(NEW_YEAR, ())):
            remedy = f"add the whole notice of {year}, or take the year out until it is published"
            yield Mistake(("years", place), f"{year} has no {NEW_YEAR}, so its notice is not all here", remedy)
    seen: dict[dt.date, str] = {}
    for path, day, name in _days(file):
        if day.year not in file.years:
            remedy = f"add {day.year} to `years` when all its days are here, or mend the date"
            yield Mistake(path, f"{day} is in a year that `years` does not have", remedy)
        elif day in seen:
            yield Mistake(path, f"{day} stands here and under {seen[day]}", "keep the one that the notice has")
        elif path[0] == "workdays" and day.weekday() < 5:
            remedy = "take it out, or mend the date: 调休 is a Saturday or Sunday"
            yield Mistake(path, f"{day} is worked anyhow, for it is no weekend day", remedy)
        seen.setdefault(day, name)


def _days(file: _File) -> Iterable[tuple[Path, dt.date, str]]:
    for name, days in file.holidays.items():
        for place, day in enumerate(days):
            yield ("holidays", name, place), day, name
    for place, day in enumerate(file.workdays):
        yield ("workdays", place), day, "workdays"
