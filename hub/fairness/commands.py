"""`bancheng fairness`: a day's line told whole, with the proof that nothing else moved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hub import keys, outgoing
from hub.backup.archive import Told
from hub.backup.commands import progress
from hub.config import HallDirectory
from hub.domain.fairness.report import Report, report
from hub.errors import HubError
from hub.fairness.sheet import Says
from hub.fairness.writing import WRITERS, text
from hub.store.fairness import read_day
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction

LEAST_OF_A_SEAL = 8
PUBLIC = 0o644
"""It names no citizen, and is made to be shown."""
screen = Console(highlight=False, soft_wrap=True)


class BadSeal(HubError):
    """What was typed is no part of a seal."""

    code = "bad_seal"


def fairness(
    date: Annotated[dt.datetime, typer.Argument(formats=["%Y-%m-%d"], help="The business date, such as 2026-11-23.")],
    out: Annotated[
        Path | None, typer.Option(help="Write it there: .html to print on A4, .csv, .txt. Never overwrites.")
    ] = None,
    check: Annotated[
        str, typer.Option(help="The seal on a printed report, its first eight characters at least: is it still so?")
    ] = "",
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
) -> None:
    """Show who was called when, every exception with who decided it and why, and prove that nothing else moved.

    Reads beside a working hub. Ends with 1 where something is not explained, or a seal is another.
    """
    place = HallDirectory(hall)
    if out is not None:
        outgoing.must_be_new(out, "a report", WRITERS)
    typed = _typed(check)
    says = Says(place.hall(), date.date())
    with progress() as told:
        found = read(place, date.date(), told)
    sheet = says.sheet(found)
    if out is not None:
        outgoing.write(out, WRITERS[out.suffix](sheet, says.words).encode(), PUBLIC)
        screen.print(f"{out}: {found.summary.tickets} tickets, {len(found.exceptions)} exceptions")
        for one in sheet.findings:
            screen.print(f"  {one}", style="red")
        screen.print(sheet.verdict)
    elif not typed:
        screen.print(text(sheet, says.words), end="", markup=False)
    if typed and not found.seal.startswith(typed):
        screen.print(f"the rows of {date:%Y-%m-%d} have another seal: {sheet.seal}", style="red")
        raise typer.Exit(1)
    if typed:
        screen.print(f"the rows of {date:%Y-%m-%d} are those of the report with the seal {sheet.seal}")
    if not found.holds:
        raise typer.Exit(1)


def read(place: HallDirectory, date: dt.date, told: Told) -> Report:
    """The report of a date, read in one transaction and worked out after it; raises `StoreFailed`."""
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    with one_transaction(place.database, read_only=True) as db:
        day = read_day(db, place.hall().code, sealer, date, told)
    told("living the day again", 0, 0)
    return report(day)


def _typed(check: str) -> str:
    typed = "".join(check.split()).lower()
    if check and (len(typed) < LEAST_OF_A_SEAL or set(typed) - set("0123456789abcdef")):
        raise BadSeal(f"{check!r} is no seal: type at least {LEAST_OF_A_SEAL} of its letters a to f and digits")
    return typed
