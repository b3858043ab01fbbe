"""A counter's bare link in a process of its own: when it had each complaint's event.

Says `ready` when it has the picture; given a line on standard input it prints {case number: monotonic seconds} as JSON.
"""

from __future__ import annotations

import json
import select
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from hub.config import HallDirectory
from hub.link import Link
from hub.wire.messages import ComplaintFiled, Numbered


def run(hall: Annotated[Path, typer.Option()], terminal: Annotated[str, typer.Option()]) -> None:
    """Listen to the feed as a counter does."""
    heard: dict[str, float] = {}

    def hear(numbered: Numbered) -> None:
        if isinstance(numbered.event, ComplaintFiled):
            heard[numbered.event.case.case_number] = time.perf_counter()

    link = Link.of_terminal(HallDirectory(hall), terminal)
    link.listeners.event.append(hear)
    while not link.picture.epoch:
        link.wait(0.1)
    typer.echo("ready")
    while not select.select([sys.stdin, *link.descriptors()], [], [], 0.1)[0] or not _asked(link):
        link.poll()
    typer.echo(json.dumps(heard))
    link.close()


def _asked(link: Link) -> bool:
    link.poll()
    return bool(select.select([sys.stdin], [], [], 0)[0])


if __name__ == "__main__":
    typer.run(run)
