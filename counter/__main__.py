"""`bancheng-counter`: the program of windows and departments."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from hub.config import HallDirectory
from hub.errors import HubError

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def counter(
    terminal: Annotated[str, typer.Option(help="This terminal's name in hall.toml, such as window-3.")],
    hall: Annotated[Path | None, typer.Option(help="The hall's directory; by default the platform's own.")] = None,
    left: Annotated[int, typer.Option(help="Where the window begins, in pixels from the left.")] = 0,
    top: Annotated[int, typer.Option(help="Where the window begins, in pixels from the top.")] = 0,
    zoom: Annotated[float, typer.Option(help="Draw it smaller, such as 0.5, to try it on a smaller screen.")] = 1.0,
) -> None:
    """Shows one window's queue and cases, or one department's work orders."""
    from counter.app import run

    try:
        run(HallDirectory(hall), terminal, left, top, zoom)
    except HubError as wrong:
        typer.echo(f"bancheng-counter: {wrong}", err=True)
        raise typer.Exit(1) from wrong


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    cli()


if __name__ == "__main__":
    main()
