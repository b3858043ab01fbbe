"""`bancheng slips`: numbers printed in advance, sheets entered afterwards, and the reconciliation (R65, R66)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, get_args
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from hub import slip_sheets
from hub.config import HallDirectory
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.slips import Cause
from hub.domain.words import STAFF, Words
from hub.signed_in import NotTaken, ask_as
from hub.slip_paper import Paper
from hub.store import reconciling
from hub.store.transaction import one_transaction
from hub.wire import messages as m

app = typer.Typer(help="Numbers for the day when a machine is down: print, enter, reconcile.", no_args_is_help=True)
screen = Console(highlight=False)

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]
StaffOption = Annotated[str, typer.Option(help="Your staff code; the PIN is read from standard input.")]
TerminalOption = Annotated[str, typer.Option(help="The window or supervisor terminal whose key is on this machine.")]
Day = Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The date; left out: today.")]


@app.command("print")
def print_(
    service: Annotated[str, typer.Option(help="The service's code, as in hall.toml.")],
    staff: StaffOption,
    count: Annotated[int, typer.Option(min=1, max=500, help="How many slips.")] = 50,
    held_by: Annotated[str, typer.Option(help="Staff code of who keeps them; left out: you.")] = "",
    out: Annotated[Path, typer.Option(help="Where the pages go.", file_okay=False)] = Path(),
    printer: Annotated[str, typer.Option(help="Print on this receipt printer of hall.toml too.")] = "",
    terminal: TerminalOption = "supervisor",
    first: Annotated[int, typer.Option(help="Only for a block that a restored hub has forgotten: its first.")] = 0,
    printed_at: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d %H:%M"], help="With --first: as it stands on the slips.")
    ] = None,
    hall: HallOption = None,
) -> None:
    """Print a block of numbers in advance: slips, the sheet to write on, and what to do (PDF, pictures, CSV)."""
    place = HallDirectory(hall)
    here, policy = place.hall(), place.policy()
    zone = ZoneInfo(here.timezone)
    wish = m.PrintSlips(
        service=service,
        count=count,
        held_by=held_by,
        first=first,
        printed_at=printed_at and printed_at.replace(tzinfo=zone).astimezone(dt.UTC),
    )
    block = ask_as(place, terminal, staff, wish)
    assert isinstance(block, m.SlipBlock), "the answer to PrintSlips"
    _write(block, here, policy, out)
    if printer:
        _print_on(here, policy, block, printer)


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="The sheet as CSV: 号码, 取号时间, 叫号时间, 办结时间, 窗口, 经办工号, 结果.")
    ],
    staff: StaffOption,
    because: Annotated[str, typer.Option(help="ticket_machine, window_computer, hub, network or power.")] = "hub",
    date: Day = None,
    terminal: TerminalOption = "supervisor",
    hall: HallOption = None,
) -> None:
    """Enter what was worked by hand; every number once. One wrong line, and nothing is entered: mend it, ask again."""
    place = HallDirectory(hall)
    here = place.hall()
    zone = ZoneInfo(here.timezone)
    told = slip_sheets.read(slip_sheets.decoded(_content(file)), zone, _day(date, zone))
    if told.unread:
        for line, number, why in told.unread:
            screen.print(f"{file}:{line}: {number}: {why}", soft_wrap=True)
        screen.print(f"{len(told.unread)} lines cannot be read; nothing was entered")
        raise typer.Exit(1)
    answer = ask_as(place, terminal, staff, m.ImportSlips(uses=told.uses, because=_cause(because)))
    assert isinstance(answer, m.SlipsImported), "the answer to ImportSlips"
    words = Words("hub", STAFF)
    for fault in answer.faults:
        said = words(f"slips.fault.{fault.why}", about=fault.about)
        screen.print(f"{file}:{told.lines[fault.line - 1]}: {fault.number}: {said}", soft_wrap=True)
    if answer.faults:
        screen.print(f"{len(answer.faults)} lines to mend; nothing was entered")
        raise typer.Exit(1)
    blank = f", {told.blank} blank slips left out" if told.blank else ""
    screen.print(f"{answer.taken} numbers entered, {answer.waiting} of them stand in line{blank}")


@app.command()
def report(
    date: Day = None,
    html: Annotated[Path | None, typer.Option(help="Write a page to print instead.", dir_okay=False)] = None,
    hall: HallOption = None,
) -> None:
    """Reconcile a day: each block's used, void, missing and blank numbers, both times, and what does not add up."""
    place = HallDirectory(hall)
    here = place.hall()
    with one_transaction(place.database, read_only=True) as db:
        found = reconciling.report(db, here.code, _day(date, ZoneInfo(here.timezone)))
    paper = Paper(found, here)
    if html is not None:
        html.write_text(paper.html(dt.datetime.now(dt.UTC)))
        screen.print(f"{html} written")
        return
    for part in paper.parts():
        table = Table(*part.heads, title=part.title, title_justify="left")
        for row in part.rows:
            table.add_row(*row)
        screen.print(table if part.rows else f"{part.title}: {part.none}")


def _write(block: m.SlipBlock, hall: Hall, policy: Policy, out: Path) -> None:
    from printers import manual_slip, sheet  # Pillow: only here, every other command starts without it

    out.mkdir(parents=True, exist_ok=True)
    numbers = manual_slip.numbers(block)
    made = sheet.save(sheet.pages(block, hall, policy), out, block.block)
    csv = out / f"{block.block}.csv"
    csv.write_text(slip_sheets.template(numbers))
    screen.print(f"{block.block}: {numbers[0]} to {numbers[-1]}, {hall.service(block.service).name}")
    screen.print(f"{made[0]}: {len(made) - 1} pages, each as a picture too; {csv} to type the sheet into afterwards")


def _print_on(hall: Hall, policy: Policy, block: m.SlipBlock, name: str) -> None:
    """On a receipt printer: what to do, then slip by slip; stops at the first of which the printer does not say yes."""
    from printers import manual_slip
    from printers.connection import connector
    from printers.driver import PrinterDriver
    from printers.errors import PrinterError
    from printers.profiles import profile_of
    from printers.render import render_slip

    printer = hall.printer(name)
    profile = profile_of(printer)
    driver = PrinterDriver(connector(printer), profile)
    slips = (manual_slip.instruction(block, hall, policy), *manual_slip.slips(block, hall))
    try:
        for place, slip in enumerate(track(slips, "printing", console=screen)):
            outcome = driver.print_job(render_slip(slip, profile))
            if outcome.state != "confirmed":
                raise NotTaken(_stopped(block, place, outcome.reason))
    except PrinterError as wrong:
        raise NotTaken(_stopped(block, place, str(wrong))) from wrong
    finally:
        driver.close()


def _stopped(block: m.SlipBlock, place: int, why: str) -> str:
    return (
        f"the printer stopped after {max(0, place - 1)} slips of {block.block} ({why}); the pages are written:"
        " print the others from there, and void what came out twice"
    )


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise NotTaken(f"{file} cannot be read ({wrong.strerror}); name the CSV file") from wrong


def _cause(said: str) -> Cause:
    known: dict[str, Cause] = {one: one for one in get_args(Cause)}
    if said not in known:
        raise NotTaken(f"{said!r} is no cause; there are {', '.join(known)}")
    return known[said]


def _day(date: dt.datetime | None, zone: ZoneInfo) -> dt.date:
    return date.date() if date else dt.datetime.now(zone).date()
