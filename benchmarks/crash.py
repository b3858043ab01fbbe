"""The hub killed with -9 again and again under fifty clients, each batch of cycles in a new hall with its own verdict.

A batch has the length of the test's run, so that the clients' halls stay as large as one day makes them.
"""

from __future__ import annotations

import json
import secrets
import statistics
import tempfile
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.e2e.crash import Outcome, crash

BATCH = 50


def measure(
    cycles: Annotated[int, typer.Option(help="How often the hub is killed.")] = 1000,
    seed: Annotated[str, typer.Option(help="Repeat the moments and commands of an earlier run.")] = "",
) -> None:
    """Kill the hub, start it, kill it; print what every clients' log and database came to, as JSON."""
    seed = seed or secrets.token_hex(4)
    screen = Console(stderr=True)
    screen.print(f"seed {seed}")
    out = Path("out/crash")
    out.mkdir(parents=True, exist_ok=True)
    outcomes: list[Outcome] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen) as progress:
        task = progress.add_task("hubs killed", total=cycles)
        while (done := sum(one.cycles for one in outcomes)) < cycles:
            with tempfile.TemporaryDirectory(dir=out) as place:
                batch = min(BATCH, cycles - done)
                outcomes.append(crash(Path(place), batch, f"{seed}-{done}", lambda: progress.advance(task)))
            for fault in outcomes[-1].faults:
                screen.print(f"seed {seed}, after cycle {done}: {fault}", style="red", highlight=False)
    typer.echo(json.dumps(_result(seed, outcomes)))
    if any(one.faults for one in outcomes):
        raise SystemExit(1)


def _result(seed: str, outcomes: list[Outcome]) -> dict[str, object]:
    ready_s = sorted(one for outcome in outcomes for one in outcome.ready_s)
    asked: Counter[str] = Counter()
    for outcome in outcomes:
        asked.update(outcome.verdict["asked"])
    return {
        "seed": seed,
        "cycles": sum(one.cycles for one in outcomes),
        "killed_while_starting": sum(one.killed_while_starting for one in outcomes),
        "asked": dict(asked),
        "answered": sum(one.verdict["answered"] for one in outcomes),
        "unanswered": sum(one.verdict["unanswered"] for one in outcomes),
        "restart_ready_p50_s": round(statistics.median(ready_s), 3),
        "restart_ready_p99_s": round(ready_s[int(len(ready_s) * 0.99)], 3),
        "faults": [fault for one in outcomes for fault in one.faults],
    }


if __name__ == "__main__":
    typer.run(measure)
