"""How soon a hall is back after its hub was killed: the hub itself, and five hundred terminals that return at once.

`reconnect` and `restart` return the figures that `benchmarks.hub --json` carries.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hub.wire.messages import TakeTicket, TicketIssued
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.terminals import Terminals, hall_file, named

TERMINALS = 500
TICKETS = 300
"""What has happened that day: the size of the picture that each terminal is sent."""
OUT = Path("out/bench")
progress = Console(stderr=True)


def measure(json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Kill the hub, start it again, and measure until everybody is back."""
    OUT.mkdir(parents=True, exist_ok=True)
    result: dict[str, float | int] = {}
    for figures in (reconnect, restart):
        with tempfile.TemporaryDirectory(dir=OUT) as folder, Processes(Path(folder) / "logs") as processes:
            result |= figures(Path(folder) / "hall", processes)
    typer.echo(json.dumps(result, indent=None if json_only else 2))


def reconnect(place: Path, processes: Processes, terminals: int = TERMINALS) -> dict[str, float | int]:
    """Seconds from the restarted hub's readiness until the last terminal has caught up.

    `reconnect_500_s`: they lack what happened while they were away. `begin_500_s`: they know nothing, as after a power
    cut, and each is sent the whole picture.
    """
    names = named(terminals)
    hall = RunningHall(place, processes, more_terminals=hall_file(names))
    progress.print(f"{terminals} terminals")
    hall.start_hub()
    hall.ready_hub()
    _a_day(hall)
    crowd = Terminals(hall.directory, names)
    crowd.until("all have the picture", lambda one: one.epoch != "")
    result = {f"reconnect_{terminals}_s": _returned_s(hall, crowd)}
    crowd.forget()
    result[f"begin_{terminals}_s"] = _returned_s(hall, crowd)
    crowd.close()
    processes.stop("hub")
    return result


def restart(place: Path, processes: Processes) -> dict[str, float | int]:
    """Seconds from the start of a hub that was killed under load until it is ready; every answered complaint is there.

    `restart_loaded_s` is how long a Python process takes that only loads what the hub loads: the floor.
    """
    hall = RunningHall(place, processes)
    hall.start_hub()
    hall.ready_hub()
    _a_day(hall)
    progress.print("kiosks that file until the hub is killed")
    argv = [sys.executable, "-m", "benchmarks.filing", "--hall", str(hall.directory.path), "--each=100000"]
    filing = subprocess.Popen([*argv, "--terminal=kiosk-1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert filing.stdin is not None
    assert filing.stdout is not None
    assert filing.stdout.readline() == "ready\n"
    filing.stdin.write("\n")
    filing.stdin.flush()
    until("a busy hub", lambda: _cases(hall) > 500, timeout_s=60)
    processes.kill("hub")
    taken = [_ready_s(hall)]
    filing.send_signal(signal.SIGKILL)
    filing.communicate()
    for _ in range(4):
        processes.kill("hub")
        taken.append(_ready_s(hall))
    processes.stop("hub")
    began_s = time.monotonic()
    subprocess.run([sys.executable, "-c", "import hub.server"], check=True)
    return {"restart_ready_s": round(max(taken), 3), "restart_loaded_s": round(time.monotonic() - began_s, 3)}


def _a_day(hall: RunningHall) -> None:
    """Tickets of a day, and a window that serves."""
    kiosk = hall.link("kiosk-1", feed=False)
    for _ in range(TICKETS):
        assert isinstance(kiosk.ask(TakeTicket(service="general"), timeout_s=30), TicketIssued)
    kiosk.close()


def _returned_s(hall: RunningHall, crowd: Terminals) -> float:
    """Kills the hub, starts it again, lets something happen, and waits for the last terminal to know of it."""
    hall.processes.kill("hub")
    _ready_s(hall)
    ready_s = time.monotonic()
    kiosk = hall.link("kiosk-1", feed=False)
    assert isinstance(kiosk.ask(TakeTicket(service="general"), timeout_s=30), TicketIssued)
    kiosk.close()
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        newest = db.execute("SELECT seq FROM hall").fetchone()[0]
    return round(crowd.until("all have caught up", lambda one: one.seq >= newest) - ready_s, 3)


def _ready_s(hall: RunningHall) -> float:
    """Starts the hub, and says after how long it was ready."""
    log = hall.processes.log("hub")
    said = log.stat().st_size
    began_s = time.monotonic()
    hall.start_hub()
    until("the hub", lambda: b"hub.ready" in log.read_bytes()[said:], every_s=0.005)
    return time.monotonic() - began_s


def _cases(hall: RunningHall) -> int:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return int(db.execute('SELECT count(*) FROM "case"').fetchone()[0])


if __name__ == "__main__":
    typer.run(measure)
