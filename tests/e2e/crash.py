"""A hub that is killed with -9 at random moments under fifty clients and started again, and a verdict on its file."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from hub.wire.messages import LoggedIn, LogIn
from tests.processes import Processes, until
from tests.running_hall import RunningHall

CLIENTS, CROWDS = 50, 3
WINDOWS = {"window-1": "06", "window-2": "07", "window-3": "08"}
PIN = "480615"
LIVES_AT_MOST_S = 0.4
"""How long a hub may serve before it is killed."""
STARTS_WITHIN_S = 0.8
KILLED_WHILE_STARTING = 0.2
"""The share of cycles whose hub is killed at a random moment of its start, serving or not."""
TROUBLE = ("Traceback", '"level": "error"', '"level": "critical"')


@dataclass(frozen=True)
class Outcome:
    """What became of a run: how long the hubs took to be ready again, and the verdict's own words."""

    cycles: int
    killed_while_starting: int
    ready_s: tuple[float, ...]
    verdict: dict[str, Any]

    @property
    def faults(self) -> list[str]:
        return list(self.verdict["faults"])

    def summary(self) -> dict[str, Any]:
        return {
            "cycles": self.cycles,
            "killed_while_starting": self.killed_while_starting,
            "restart_ready_p50_s": round(statistics.median(self.ready_s), 3),
            "restart_ready_most_s": round(max(self.ready_s), 3),
            **self.verdict,
        }


class CrashingHall:
    """A hall whose clients never stop and whose hub never lives long. Leave the block to end all of it."""

    def __init__(self, place: Path, processes: Processes, seed: str) -> None:
        self._place, self._processes, self._seed = place, processes, seed
        self._random = Random(seed)
        kiosks = [f"kiosk-{n}" for n in range(2, 2 + CLIENTS - len(WINDOWS))]
        more = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in kiosks)
        self._hall = RunningHall(place / "hall", processes, more_terminals=more)
        self._terminals = [*kiosks, *WINDOWS]
        self._logs = place / "clients"
        self._logs.mkdir()
        self._lives = 0
        self._killed_while_starting = 0
        self._ready_s: list[float] = []

    def open(self) -> None:
        """Clerks log in, which outlives the hub, and the crowd comes."""
        for staff in WINDOWS.values():
            self._hall.staff(staff, f"职员{staff}", "window", PIN)
        began = time.monotonic()
        self._start_hub()
        self._ready(began)
        for terminal, staff in WINDOWS.items():
            link = self._hall.link(terminal, feed=False)
            assert isinstance(link.ask(LogIn(staff=staff, pin=PIN), timeout_s=20), LoggedIn)
            link.close()
        self._kill_hub()
        for number in range(CROWDS):
            who = [f"--terminal={name}" for name in self._terminals[number::CROWDS]]
            where = ("--hall", str(self._hall.directory.path), "--out", str(self._logs), "--seed", self._seed)
            self._processes.start(f"crowd-{number}", "-m", "tests.e2e.crowd", *where, *who)
        until("every client's first command", self._all_have_asked)

    def crash(self) -> None:
        """One cycle: starts the hub and kills it at a random moment of its service, or of its start."""
        began = time.monotonic()
        self._start_hub()
        if self._random.random() < KILLED_WHILE_STARTING:
            self._killed_while_starting += 1
            time.sleep(self._random.uniform(0, STARTS_WITHIN_S))  # the random moment is what is tried
        else:
            self._ready(began)
            time.sleep(self._random.uniform(0, LIVES_AT_MOST_S))
        self._kill_hub()

    def close(self, cycles: int) -> Outcome:
        """Ends the clients and has the files judged as the last killed hub left them."""
        for number in range(CROWDS):
            self._processes.check(f"crowd-{number}")
            self._processes.kill(f"crowd-{number}")
        logs = sorted(str(log) for log in self._logs.glob("*.jsonl"))
        argv = [sys.executable, "-m", "tests.e2e.verdict", str(self._hall.directory.database), *logs]
        said = json.loads(subprocess.run(argv, stdout=subprocess.PIPE, check=False).stdout)
        said["faults"] += self._troubles()
        return Outcome(cycles, self._killed_while_starting, tuple(self._ready_s), said)

    def _all_have_asked(self) -> bool:
        logs = list(self._logs.glob("*.jsonl"))
        return len(logs) == CLIENTS and all(log.stat().st_size for log in logs)

    def _hub(self) -> str:
        return f"hub-{self._lives}"

    def _start_hub(self) -> None:
        self._lives += 1
        self._processes.start(self._hub(), "-m", "hub", "--hall", str(self._hall.directory.path))

    def _ready(self, began_s: float) -> None:
        until("the hub", lambda: self._processes.said(self._hub(), "hub.ready"), every_s=0.005)
        self._ready_s.append(time.monotonic() - began_s)

    def _kill_hub(self) -> None:
        self._processes.check(self._hub())
        self._processes.kill(self._hub())

    def _troubles(self) -> list[str]:
        """A hub that survives its own mistakes is no proof: its logs must have none."""
        logs = [self._processes.log(f"hub-{life}") for life in range(1, self._lives + 1)]
        return [f"{log.name}: {line}" for log in logs for line in log.read_text().splitlines() if _is_trouble(line)]


def _is_trouble(line: str) -> bool:
    return any(word in line for word in TROUBLE)


def crash(place: Path, cycles: int, seed: str, told: Callable[[], None] = lambda: None) -> Outcome:
    """Founds a hall in `place`, kills its hub `cycles` times and judges; `told` is called after each cycle."""
    with Processes(place / "logs") as processes:
        hall = CrashingHall(place, processes, seed)
        hall.open()
        for _ in range(cycles):
            hall.crash()
            told()
        return hall.close(cycles)
