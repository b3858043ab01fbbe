"""`bancheng-hub`: serves one hall until it is told to stop."""

from __future__ import annotations

import gc
import resource
import signal
from pathlib import Path
from typing import Annotated

import typer

from hub.config import HallDirectory
from hub.domain.errors import UnknownCode
from hub.errors import HubError
from hub.logs import log_as_json
from hub.server import Hub

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory, as bancheng init made it.")]


def serve(
    hall: HallOption = None,
    name: Annotated[str, typer.Option(help="Which of the hubs in hall.toml this is; empty: the first.")] = "",
) -> None:
    """Serve one hall: take its terminals' commands, keep its cases, publish what changed."""
    _open_as_many_files_as_there_may_be()
    watch = log_as_json()
    try:
        hub = Hub(HallDirectory(hall), name=name, watch=watch)
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: hub.stop())
        gc.collect()
        gc.freeze()  # what is loaded by now stays: looking through it for garbage held up everybody for 30 ms
        hub.run()
    except (HubError, UnknownCode) as wrong:
        typer.echo(f"bancheng-hub: {wrong}", err=True)
        raise SystemExit(1) from wrong


def _open_as_many_files_as_there_may_be() -> None:
    """A terminal is up to four descriptors, and what a program gets unasked is 1024: not enough for a large hall."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main() -> None:
    typer.run(serve)


if __name__ == "__main__":
    main()
