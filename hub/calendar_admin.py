"""`bancheng calendar`: shows the working calendar, checks and compares files, writes one from chinesecalendar.

The hub never asks the library, which raises beyond its last year; a file can be read, checked and mended. A hall gets a
new year by a `calendar.toml` beside its `hall.toml`: checked here, taken over by the hub when it starts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import chinese_calendar
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hub import calendar_screen
from hub.config import BadHall, HallDirectory, load_published
from hub.domain.calendar_file import CalendarWrong, examine_published, parse_published
from hub.domain.hall_calendar import HallCalendar, Published
from hub.domain.words import STAFF, Words
from hub.errors import HubError
from hub.store import calendars
from hub.store.transaction import one_transaction

SHIPPED = Path(__file__).parent / "policies" / "calendar.toml"
FIRST_YEAR = 2024
VERSIONS_SHOWN = 50
_AS_PEOPLE_SAY = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}

app = typer.Typer(
    help="The working calendar: holidays, the weekend days worked instead (调休), and the hall's own days.",
    no_args_is_help=True,
)
screen = Console(highlight=False)
words = Words("hub", STAFF)

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory; left out: what ships.")]


class YearNotPublished(HubError):
    """chinesecalendar does not know the year yet."""

    code = "year_not_published"


@app.command()
def show(
    year: Annotated[int, typer.Argument(help="The year to show; 0 is this one.")] = 0,
    hall: HallOption = None,
    versions: Annotated[bool, typer.Option("--versions", help="List the hall's versions instead of a year.")] = False,
) -> None:
    """Print a year as months: days off, days worked instead, and with --hall the hall's own days in force.

    With --versions: every change of the hall's calendar, who made it, when and why.
    """
    if versions:
        _list(_needed(hall))
        return
    days = _in_force(HallDirectory(hall)) if hall else HallCalendar(load_published())
    wanted = year or dt.datetime.now(dt.UTC).year
    if wanted not in days.published.years:
        screen.print(Text(words("calendar.not_published", year=wanted), style="yellow"))
    calendar_screen.print_year(screen, days, wanted, words)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The calendar file, such as /srv/hall/calendar.toml.")],
) -> None:
    """Find every mistake in a calendar file: its line, what is wrong, what to do. Changes nothing."""
    published, mistakes = examine_published(_bytes(file))
    for one in mistakes:
        screen.print(Text(f"{file}:{one.line}: {one.where}: {one.wrong}; {one.remedy}"), soft_wrap=True)
    if published is None:
        screen.print(f"{len(mistakes)} to mend")
        raise typer.Exit(1)
    off = sum(len(days) for days in published.holidays.values())
    screen.print(f"{_years(published)}: {off} days off, {len(published.workdays)} worked instead: nothing to mend")


@app.command()
def diff(
    file: Annotated[Path, typer.Argument(help="A calendar file.")],
    other: Annotated[Path | None, typer.Argument(help="Another one; left out: what ships.")] = None,
    hall: Annotated[Path | None, typer.Option("--hall", help="Compare with what this hall has in force.")] = None,
) -> None:
    """Compare two calendar files day by day, or a file with what a hall has in force."""
    first = _in_force(HallDirectory(hall)).published if hall else _published(file)
    second = _published(file) if hall else _published(other) if other else load_published()
    told = list(calendar_screen.differences(first, second, words))
    for line in told:
        screen.print(Text(line))
    screen.print(words("calendar.differences", n=len(told)) if told else words("calendar.same"))


@app.command()
def seed(
    out: Annotated[Path, typer.Option(help="The file to write; a hall's own is HALL/calendar.toml.")] = SHIPPED,
    first: Annotated[int, typer.Option(help="First year.")] = FIRST_YEAR,
    last: Annotated[int, typer.Option(help="Last year; 0 is the last one chinesecalendar knows.")] = 0,
) -> None:
    """Write a calendar file from chinesecalendar; run it when that has learned another year."""
    years = range(first, (last or newest_year()) + 1)
    written = calendar_toml(years)
    parse_published(written)
    out.write_bytes(written)
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
    if not wanted or wanted[-1] > newest_year():
        raise YearNotPublished(
            f"chinesecalendar ends with {newest_year()}; a year is published each November: update it then, or write "
            "the notice into the hall's own calendar.toml by hand"
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


def _needed(hall: Path | None) -> HallDirectory:
    """`--hall`, or the usual place."""
    place = HallDirectory(hall)
    place.hall()
    return place


def _in_force(place: HallDirectory) -> HallCalendar:
    """The newest version in the hall's database; of a hall whose hub never ran, what its files say."""
    code = place.hall().code
    with one_transaction(place.database, read_only=True) as db:
        found = calendars.newest(db, code)
    return found.days if found else HallCalendar(place.published())


def _list(place: HallDirectory) -> None:
    found = place.hall()
    zone = ZoneInfo(found.timezone)
    with one_transaction(place.database, read_only=True) as db:
        known = calendars.versions(db, found.code, VERSIONS_SHOWN)
    table = Table(*(words(f"calendar.column.{one}") for one in ("version", "at", "layer", "who", "why", "moved")))
    for one in known:
        at, layer = f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}", words(f"calendar.layer.{one.layer}")
        table.add_row(str(one.version), at, layer, one.who, one.why, str(one.moved))
    screen.print(table)


def _published(file: Path) -> Published:
    try:
        return parse_published(_bytes(file))
    except CalendarWrong as wrong:
        raise BadHall(f"{file} cannot be used; mend this:\n{wrong}") from wrong


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise BadHall(f"{file} cannot be read ({wrong.strerror}); name a calendar file") from wrong


def _years(published: Published) -> str:
    return ", ".join(str(year) for year in published.years)
