"""Writes the working calendar (`policies/calendar.toml`) from chinesecalendar.

The hub never asks the library, which raises beyond its last year; a shipped table can be read, checked and mended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import chinese_calendar
import typer

from hub.errors import HubError

SHIPPED = Path(__file__).parent / "policies" / "calendar.toml"
FIRST_YEAR = 2024
_AS_PEOPLE_SAY = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}

app = typer.Typer(help="The working calendar: holidays and the weekend days worked instead (调休).")


class YearNotPublished(HubError):
    """chinesecalendar does not know the year yet."""

    code = "year_not_published"


@app.callback()
def _commands() -> None:
    """Keeps `seed` a command of its own."""


@app.command()
def seed(
    out: Annotated[Path, typer.Option(help="the file to write")] = SHIPPED,
    first: Annotated[int, typer.Option(help="first year")] = FIRST_YEAR,
    last: Annotated[int, typer.Option(help="last year; 0 is the last one chinesecalendar knows")] = 0,
) -> None:
    """Writes the calendar anew; run it when chinesecalendar has learned another year."""
    years = range(first, (last or newest_year()) + 1)
    out.write_bytes(calendar_toml(years))
    typer.echo(f"{out}: {years[0]}-{years[-1]}")


def newest_year() -> int:
    """The last year whose holidays the library knows."""
    newest: dt.date = max(chinese_calendar.constants.holidays)
    return newest.year


def calendar_toml(years: Iterable[int]) -> bytes:
    """The file's content: the years it covers, days off by the holiday's name, and worked weekend days.

    Raises `YearNotPublished`.
    """
    wanted = sorted(years)
    if wanted[-1] > newest_year():
        raise YearNotPublished(
            f"chinesecalendar ends with {newest_year()}; a year is published each November: update it then"
        )
    lines = [
        "# Written by `bancheng calendar seed` from chinesecalendar. Weekends are days off unless `workdays` has them.",
        f"years = {wanted}",
        f"workdays = {_dates(chinese_calendar.constants.workdays, wanted)}",
        "",
        "[holidays]",
    ]
    by_name: dict[str, list[dt.date]] = {}
    for day, name in sorted(chinese_calendar.constants.holidays.items()):
        by_name.setdefault(_holiday_name(name), []).append(day)
    lines += [f'"{name}" = {_dates(days, wanted)}' for name, days in by_name.items() if _dates(days, wanted) != "[]"]
    return "\n".join(lines).encode() + b"\n"


def _dates(days: Iterable[dt.date], years: list[int]) -> str:
    listed = list(days)
    rows = (sorted(day.isoformat() for day in listed if day.year == year) for year in years)
    inside = "".join(f"    {', '.join(row)},\n" for row in rows if row)
    return f"[\n{inside}]" if inside else "[]"


def _holiday_name(english: str) -> str:
    chinese: str = chinese_calendar.Holiday(english).chinese
    return _AS_PEOPLE_SAY.get(chinese, chinese)
