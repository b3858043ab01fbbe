"""`bancheng-hub`: serves one hall until it is told to stop."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec
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
    gc.collect()
    gc.freeze()  # what is loaded by now stays: looking through it for garbage held up everybody for 30 ms
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
            structlog.processors.JSONRenderer(serializer=_as_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def _as_json(line: object, default: Callable[[Any], Any], **_: object) -> bytes:
    """One line; a complaint is logged each time, so this is the quickest encoder at hand."""
    return msgspec.json.encode(line, enc_hook=default)


def main() -> None:
    typer.run(serve)


if __name__ == "__main__":
    main()
