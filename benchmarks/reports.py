"""Reports of a month of 30,000 cases: how long each takes, and what a hub at work beside it feels of that.

The hub serves the very database that is read. One terminal files complaints one after another, first alone, then while
reports are made: what counts is the median of its answers with a report under way over the median without.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks.large_store import large_store
from hub import founding
from hub.config import HallDirectory
from tests.ports import free_port
from tests.processes import Processes, until
from tests.running_hall import PORTS

CASES, A_DAY, LAST_DAY, MONTH = 30_000, 1_500, dt.date(2026, 10, 30), "2026-10"
EACH, ROUNDS = 1_000, 3
STAFF, PIN = "90", "480615"
MADE = (("summary", "xlsx"), ("summary", "docx"), ("published", "xlsx"), ("progress", "xlsx"), ("monitoring", "xlsx"))
OUT = Path("out/bench")
progress = Console(stderr=True)


def measure(json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Make reports beside a working hub, and print their seconds and the hub's medians with and without them."""
    OUT.mkdir(parents=True, exist_ok=True)
    store = large_store(OUT, CASES, progress, a_day=A_DAY, last_day=LAST_DAY)
    with tempfile.TemporaryDirectory(dir=OUT) as folder, Processes(Path(folder) / "logs") as processes:
        place = _copied(store, Path(folder) / "hall")
        founding.add_staff(place, STAFF, "周建军", "supervisor", "", PIN)
        processes.start("hub", "-m", "hub", "--hall", str(place.path))
        until("the hub", lambda: processes.said("hub", "hub.ready"))
        _filed(place, EACH // 10)
        took_s = {f"{name}.{ending}_s": _made(place, Path(folder), name, ending) for name, ending in MADE}
        alone, beside = [], []
        for at in range(ROUNDS):
            progress.print(f"filing alone, then beside a report: {at + 1} of {ROUNDS}")
            alone += [ms for ms, _ in _filed(place, EACH)]
            begun = _begun(place, Path(folder) / f"beside-{at}.xlsx", "progress")
            with ThreadPoolExecutor(1) as waiting:
                ended = waiting.submit(_ended, begun)
                filed = _filed(place, EACH)
                beside += [ms for ms, answered_s in filed if answered_s < ended.result()]
    result: dict[str, Any] = {
        "cases": CASES,
        **took_s,
        "hub_alone_p50_ms": round(statistics.median(alone), 3),
        "hub_beside_p50_ms": round(statistics.median(beside), 3),
        "hub_beside_ratio": round(statistics.median(beside) / statistics.median(alone), 3),
        "answers_beside": len(beside),
    }
    typer.echo(json.dumps(result, indent=None if json_only else 2))


def _copied(store: HallDirectory, to: Path) -> HallDirectory:
    """The hall on ports of its own."""
    shutil.copytree(store.path, to)
    place = HallDirectory(to)
    text = place.file.read_text()
    for port in PORTS.values():
        text = re.sub(rf"(:|metrics_port = ){port}\b", rf"\g<1>{free_port()}", text)
    place.file.write_text(text)
    return place


def _filed(place: HallDirectory, each: int) -> list[tuple[float, float]]:
    """Milliseconds to each answer, and when it was there."""
    argv = [
        sys.executable,
        "-m",
        "benchmarks.filing",
        "--hall",
        str(place.path),
        f"--each={each}",
        "--terminal=kiosk-1",
    ]
    said = subprocess.run(argv, input="\n", capture_output=True, text=True, check=True)
    answered = json.loads(said.stdout.removeprefix("ready\n"))
    return [((one["answered_s"] - one["sent_s"]) * 1000, one["answered_s"]) for one in answered]


def _begun(place: HallDirectory, out: Path, name: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-m", "hub.admin", "report", name, "--month", MONTH, "--out", str(out)]
    argv += ["--staff", STAFF, "--hall", str(place.path)]
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    process.stdin.write(f"{PIN}\n")
    process.stdin.flush()
    return process


def _ended(process: subprocess.Popen[str]) -> float:
    """When the report was written."""
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return time.monotonic()


def _made(place: HallDirectory, folder: Path, name: str, ending: str) -> float:
    progress.print(f"{name}.{ending}")
    began = time.monotonic()
    _ended(_begun(place, folder / f"{name}.{ending}", name))
    return round(time.monotonic() - began, 2)


if __name__ == "__main__":
    typer.run(measure)
