"""`bancheng due`: when something is due and why, for any moment or for a case of the hall (R25-R27).

Reads beside a hub at work and changes nothing. What it prints of a case is nothing personal; who reads cases at a
terminal leaves a link in the audit chain, whoever has the hall's keys on its machine can read all of it anyway.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from hub import due_screen, keys
from hub.config import HallDirectory, load_policy, load_published, shipped_policies
from hub.domain import trace as traces
from hub.domain.deadline import Calendar
from hub.domain.hall_calendar import HallCalendar
from hub.domain.words import STAFF, Words
from hub.service import tracing
from hub.store import calendars
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction

MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]

app = typer.Typer(help="When something is due, and why: for any moment, or for a case.", no_args_is_help=True)
screen = Console(highlight=False)
words = Words("hub", STAFF)


@app.command()
def date(
    came: Annotated[
        dt.datetime,
        typer.Option("--from", formats=MOMENTS, help="When it came, in the hall's own time: 2026-09-28T16:10."),
    ],
    wd: Annotated[int, typer.Option(min=0, max=500, help="Working days it may take; 0 is the same day.")],
    hall: Annotated[
        Path | None, typer.Option("--hall", help="The hall's directory: its calendar in force and its policy.")
    ] = None,
    policy: Annotated[
        str, typer.Option(help=f"Count as this policy does: {', '.join(shipped_policies())}. Left out: the hall's.")
    ] = "",
) -> None:
    """Print the date so many working days after a moment, how it is counted, and every day up to it.

    Without --hall the state's calendar that ships, without --policy too as most halls count: whole days, the first one
    not with them, and no cut-off hour.
    """
    calendar = _calendar(HallDirectory(hall)) if hall else HallCalendar(load_published()).calendar()
    rules = load_policy(policy) if policy else HallDirectory(hall).policy() if hall else None
    counted = calendar.under(rules) if rules else calendar
    due = counted.due(came, wd)
    due_screen.print_date(screen, due, traces.days(counted, due), words)


@app.command()
def explain(
    case: Annotated[str, typer.Argument(help="The case's number, such as 370406-20261123-0007-3.")],
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
) -> None:
    """Print how a case's date came about: its days, pauses, extensions with who granted them, recounts, articles."""
    place = HallDirectory(hall)
    found = place.hall()
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    calendar = _calendar(place)
    with one_transaction(place.database, read_only=True) as db:
        traced = tracing.trace(db, found, sealer, calendar, case)
    due_screen.print_trace(screen, traced, ZoneInfo(found.timezone), words)


def _calendar(place: HallDirectory) -> Calendar:
    """The calendar in force; of a hall whose hub never ran, what its files say."""
    with one_transaction(place.database, read_only=True) as db:
        found = calendars.newest(db, place.hall().code)
    return (found.days if found else HallCalendar(place.published())).calendar()
