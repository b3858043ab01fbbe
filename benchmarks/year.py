"""The working days of 2026 in a hall with 20 windows and 800 tickets a day, through the real service and store.

Every command is a round of its own, committed on the disk; after each day its line is replayed from the tables alone.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hub.config import load_calendar
from tests.hub.desk import HALLS, make_database
from tests.simulation.real import Year

progress = Console(stderr=True)


def working_days(year: int) -> list[dt.date]:
    calendar, first = load_calendar(), dt.date(year, 1, 1)
    days = (first + dt.timedelta(days=n) for n in range(366))
    return [day for day in days if day.year == year and calendar.is_working(day)]


def measure(
    days: Annotated[int, typer.Option(help="Only so many working days; 0: all.", min=0)] = 0,
    skip: Annotated[int, typer.Option(help="Begin so many working days later, to run parts side by side.", min=0)] = 0,
    windows: Annotated[int, typer.Option(help="Windows of the hall.", min=1, max=50)] = 20,
    tickets: Annotated[int, typer.Option(help="Tickets on an ordinary day.", min=1)] = 800,
    at: Annotated[Path | None, typer.Option(help="Keep the database in this folder.")] = None,
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Simulate a year; exit code 1 when a call has no rule, or somebody was passed too often."""
    began_s = time.monotonic()
    dates = working_days(2026)[skip:][: days or None]
    with tempfile.TemporaryDirectory() as folder:
        place = at or Path(folder)
        database = make_database(place / "hall.db", HALLS["shanting"], day=dates[0])
        year = Year(database, windows, dates[0])
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=progress) as bar:
            task = bar.add_task("working days", total=len(dates))
            for date in dates:
                year.day(date, tickets, Random(f"2026-{date}"))
                bar.advance(task)
        year.close()
        result = figures(year, len(dates)) | {
            "database_mb": round(sum(one.stat().st_size for one in place.glob("hall.db*")) / 1e6, 1),
            "seconds": round(time.monotonic() - began_s, 1),
        }
    if not json_only:
        progress.print("\n".join(year.wrong[:20]) or "every call is explained")
    print(json.dumps(result, ensure_ascii=False, indent=2))
    sys.exit(bool(year.wrong))


def figures(year: Year, days: int) -> dict[str, Any]:
    waits = sorted(year.waits_min)
    return {
        "days": days,
        "tickets": year.tickets,
        "commands": year.commands,
        "calls": year.calls,
        "exceptions": year.exceptions,
        "why": dict(Counter(year.why).most_common()),
        "times_passed": {str(times): count for times, count in sorted(year.passed.items())},
        "longest_wait_min": round(waits[-1], 1),
        "median_wait_min": round(waits[len(waits) // 2], 1),
        "refused": year.refused,
        "unexplained": len(year.wrong),
    }


if __name__ == "__main__":
    typer.run(measure)
