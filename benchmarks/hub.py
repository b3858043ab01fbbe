"""The hub against the limit of the disk below it.

"Raw" is the standard `sqlite3`, one connection, WAL, synchronous=FULL, committing one at a time the very rows that the
hub wrote for each complaint, on the same disk, in the same run; beside PostgreSQL it is psycopg on the same server.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks.raw import Plain, of_postgres, of_sqlite, raw_commits_ms
from benchmarks.reconnect import reconnect, restart
from benchmarks.scale import measure_scale
from hub.store.migrate import migrate
from hub.wire.messages import LoggedIn, LogIn
from tests.postgres import Cluster
from tests.processes import Processes
from tests.running_hall import RunningHall

SINGLE, TERMINALS, EACH, PROCESSES = 400, 50, 60, 4
NAMES = [f"kiosk-{n}" for n in range(2, 2 + TERMINALS)]
KIOSKS = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in NAMES)
OUT = Path("out/bench")
progress = Console(stderr=True)


def measure(
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    scale: Annotated[
        bool, typer.Option("--scale", help="Also a store of a million cases; minutes to build it.")
    ] = False,
) -> None:
    """Measure the hub over CURVE from separate processes against raw commits, and print the ratios."""
    OUT.mkdir(parents=True, exist_ok=True)
    result: dict[str, Any] = {}
    with _place() as (place, processes):
        hall = RunningHall(place / "hall", processes, more_terminals=KIOSKS)
        result |= measure_filing(hall, place / "raw.db")
    for figures in (reconnect, restart):
        with _place() as (place, processes):
            result |= figures(place / "hall", processes)
    progress.print("the same on PostgreSQL")
    with _place() as (place, processes), closing(Cluster()) as cluster:
        address, raw = (cluster.address(cluster.new_database()) for _ in range(2))
        hall = RunningHall(place / "hall", processes, more_terminals=KIOSKS, database=address)
        result["postgresql"] = measure_filing(hall, raw)
    if scale:
        result |= measure_scale()
    typer.echo(json.dumps(result, indent=None if json_only else 2))


@contextmanager
def _place() -> Iterator[tuple[Path, Processes]]:
    """A folder on the measured disk, and processes that end with it."""
    with tempfile.TemporaryDirectory(dir=OUT) as folder, Processes(Path(folder) / "logs") as processes:
        yield Path(folder), processes


def measure_filing(hall: RunningHall, raw: Path | str) -> dict[str, float | int]:
    """Complaints from one terminal, then from fifty at once, a counter listening; and raw commits of their rows into
    an empty database of the same kind."""
    hall.staff("06", "王芳", "window", "135792")
    hall.start_hub()
    hall.ready_hub()
    window = hall.link("window-3")
    assert isinstance(window.ask(LogIn(staff="06", pin="135792")), LoggedIn)
    with _watching(hall, "window-3") as heard:
        progress.print(f"one terminal: {SINGLE} complaints")
        single = _file(hall, [NAMES[:1]], SINGLE)
        progress.print(f"{TERMINALS} terminals: {EACH} complaints each")
        fifty = _file(hall, [NAMES[n::PROCESSES] for n in range(PROCESSES)], EACH)
    window.close()
    hall.processes.stop("hub")
    progress.print("raw commits of the same rows")
    migrate(raw)
    with closing(_plain(hall.directory.database)) as stored, closing(_plain(raw)) as empty:
        raw_ms = raw_commits_ms(stored, empty, SINGLE)
        counted = _counted(single + fifty, stored)
    return {
        **_speeds(single, fifty, raw_ms),
        "answer_to_counter_p99_ms": round(_p99([_later_ms(one, heard) for one in single]), 2),
        "answer_to_counter_50_p99_ms": round(_p99([_later_ms(one, heard) for one in fifty]), 2),
        **counted,
    }


def _plain(database: Path | str) -> Plain:
    return of_sqlite(database) if isinstance(database, Path) else of_postgres(database)


# --- processes


def _file(hall: RunningHall, groups: list[list[str]], each: int) -> list[dict[str, Any]]:
    """Every answered complaint of all processes, which start together once all are connected."""
    running = [
        _start(hall, "benchmarks.filing", f"--each={each}", *(f"--terminal={name}" for name in group))
        for group in groups
    ]
    for process in running:
        _go(process)
    said = [process.communicate()[0] for process in running]
    assert all(process.returncode == 0 for process in running), "a filing process failed"
    return [answered for one in said for answered in json.loads(one)]


@contextmanager
def _watching(hall: RunningHall, terminal: str) -> Iterator[dict[str, float]]:
    """A counter that listens meanwhile; afterwards the dictionary says when it had each case."""
    heard: dict[str, float] = {}
    process = _start(hall, "benchmarks.watching", f"--terminal={terminal}")
    yield heard
    heard.update(json.loads(process.communicate("\n")[0]))


def _start(hall: RunningHall, module: str, *options: str) -> subprocess.Popen[str]:
    """A process of the benchmark's that has said it is ready."""
    argv = [sys.executable, "-m", module, "--hall", str(hall.directory.path), *options]
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", f"{module} did not become ready"
    return process


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


# --- figures


def _speeds(
    single: Sequence[dict[str, Any]], fifty: Sequence[dict[str, Any]], raw_ms: list[float]
) -> dict[str, float | int]:
    alone, together = [_took_ms(one) for one in single], [_took_ms(one) for one in fifty]
    raw_per_s = 1000 * len(raw_ms) / sum(raw_ms)
    span_s = max(one["answered_s"] for one in fifty) - min(one["sent_s"] for one in fifty)
    return {
        "raw_commits_per_s": round(raw_per_s, 1),
        "raw_p50_ms": round(statistics.median(raw_ms), 3),
        "one_client_p50_ms": round(statistics.median(alone), 3),
        "one_client_p50_ratio": round(statistics.median(alone) / statistics.median(raw_ms), 2),
        "fifty_clients_per_s": round(len(fifty) / span_s, 1),
        "fifty_clients_ratio": round(len(fifty) / span_s / raw_per_s, 2),
        "fifty_clients_p50_ms": round(statistics.median(together), 2),
        "fifty_clients_p99_ms": round(_p99(together), 2),
    }


def _counted(answered: Sequence[dict[str, Any]], database: Plain) -> dict[str, float | int]:
    """The clients' logs against the database itself."""
    stored = dict(database.ask('SELECT command_id, number FROM "case"'))
    return {
        "duplicates": sum(n > 1 for n in Counter(one["case_number"] for one in answered).values())
        + len(stored)
        - len({one["id"] for one in answered}),
        "lost": sum(stored.get(one["id"]) != one["case_number"] for one in answered),
    }


def _took_ms(one: dict[str, Any]) -> float:
    return (one["answered_s"] - one["sent_s"]) * 1000


def _later_ms(one: dict[str, Any], heard: dict[str, float]) -> float:
    return (heard[one["case_number"]] - one["answered_s"]) * 1000


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


if __name__ == "__main__":
    typer.run(measure)
