"""`python -m hub.knowledge.at_work HALL`: what `hub.knowledge.beside` runs beside the hub, a question a line."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import typer

from hub import keys
from hub.config import HallDirectory
from hub.errors import HubError
from hub.knowledge.beside import Found
from hub.knowledge.searching import Searching
from hub.store.sealing import Sealer
from hub.store.transaction import Reader

REST_S = 0.05
"""After each page that is read, for who else works on this machine; a search itself is short and somebody waits."""


def work(hall: Path) -> None:
    """Reads all closed cases, then answers each case number on standard input with a line; ends with the hub."""
    place = HallDirectory(hall)
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    here = place.hall()
    reader = Reader(place.database)
    searching = Searching(reader, here.code, ZoneInfo(here.timezone), sealer)
    try:
        searching.read(rest=lambda: time.sleep(REST_S))
        for line in sys.stdin:
            number = line.strip()
            found = Found(number, searching.near(number))
            sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
            sys.stdout.buffer.flush()
    except HubError as wrong:
        typer.echo(f"bancheng knowledge: {wrong}", err=True)
        raise SystemExit(1) from wrong
    finally:
        reader.close()


if __name__ == "__main__":
    typer.run(work)
