"""`bancheng-display`: the wall display of a hall, fed by the hub."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from display.theme import window
from display.theme.palette import NIGHT
from display.voice import Voice
from hub.config import HallDirectory
from hub.domain.errors import UnknownCode
from hub.errors import HubError
from hub.link import Link


def run(
    hall: Annotated[Path | None, typer.Option(help="The hall's directory; by default this machine's.")] = None,
    terminal: Annotated[str, typer.Option(help="The terminal's name in hall.toml.")] = "wall",
    left: Annotated[int, typer.Option(help="Where the window begins, in pixels from the left.")] = 0,
    top: Annotated[int, typer.Option(help="Where the window begins, in pixels from the top.")] = 0,
    zoom: Annotated[float, typer.Option(help="Draw it smaller, such as 0.5, to try it on a smaller screen.")] = 1.0,
) -> None:
    """Shows and speaks calls, queues, progress and the hall's notice on the wall that hall.toml describes."""
    directory = HallDirectory(hall)
    try:
        described = directory.hall()
        glass = described.terminal(terminal).screen
        link = Link.of_terminal(directory, terminal)
    except (HubError, UnknownCode) as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(2) from wrong
    width, height = (glass.width_px, glass.height_px) if glass else (1920, 1080)
    window.prepare(width, height, described.name, left, top, background=NIGHT.paper, cursor=False, zoom=zoom)

    from display.wall.app import WallApp  # Kivy opens its window when first imported

    app = WallApp(described, link, Voice(described.language), glass, zoom)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.end())
    app.run()


def main() -> None:
    typer.run(run)


if __name__ == "__main__":
    main()
