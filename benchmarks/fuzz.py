"""Hostile frames against a real hub: from enrolled terminals, over CURVE, the same for the same seed.

Each frame must be answered with a code, and leave no row, no change of the picture and no memory behind.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
import zmq
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from hub import keys
from hub.domain.hall import Terminal
from hub.wire import codec, messages as m
from tests.hub.hostile import HostileFrames
from tests.hub.raw import RawTerminal
from tests.processes import Processes
from tests.running_hall import RunningHall

SENDERS = ("kiosk-1", "window-3", "department-tax", "supervisor", "wall", "web")
"""A terminal of each role; at none of them is anybody logged in."""
UNDER_WAY = 100
"""Frames of one terminal that are not answered yet."""
WARM_UP = 0.1
"""The part of the run after which memory is measured first: buffers have their size by then."""
PATIENCE_S = 30.0


@dataclass
class Result:
    """What came of a run. `answered_by_code` has rejections by code and other answers by their name."""

    frames: int = 0
    answered: int = 0
    unanswered: int = 0
    answered_by_code: dict[str, int] = field(default_factory=dict)
    rows_changed: dict[str, int] = field(default_factory=dict)
    picture_changed: bool = False
    hub_rss_before_kib: int = 0
    hub_rss_after_kib: int = 0
    frames_per_s: float = 0.0
    seed: int = 0


class Sender:
    """An enrolled terminal that sends nothing honest."""

    def __init__(self, hall: RunningHall, terminal: Terminal, seed: int) -> None:
        own = keys.load_pair(hall.directory.keys, terminal.name)
        self.raw = RawTerminal(hall.hall.hubs[0].commands, own, keys.load_public(hall.directory.keys, "hub"))
        self.raw.socket.sndtimeo = int(PATIENCE_S * 1000)
        self.frames = HostileFrames(seed, terminal.role)
        self.waiting = 0

    def send(self, most: int) -> int:
        """Sends until enough is under way; how many."""
        sent = max(0, min(UNDER_WAY - self.waiting, most))
        for _ in range(sent):
            self.raw.socket.send_multipart(self.frames.next())
        self.waiting += sent
        return sent

    def hear(self, codes: Counter[str]) -> int:
        """Takes the answers that have come; how many."""
        heard = 0
        while True:
            try:
                reply = self.raw.socket.recv(zmq.NOBLOCK)
            except zmq.Again:
                self.waiting -= heard
                return heard
            _, answer = codec.decode_reply(reply)
            codes[answer.code if isinstance(answer, m.Rejected) else type(answer).__name__] += 1
            heard += 1


def attack(hall: RunningHall, frames: int, seed: int, progress: Progress) -> Result:
    """Sends so many frames to the hall's running hub."""
    terminals = [hall.hall.terminal(name) for name in SENDERS]
    senders = [Sender(hall, one, seed + at) for at, one in enumerate(terminals)]
    result, codes = Result(seed=seed), Counter[str]()
    rows, picture = _rows(hall), _picture(hall)
    poller = zmq.Poller()
    for one in senders:
        poller.register(one.raw.socket, zmq.POLLIN)
    task = progress.add_task("hostile frames", total=frames)
    began = heard_s = time.perf_counter()
    while result.answered < frames and time.perf_counter() - heard_s < PATIENCE_S:
        for one in senders:
            result.frames += one.send(frames - result.frames)
        poller.poll(1000)
        heard = sum(one.hear(codes) for one in senders)
        if heard:
            heard_s = time.perf_counter()
            result.answered += heard
            progress.update(task, completed=result.answered)
        if not result.hub_rss_before_kib and result.answered >= frames * WARM_UP:
            result.hub_rss_before_kib = _rss_kib(hall)
    took_s = time.perf_counter() - began
    for one in senders:
        one.raw.close()
    hall.processes.check("hub")
    result.hub_rss_after_kib = _rss_kib(hall)
    result.unanswered = result.frames - result.answered
    result.answered_by_code = dict(codes.most_common())
    after = _rows(hall)
    result.rows_changed = {table: after[table] - rows[table] for table in rows if after[table] != rows[table]}
    result.picture_changed = _picture(hall) != picture
    result.frames_per_s = round(result.answered / took_s, 1)
    return result


def _rows(hall: RunningHall) -> dict[str, int]:
    """How many rows each table has."""
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def _picture(hall: RunningHall) -> Any:
    link = hall.link("led", feed=False)
    answer = link.ask(m.EventsSince(), timeout_s=PATIENCE_S)
    link.close()
    assert isinstance(answer, m.Snapshot)
    return {**msgspec.to_builtins(answer), "at": None}


def _rss_kib(hall: RunningHall) -> int:
    for line in Path(f"/proc/{hall.processes.pid('hub')}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("this system does not tell a process's memory")


def measure(
    frames: Annotated[int, typer.Option(help="How many hostile frames.")] = 1_000_000,
    seed: Annotated[int, typer.Option(help="The same seed sends the same frames.")] = 1,
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON on one line.")] = False,
) -> None:
    """Send hostile frames to a real hub from enrolled terminals; ends with 1 where one had any effect."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    out = Path("out/bench")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as folder, Processes(Path(folder) / "logs") as processes:
        hall = RunningHall(Path(folder) / "hall", processes)
        hall.start_hub()
        hall.ready_hub()
        with Progress(*columns, console=Console(stderr=True)) as progress:
            result = attack(hall, frames, seed, progress)
        log_bytes = processes.log("hub").stat().st_size
    typer.echo(json.dumps(asdict(result) | {"hub_log_bytes": log_bytes}, indent=None if json_only else 2))
    if result.unanswered or result.rows_changed or result.picture_changed:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(measure)
