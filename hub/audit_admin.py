"""`bancheng audit`: proves that the chain is whole, and shows who did and who looked at what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from hub.config import HallDirectory
from hub.store import commands
from hub.store.transaction import one_transaction

app = typer.Typer(help="The audit chain: prove it whole, show what stands in it.", no_args_is_help=True)
screen = Console(highlight=False)

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]
Day = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@app.command()
def verify(hall: HallOption = None) -> None:
    """Check the audit chain; names the first broken link."""
    place = HallDirectory(hall)
    with one_transaction(place.database, read_only=True) as db:
        broken = commands.verify_audit(db, place.hall().code)
        length, _ = commands.audit_tail(db, place.hall().code)
    if broken is not None:
        screen.print(f"the audit chain is broken at link {broken}")
        raise typer.Exit(1)
    screen.print(f"the audit chain is whole: {length} links")


@app.command()
def show(
    case: Annotated[str, typer.Option(help="Only links about this case, such as 370406-20261123-0001-6.")] = "",
    staff: Annotated[str, typer.Option(help="Only links of this staff code.")] = "",
    kind: Annotated[str, typer.Option(help="Only this command, such as ReadCase or DecideRefusal.")] = "",
    since: Day = None,
    until: Day = None,
    last: Annotated[int, typer.Option(min=1, help="At most so many links, the newest.")] = 200,
    hall: HallOption = None,
) -> None:
    """Show who did what, who looked at whose case, who approved and who exported, in the order it happened.

    Nothing personal stands in it: a case is its number, a person of the staff their code.
    """
    place = HallDirectory(hall)
    zone = ZoneInfo(place.hall().timezone)
    asked = commands.AuditQuestion(
        subject=case,
        staff=staff,
        kind=kind,
        since=since and since.replace(tzinfo=zone),
        until=until and (until + dt.timedelta(days=1)).replace(tzinfo=zone),
    )
    with one_transaction(place.database, read_only=True) as db:
        links, left_out = commands.audit_links(db, place.hall().code, asked, last)
    table = Table("link", "time", "terminal", "staff", "what", "about")
    for one in links:
        at = one.at.astimezone(zone)
        table.add_row(str(one.ordinal), f"{at:%Y-%m-%d %H:%M:%S}", one.terminal, one.staff, one.kind, one.subject)
    screen.print(table)
    more = f"; {left_out} older ones not shown, --last {last + left_out} shows them" if left_out else ""
    screen.print(f"{len(links)} links{more}")
