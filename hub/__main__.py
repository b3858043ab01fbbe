"""`bancheng-hub`: serves one hall until it is told to stop."""

from __future__ import annotations

import gc
import signal
from pathlib import Path
from typing import Annotated

import typer

from hub.config import HallDirectory
from hub.errors import HubError
from hub.logs import log_as_json
from hub.server import Hub

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory, as bancheng init made it.")]


def serve(hall: HallOption = None) -> None:
    """Serve one hall: take its terminals' commands, keep its cases, publish what changed."""
    watch = log_as_json()
    try:
        hub = Hub(HallDirectory(hall), watch=watch)
    except HubError as wrong:
        typer.echo(f"bancheng-hub: {wrong}", err=True)
        raise SystemExit(1) from wrong
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: hub.stop())
    gc.collect()
    gc.freeze()  # what is loaded by now stays: looking through it for garbage held up everybody for 30 ms
    try:
        hub.run()
    except HubError as wrong:
        typer.echo(f"bancheng-hub: {wrong}", err=True)
        raise SystemExit(1) from wrong


def main() -> None:
    typer.run(serve)


if __name__ == "__main__":
    main()
