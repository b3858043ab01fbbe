"""`python -m hub.fairness.at_work HALL DATE`: what `hub.fairness.worker` runs beside the hub."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

import msgspec
import typer

from hub.config import HallDirectory
from hub.errors import HubError
from hub.fairness.commands import read
from hub.fairness.sheet import Says

NICENESS = 10


def work(hall: Path, date: str) -> None:
    """Writes the sheet of a date to standard output."""
    os.nice(NICENESS)
    place, day = HallDirectory(hall), dt.date.fromisoformat(date)
    try:
        sheet = Says(place.hall(), day).sheet(read(place, day, lambda *_: None))
    except HubError as wrong:
        typer.echo(f"bancheng fairness: {wrong}", err=True)
        raise SystemExit(1) from wrong
    sys.stdout.buffer.write(msgspec.msgpack.encode(sheet))


if __name__ == "__main__":
    typer.run(work)
