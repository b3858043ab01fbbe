"""`bancheng printer`: finds out what a receipt printer can do, and what to write of it into `hall.toml`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from hub.config import BadHall, HallDirectory
from hub.domain import printer as table
from hub.domain.printer import Printer

if TYPE_CHECKING:
    from printers.probe import Found

app = typer.Typer(help="Receipt printers.", no_args_is_help=True)
screen = Console(highlight=False)

BAUDS = (115200, 9600, 19200, 38400, 57600)
SLOW_BAUD = 38400
"""Below this a picture takes longer than people wait."""


@app.callback()
def printer() -> None:
    """Keeps `probe` a command of its own while there is no other."""


@app.command()
def probe(
    name: Annotated[str, typer.Option("--printer", help="A printer of hall.toml.")] = "",
    terminal: Annotated[str, typer.Option(help="The terminal of hall.toml whose printer it is.")] = "",
    url: Annotated[
        str,
        typer.Option(
            help="Any printer: /dev/serial/by-id/..., /dev/usb/lp0, socket://HOST:9100 or usb://VENDOR:PRODUCT/SERIAL."
        ),
    ] = "",
    baud: Annotated[int, typer.Option(help="Of a serial line; left out: hall.toml's, else all usual ones.")] = 0,
    paper: Annotated[bool, typer.Option(help="Print a ruler and ask for the width, when somebody is there.")] = True,
    answer_s: Annotated[float, typer.Option(min=0.1, help="How long to wait for each answer, in seconds.")] = 1.0,
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
) -> None:
    """Ask a printer what it can do, and show what to write into hall.toml.

    Stop the kiosk that prints on it first: two programs would take each other's answers. With none of --url,
    --printer and --terminal the hall's only printer is asked.

    \b
    bancheng printer probe --url /dev/serial/by-id/usb-1a86_USB_Serial-if00-port0
    bancheng printer probe --url usb://04b8:0e28
    bancheng printer probe --hall /srv/hall --terminal kiosk-1

    Ends with 0 when the printer is ready and says what it printed, 1 when it needs somebody or never says so, 2 when
    nobody answers.
    """
    from printers.errors import PrinterError  # Pillow and pyserial: only here, every other command starts without them

    meant = _meant(name, terminal, url, baud, hall)
    screen.print(f"{meant.name} at {meant.url}", soft_wrap=True)
    try:
        found, meant, last_mm = _ask(
            meant, answer_s, asks=paper and _somebody_is_there(), any_baud=bool(url and not baud)
        )
    except PrinterError as wrong:
        screen.print(f"[red]no answer:[/red] {wrong}", soft_wrap=True)
        raise typer.Exit(2) from wrong
    raise typer.Exit(_show(meant, found, last_mm))


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def _meant(name: str, terminal: str, url: str, baud: int, hall: Path | None) -> Printer:
    """The printer that the options name; raises `BadHall` with the remedy."""
    if url:
        found = Printer(name=name or "receipt-1", url=url, baud=baud or BAUDS[0])
        if wrong := table.mistakes(found):
            raise BadHall(f"--url or --baud: {'; '.join(wrong)}")
        return found
    here = HallDirectory(hall).hall()
    name = name or (here.terminal(terminal).printer if terminal else "")
    if terminal and not name:
        raise BadHall(f"{terminal} has no printer in hall.toml; give --printer or --url")
    if not name and len(here.printers) != 1:
        known = ", ".join(one.name for one in here.printers) or "none"
        raise BadHall(f"which printer? hall.toml has {known}; give --printer NAME or --url URL")
    found = here.printer(name) if name else here.printers[0]
    return replace(found, baud=baud or found.baud)


def _ask(meant: Printer, answer_s: float, *, asks: bool, any_baud: bool) -> tuple[Found, Printer, int | None]:
    """What it answered, at which rate, and the last millimetre it printed where somebody could be asked."""
    from printers.connection import connector
    from printers.probe import Prober

    with screen.status("asking") as at_work:

        def tell(step: str) -> None:
            at_work.update(f"asking: {step}")

        if any_baud and meant.url.startswith("/"):
            meant = _at_its_baud(meant, answer_s, tell)
        line = connector(meant)()
        prober = Prober(line, answer_s)
        try:
            found = prober.probe(tell)
            ready = found.condition in ("ready", "paper_near_end")
            if asks and ready:
                prober.print_ruler()
        finally:
            line.close()
    return found, meant, _width() if asks and ready else None


def _at_its_baud(meant: Printer, answer_s: float, tell: Callable[[str], None]) -> Printer:
    """At the first usual rate that is answered; as it was when none is."""
    from printers.connection import connector
    from printers.probe import Prober

    for baud in BAUDS:
        tell(f"{baud} baud")
        tried = replace(meant, baud=baud)
        line = connector(tried)()
        try:
            if Prober(line, answer_s).answers():
                return tried
        finally:
            line.close()
    return meant


def _width() -> int:
    """Asks for the last whole label, until it is one."""
    from printers.probe import LABEL_EVERY_MM, width_dots

    while True:
        last: int = typer.prompt("The ruler on the paper: the last number on the right whose line is whole", type=int)
        if last % LABEL_EVERY_MM == 0 and width_dots(last) in table.WIDTHS_DOTS:
            return last
        screen.print("That is no number of the ruler for 58 or 80 mm paper (48, 64, 72, ...); look again.")


def _show(meant: Printer, found: Found, last_mm: int | None) -> int:
    """Prints what was found; the exit code."""
    from printers.probe import suggestion, trouble

    rows = Table("question", "answer", show_edge=False)
    yes, no = "[green]yes[/green]", "[red]no[/red]"
    for name, said in found.about.items():
        rows.add_row(name, said)
    rows.add_row("how it is (DLE EOT 1, 2, 4)", found.condition.replace("_", " "))
    rows.add_row("names its errors (DLE EOT 3)", yes if found.says_why else no)
    rows.add_row("reports changes itself (GS a)", yes if found.reports else no)
    rows.add_row("confirms by process id (GS ( H)", yes if found.process_id else no)
    rows.add_row("confirms by fence (GS r 1)", yes if found.fence else no)
    screen.print(rows)
    if not found.answers:
        strange = (
            f" {found.strange_bytes} strange bytes came; with --url every usual baud rate is tried."
            if found.strange_bytes
            else ""
        )
        screen.print(f"[red]Nobody answers.[/red] Check power, cable and address.{strange}", soft_wrap=True)
        return 2
    if found.strange_bytes:
        screen.print(f"{found.strange_bytes} bytes came that answer nothing; check cable and earth")
    if remedy := trouble(found.condition):
        screen.print(f"[yellow]It cannot print now:[/yellow] {remedy}; then probe again", soft_wrap=True)
        return 1
    screen.print("Write into hall.toml:\n")
    slow = meant.url.startswith("/") and meant.baud < SLOW_BAUD
    screen.print(suggestion(meant, found, last_mm, slow=slow), markup=False, soft_wrap=True)
    if found.confirmation == "none":
        screen.print(
            "[yellow]It never says what it printed:[/yellow] every receipt will count as unknown, and staff must look."
            " Another printer is better.",
            soft_wrap=True,
        )
        return 1
    return 0
