"""The hub against the limit of the disk below it.

"Raw" is the standard `sqlite3`, one connection, WAL, synchronous=FULL, committing one at a time the very rows that the
hub wrote for each complaint, on the same disk, in the same run.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from hub.store.migrate import migrate
from hub.wire.messages import LoggedIn, LogIn
from tests.processes import Processes
from tests.running_hall import RunningHall

SINGLE, TERMINALS, EACH, PROCESSES = 300, 50, 40, 4
OF_A_CASE = {
    "case": 'SELECT * FROM "case" WHERE number = :number',
    "ticket": "SELECT * FROM ticket WHERE case_number = :number",
    "person": "SELECT * FROM person WHERE case_number = :number",
    "lookup": "SELECT * FROM lookup WHERE case_number = :number",
    "step": "SELECT * FROM step WHERE case_number = :number",
    "notice": "SELECT * FROM notice WHERE subject = :number",
    "command": "SELECT * FROM command WHERE command_id = :command_id",
    "audit": "SELECT * FROM audit WHERE command_id = :command_id",
    "event": "SELECT * FROM event WHERE seq IN (:first_event, :first_event + 1)",
}
progress = Console(stderr=True)


def measure(json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Measure the hub over CURVE from separate processes against raw commits, and print the ratios."""
    out = Path("out/bench")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder, Processes(Path(folder) / "logs") as processes:
        names = [f"kiosk-{n}" for n in range(2, 2 + TERMINALS)]
        more = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in names)
        hall = RunningHall(Path(folder) / "hall", processes, more_terminals=more)
        hall.staff("06", "王芳", "window", "135792")
        hall.start_hub()
        hall.ready_hub()
        window = hall.link("window-3")
        assert isinstance(window.ask(LogIn(staff="06", pin="135792")), LoggedIn)
        progress.print(f"one terminal: {SINGLE} complaints")
        single = _file(hall, [names[:1]], SINGLE)
        progress.print(f"{TERMINALS} terminals: {EACH} complaints each")
        fifty = _file(hall, [names[n::PROCESSES] for n in range(PROCESSES)], EACH)
        window.close()
        processes.stop("hub")
        progress.print("raw commits of the same rows")
        raw_ms = _raw(hall.directory.database, Path(folder) / "raw.db", SINGLE)
        result = _result(single, fifty, raw_ms, hall.directory.database)
    typer.echo(json.dumps(result, indent=None if json_only else 2))


def _file(hall: RunningHall, groups: list[list[str]], each: int) -> list[dict[str, Any]]:
    argv = [sys.executable, "-m", "benchmarks.filing", "--hall", str(hall.directory.path), "--each", str(each)]
    running = [
        subprocess.Popen([*argv, *(f"--terminal={name}" for name in group)], stdout=subprocess.PIPE) for group in groups
    ]
    said = [process.communicate()[0] for process in running]
    assert all(process.returncode == 0 for process in running), "a filing process failed"
    return [json.loads(one) for one in said]


def _raw(source: Path, target: Path, most: int) -> list[float]:
    """Milliseconds of each commit of one complaint's rows."""
    migrate(target)
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as read:
        hall = read.execute("SELECT * FROM hall").fetchone()
        policies = read.execute("SELECT * FROM policy").fetchall()
        cases = read.execute(
            'SELECT "case".number, "case".command_id FROM "case" ORDER BY number LIMIT ?', (most,)
        ).fetchall()
        groups = []
        for at, (number, command_id) in enumerate(cases):
            key = {
                "number": number,
                "command_id": command_id,
                "first_event": 2 * at + 2,
            }  # the window's opening is the first
            groups.append({table: read.execute(query, key).fetchall() for table, query in OF_A_CASE.items()})
    write = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0"):
        write.execute(f"PRAGMA {pragma}")
    _insert(write, "hall", [hall])
    _insert(write, "policy", policies)
    took: list[float] = []
    for serial, group in enumerate(groups, 1):
        began = time.perf_counter()
        write.execute("BEGIN IMMEDIATE")
        for table, rows in group.items():
            _insert(write, table, rows)
        for series in ("case", "F"):
            write.execute(
                "INSERT INTO counter VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET last = excluded.last",
                (hall[0], hall[3], series, serial),
            )
        write.execute("UPDATE hall SET seq = ?", (2 * serial,))
        write.execute("COMMIT")
        took.append((time.perf_counter() - began) * 1000)
    write.close()
    return took


def _insert(write: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        write.executemany(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(rows[0]))})', rows)


def _result(
    single: list[dict[str, Any]], fifty: list[dict[str, Any]], raw_ms: list[float], database: Path
) -> dict[str, float | int]:
    raw_per_s = 1000 * len(raw_ms) / sum(raw_ms)
    took = sorted(ms for one in fifty for ms in one["took_ms"])
    rate = len(took) / (max(one["ended"] for one in fifty) - min(one["began"] for one in fifty))
    answered = [line for one in single + fifty for line in one["log"] if "answered" in line]
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        stored = dict(db.execute('SELECT command_id, number FROM "case"').fetchall())
    return {
        "raw_commits_per_s": round(raw_per_s, 1),
        "raw_p50_ms": round(statistics.median(raw_ms), 3),
        "one_client_p50_ms": round(statistics.median(single[0]["took_ms"]), 3),
        "one_client_p50_ratio": round(statistics.median(single[0]["took_ms"]) / statistics.median(raw_ms), 2),
        "fifty_clients_per_s": round(rate, 1),
        "fifty_clients_ratio": round(rate / raw_per_s, 2),
        "fifty_clients_p99_ms": round(took[int(len(took) * 0.99)], 2),
        "duplicates": sum(n > 1 for n in Counter(line["case_number"] for line in answered).values()),
        "lost": sum(stored.get(line["answered"]) != line["case_number"] for line in answered),
    }


if __name__ == "__main__":
    typer.run(measure)
