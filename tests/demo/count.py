"""Holds the clients' own logs against the database file: every answered complaint there once, none twice, none lost.

A separate script on purpose: it knows the logs and SQLite, nothing of the hub's code.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer


def count(database: Path, logs: list[Path]) -> dict[str, int]:
    """`complaints` answered, `cases` in the database, `duplicates` and `lost` (answered, not there as answered)."""
    lines: list[dict[str, Any]] = [json.loads(line) for log in logs for line in log.read_text().splitlines()]
    answered = {line["answered"]: line["case_number"] for line in lines if "answered" in line}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        rows = db.execute('SELECT command_id, number FROM "case"').fetchall()
        tickets = db.execute("SELECT business_date, series, number FROM ticket").fetchall()
    stored = dict(rows)
    twice = [
        *(key for key, times in Counter(command for command, _ in rows).items() if times > 1),
        *(key for key, times in Counter(number for _, number in rows).items() if times > 1),
        *(key for key, times in Counter(answered.values()).items() if times > 1),
        *(key for key, times in Counter(tickets).items() if times > 1),
    ]
    lost = [command for command, number in answered.items() if stored.get(command) != number]
    return {"complaints": len(answered), "cases": len(rows), "duplicates": len(twice), "lost": len(lost)}


def main(database: Path, logs: Annotated[list[Path], typer.Argument()]) -> None:
    """Print the counts as JSON; exit 1 when anything is lost or there twice."""
    counts = count(database, logs)
    typer.echo(json.dumps(counts))
    if counts["duplicates"] or counts["lost"]:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
