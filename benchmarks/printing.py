"""A receipt's cost, and a fault at each of its bytes: what the citizen holds, counted from the emulator's own paper.

In one process, over a line that is a call and with a clock that moves only when nobody speaks
(`tests.printers.every_byte`): the line breaks, the paper ends or the program is killed at every byte that the printer
is sent, once as pictures and once in its own type; fifteen more faults at every 97th, and all of them at every 97th on
paper of 58 mm, cut and torn off. With real processes
(`tests.printers.real_every_byte`), the emulator over TCP and over a pty, and a station that kills itself with SIGKILL:
the same three at a few places.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from printers.driver import PrinterDriver
from printers.machine import Machine
from printers.profiles import PROFILES, Profile
from printers.render import render
from printers.spool import Spool
from tests.printers import factories
from tests.printers.conftest import EmulatedPrinter
from tests.printers.every_byte import FAULTS, KEY, PROMISED, Clock, Line, Run, quick_folder
from tests.printers.real_every_byte import RealRun
from tests.printers.verdict import LOST, UNMARKED_DUPLICATE, Outcome

WIDE, NARROW = PROFILES[80], PROFILES[58]
KINDS = {
    "raster": WIDE,
    "gb18030": replace(WIDE, text="gb18030"),
    "raster of 58 mm": NARROW,
    "raster, torn off": replace(WIDE, ending="tear", feed_rows=120),
    "gb18030 of 58 mm, torn off": replace(NARROW, text="gb18030", ending="tear", feed_rows=120),
}
WHOLE = ("raster", "gb18030")
"""Broken at every byte; the others at every 97th."""
OTHERS_EVERY = 97
RENDERINGS = 25
REAL_PLACES = (5, 17, 27, 9001, 20002, 30003)
screen = Console(stderr=True)


@dataclass
class Tally:
    tried: int = 0
    lost: int = 0
    unmarked: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def count(self, name: str, at: int, outcome: Outcome) -> None:
        self.tried += 1
        self.lost += outcome.has(LOST)
        self.unmarked += outcome.has(UNMARKED_DUPLICATE)
        for one in outcome.wrong:
            self.wrong[f"{name}: {one}"] += 1
            screen.print(
                f"{name} at byte {at}: {one}; {outcome.states} {outcome.details}", style="red", highlight=False
            )


def measure(
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON on one line.")] = False,
    every: Annotated[int, typer.Option(min=1, help="Only every so many bytes, for a quick look.")] = 1,
    real: Annotated[bool, typer.Option(help="Also some with real processes.")] = True,
) -> None:
    """Print receipts with a fault at every byte; ends with 1 where a citizen has none, or two that are not marked."""
    profile = WIDE
    result: dict[str, object] = measure_rendering(profile)
    tally = Tally()
    with quick_folder() as folder:
        result["first_byte_ms"] = first_byte_ms(Path(folder), profile)
        runs = {kind: Run(Path(folder), profile) for kind, profile in KINDS.items()}
        sizes = {kind: run().bytes_received for kind, run in runs.items()}
        plan = [(kind, name, at) for kind, size in sizes.items() for name, at in _plan(kind, size, every)]
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=screen) as progress:
            task = progress.add_task("faults", total=len(plan))
            for kind, name, at in plan:
                tally.count(f"{name}, {kind}", at, runs[kind](FAULTS[name], at))
                progress.advance(task)
            if real:
                _real(Path(folder), tally, progress)
    result |= {"stream_bytes": sizes, "faults_tried": tally.tried, "lost": tally.lost}
    result |= {"unmarked_duplicates": tally.unmarked, "wrong": dict(tally.wrong)}
    typer.echo(json.dumps(result, indent=None if json_only else 2, ensure_ascii=False))
    if tally.wrong:
        raise typer.Exit(1)


def measure_rendering(profile: Profile) -> dict[str, object]:
    """The longest receipt, drawn and encoded; bytes as pictures and in the printer's own type."""
    longest, took_ms = factories.longest_receipt(), []
    render(longest, profile)
    for _ in range(RENDERINGS):
        began = time.perf_counter()
        data = render(longest, profile)
        took_ms.append((time.perf_counter() - began) * 1000)
    return {
        "render_p50_ms": round(statistics.median(took_ms), 1),
        "receipt_bytes_raster": len(data),
        "receipt_bytes_native": len(render(longest, replace(profile, text="gb18030"))),
    }


def first_byte_ms(folder: Path, profile: Profile) -> float:
    """From asking for a paper to its first byte at the printer: spool, drawing, questions and their answers."""
    took_ms = []
    for turn in range(RENDERINGS):
        clock, machine, spool = Clock(), Machine(folder, profile.width_dots), Spool(folder / f"first-{turn}.db", KEY)
        driver = PrinterDriver(partial(Line, machine, clock, False, None), profile, monotonic=clock)
        began = time.perf_counter()
        spool.add("job", factories.longest_receipt())
        job = spool.next_queued()
        assert job is not None
        driver.print_job(
            render(job.paper, profile),
            sending=lambda: took_ms.append((time.perf_counter() - began) * 1000),  # noqa: B023 - called in this turn
        )
        spool.close()
    return round(statistics.median(took_ms), 1)


def _plan(kind: str, size: int, every: int) -> Iterator[tuple[str, int]]:
    for name in FAULTS:
        step = every if name in PROMISED and kind in WHOLE else every * OTHERS_EVERY
        yield from ((name, at) for at in range(0, size + 1, step))


def _real(folder: Path, tally: Tally, progress: Progress) -> None:
    """A pty has no connection that could break, so that there the power fails instead."""
    lines = {"TCP": PROMISED, "pty": ("power fails, serial", *PROMISED[1:])}
    task = progress.add_task("with real processes", total=sum(map(len, lines.values())) * len(REAL_PLACES))
    for line, names in lines.items():
        own = folder / line  # a spool that another line's jobs lie in has nothing to print
        own.mkdir()
        emulator = EmulatedPrinter(own / "paper", pty=line == "pty")
        run = RealRun(own, emulator)
        try:
            for name, at in product(names, REAL_PLACES):
                tally.count(f"{name}, {line}", at, run(FAULTS[name], at))
                progress.advance(task)
        finally:
            run.close()
            emulator.close()


if __name__ == "__main__":
    typer.run(measure)
