"""`bancheng led`: finds out which LED board answers, and shows a text on it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.progress import Progress

from hub.config import BadHall, HallDirectory
from hub.domain import boards
from hub.domain.hall import Board
from hub.domain.words import Words

if TYPE_CHECKING:
    from display.led.probe import Found

app = typer.Typer(help="LED boards.", no_args_is_help=True)
screen = Console(highlight=False)

Protocol = Literal["onbon-bx6k", "onbon-bx5k", "lumen-cpower"]
TICK_S = 0.05

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]
NameOption = Annotated[str, typer.Option("--board", help="A board of hall.toml; left out: the only one.")]
UrlOption = Annotated[str, typer.Option(help="Any board: /dev/serial/by-id/... or socket://HOST:5005 (Lumen: 5200).")]
ProtocolOption = Annotated[Protocol | None, typer.Option(help="Of --url; left out: all are tried.")]
BaudOption = Annotated[int, typer.Option(help="Of a serial line; left out: hall.toml's, with --url all usual ones.")]
SizeOption = Annotated[str, typer.Option(help="Of --url: dots, such as 192x64.")]


@app.command()
def probe(
    name: NameOption = "",
    url: UrlOption = "",
    protocol: ProtocolOption = None,
    baud: BaudOption = 0,
    size: SizeOption = "128x32",
    answer_s: Annotated[float, typer.Option(min=0.1, help="How long to wait for each answer, in seconds.")] = 2.0,
    hall: HallOption = None,
) -> None:
    """Ask a board whether it is there and how its clock and brightness are; show what to write into hall.toml.

    Nothing is shown and nothing is changed on the board. Stop bancheng-led first on a serial line: two programs would
    take each other's answers.

    \b
    bancheng led probe --url /dev/serial/by-id/usb-1a86_USB_Serial-if00-port0
    bancheng led probe --hall /srv/hall --board board-1

    Ends with 0 when the board answers, 2 when nobody does.
    """
    found = _found(_meant(name, url, protocol, baud, size, hall), _asks(url, protocol, baud), answer_s)
    screen.print(f"[green]{found.introduction}[/green] at {found.board.url}", soft_wrap=True)
    for setting, right in found.settings.items():
        screen.print(f"{setting}: {'as it should be' if right else 'differs; bancheng-led sets it'}")
    screen.print("Write into hall.toml:\n")
    screen.print(_suggestion(found.board), markup=False, soft_wrap=True)


@app.command()
def say(
    words: Annotated[str, typer.Argument(help="What the board shall show; it is broken into lines and pages.")],
    name: NameOption = "",
    url: UrlOption = "",
    protocol: ProtocolOption = None,
    baud: BaudOption = 0,
    size: SizeOption = "128x32",
    seconds: Annotated[float, typer.Option(min=2, help="How long each page stands.")] = 5.0,
    hall: HallOption = None,
) -> None:
    """Show a text on a board, page after page, and say whether the board took it.

    Stop bancheng-led first, or it writes its own page over the text. An Onbon board is dark again after 30 s.

    \b
    bancheng led say 机器故障，正在维修 --hall /srv/hall

    Ends with 0 when the board acknowledged every page, 1 when it refused one, 2 when it did not answer.
    """
    from display.led.dialects import dialect_of
    from display.led.driver import BoardFault, Driver
    from display.led.layout import Layout
    from display.led.line import connect

    meant, asks = _meant(name, url, protocol, baud, size, hall), _asks(url, protocol, baud)
    board = _found(meant, asks, 2.0).board if any(asks) else meant
    pages = Layout(board.width_dots, board.height_dots, Words("display", "zh_Hans")).notice(words)
    driver = Driver(lambda: connect(board), dialect_of(board))
    with Progress(console=screen) as progress:
        shown = progress.add_task(f"{len(pages)} pages", total=len(pages))
        for page in pages:
            driver.show(page)
            began_s, ends_s = time.monotonic(), None
            while ends_s is None or time.monotonic() < ends_s:
                driver.step(time.monotonic())
                if ends_s is None and driver.stands:
                    ends_s = max(began_s, time.monotonic()) + seconds
                if driver.fault is not BoardFault.NONE:
                    break
                time.sleep(TICK_S)  # nobody else is served by this program
            if driver.fault is not BoardFault.NONE:
                break
            progress.advance(shown)
    fault, why = driver.fault, driver.last_error
    driver.close()
    if fault is BoardFault.NONE:
        screen.print("[green]The board acknowledged every page.[/green]")
        return
    screen.print(f"[red]{board.name} at {board.url}: {why}[/red]; look at its power, its cable and its protocol")
    raise typer.Exit(1 if fault is BoardFault.REFUSES else 2)


def _meant(name: str, url: str, protocol: Protocol | None, baud: int, size: str, hall: Path | None) -> Board:
    """The board that the options name; raises `BadHall` with the remedy."""
    if not url:
        here = HallDirectory(hall).hall()
        if not name and len(here.boards) != 1:
            known = ", ".join(one.name for one in here.boards) or "none"
            raise BadHall(f"which board? hall.toml has {known}; give --board NAME or --url URL")
        return here.board(name) if name else here.boards[0]
    width, _, height = size.partition("x")
    if not width.isdecimal() or not height.isdecimal():
        raise BadHall(f"--size is {size!r}; it is dots by dots, such as 128x32")
    meant = Board(
        name=name or "board-1",
        url=url,
        protocol=protocol or "onbon-bx6k",
        width_dots=int(width),
        height_dots=int(height),
        baud=baud or 57600,
    )
    if wrong := boards.mistakes(meant):
        raise BadHall("; ".join(wrong))
    return meant


def _asks(url: str, protocol: Protocol | None, baud: int) -> tuple[bool, bool]:
    """Whether protocol and rate have to be found out."""
    return bool(url and protocol is None), bool(url and not baud)


def _found(meant: Board, asks: tuple[bool, bool], answer_s: float) -> Found:
    from display.led import probe as probing
    from display.led.line import connect

    now = dt.datetime.now().astimezone()
    with screen.status("asking") as at_work:
        for one in probing.candidates(meant, any_protocol=asks[0], any_baud=asks[1]):
            at_work.update(f"asking {one.protocol}" + (f" at {one.baud} baud" if one.url.startswith("/") else ""))
            try:
                found = probing.probe(one, connect, now, answer_s)
            except (OSError, ValueError) as wrong:
                screen.print(f"[red]{one.url} cannot be opened ({wrong})[/red]; check its power, cable and address")
                raise typer.Exit(2) from wrong
            if found is not None:
                return found
    screen.print(f"[red]Nobody answers at {meant.url}.[/red] Check power, cable, address, protocol and baud.")
    raise typer.Exit(2)


def _suggestion(board: Board) -> str:
    lines = ["[[boards]]", f'name = "{board.name}"', f'url = "{board.url}"', f'protocol = "{board.protocol}"']
    lines += [f"width_dots = {board.width_dots}", f"height_dots = {board.height_dots}"]
    if board.url.startswith("/"):
        lines.append(f"baud = {board.baud}")
    return "\n".join(lines)
