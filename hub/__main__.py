"""`bancheng-hub`: serves one hall until it is told to stop."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer

from hub.config import HallDirectory
from hub.errors import HubError
from hub.server import Hub

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory, as bancheng init made it.")]


def serve(hall: HallOption = None) -> None:
    """Serve one hall: take its terminals' commands, keep its cases, publish what changed."""
    log_as_json()
    try:
        hub = Hub(HallDirectory(hall))
    except HubError as wrong:
        typer.echo(f"bancheng-hub: {wrong}", err=True)
        raise SystemExit(1) from wrong
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: hub.stop())
    try:
        hub.run()
    except HubError as wrong:
        typer.echo(f"bancheng-hub: {wrong}", err=True)
        raise SystemExit(1) from wrong


def log_as_json() -> None:
    """Structured lines on standard error; command ids and case numbers, never personal data."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def main() -> None:
    typer.run(serve)


if __name__ == "__main__":
    main()
