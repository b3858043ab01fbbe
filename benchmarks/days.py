"""Ten thousand simulated days of halls of every kind: each call replayed, each explained, nobody passed too often."""

from __future__ import annotations

import json
import sys
import time
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.simulation.days import Counted, simulate

progress = Console(stderr=True)


def measure(
    days: Annotated[int, typer.Option(help="How many days.", min=1)] = 10_000,
    seed: Annotated[int, typer.Option(help="Another one gives other days.")] = 0,
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Simulate days over the pure domain; exit code 1 when one of them has something that no rule explains."""
    began_s, counted = time.monotonic(), Counted()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=progress) as bar:
        task = bar.add_task("days", total=days)
        for _ in simulate(days, seed, counted):
            bar.advance(task)
    result: dict[str, Any] = {
        "days": counted.days,
        "tickets": counted.tickets,
        "calls": counted.calls,
        "exceptions": counted.exceptions,
        "why": dict(counted.why.most_common()),
        "most_passed": counted.most_passed,
        "longest_wait_min": round(counted.longest_min, 1),
        "unexplained": len(counted.wrong),
        "seconds": round(time.monotonic() - began_s, 1),
    }
    if not json_only:
        progress.print("\n".join(counted.wrong[:20]) or "every call is explained")
    print(json.dumps(result, ensure_ascii=False, indent=2))
    sys.exit(bool(counted.wrong))


if __name__ == "__main__":
    typer.run(measure)
