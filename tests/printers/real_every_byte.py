"""What `every_byte` does in one process, with real ones: the emulator over TCP or a pty, and stations that are killed.

A station is a process of its own that sends itself SIGKILL when the byte is written. They are forked from one that has
everything loaded, since starting Python for each would take most of the time.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

from PIL import Image, ImageChops

from hub.domain.printer import Printer
from printers.connection import Connection, connector
from printers.driver import PrinterDriver
from printers.profiles import Profile, profile_of
from printers.render import render
from printers.roll import Fallen
from printers.spool import Spool
from printers.station import Station
from tests.printers.conftest import DEADLINE_S, HASTE, EmulatedPrinter
from tests.printers.every_byte import KEY, Fault
from tests.printers.verdict import FRESH_KEYS, Judge, Outcome, job_id, keys_of, receipts
from tests.processes import until


class Doomed:
    """A line whose program is killed when so many bytes are written."""

    def __init__(self, connection: Connection, written_before: list[int], killed_at: int) -> None:
        self._connection, self._written, self._killed_at = connection, written_before, killed_at

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        taken, heard = self._connection.exchange(data[: self._killed_at - self._written[0]], timeout_s)
        self._written[0] += taken
        if self._written[0] >= self._killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return taken, heard

    def close(self) -> None:
        self._connection.close()

    def abandon(self) -> None:
        self._connection.abandon()


def station_program(profile: Profile, spool_at: str, url: str, killed_at: int | None, keys_from: int) -> None:
    """Prints both receipts and ends when the spool has nothing more to do."""
    spool, stopping, keys = Spool(Path(spool_at), KEY), threading.Event(), count(keys_from)
    connect: Callable[[], Connection] = connector(Printer(name="emulated", url=url))
    if killed_at is not None:
        line, written = connect, [0]
        connect = lambda: Doomed(line(), written, killed_at)  # noqa: E731
    driver = PrinterDriver(connect, profile, torn=spool.torn, patience=HASTE, stopping=stopping)
    station = Station(spool, driver, lambda paper: render(paper, profile), lambda: keys_of(next(keys)), stopping)
    for place, receipt in enumerate(receipts()):
        station.print(job_id(place), receipt)
    station.start()
    while spool.next_queued() is not None or spool.sent():
        station.reports(timeout_s=0.05)
    station.stop()
    spool.close()


class RealRun:
    """One emulator and one station program after another at it; as `every_byte.Run`, with a folder of its own."""

    def __init__(self, folder: Path, emulator: EmulatedPrinter) -> None:
        self._folder, self._emulator = folder, emulator
        self._profile = profile_of(emulator.printer)
        self._judge = Judge(self._profile.width_dots, lambda paper: render(paper, self._profile))
        self._mother = subprocess.Popen(
            [sys.executable, "-m", "tests.printers.real_every_byte"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._runs = 0

    def __call__(self, fault: Fault | None = None, at: int = 0) -> Outcome:
        self._runs += 1
        spool = self._folder / f"spool-{self._runs}.db"
        for command in ("power cycle", "paper in", "tear"):
            before = self._emulator.tell(command)
        for command in fault.happens if fault else ():
            self._emulator.tell(f"after {at} {command}")
        killed_at = at if fault is not None and not fault.happens else None
        ended = self._station(spool, killed_at, 0, fault.helped if fault else ())
        if ended == -signal.SIGKILL:
            ended = self._station(spool, None, FRESH_KEYS // 2, ())
        assert ended == 0, f"the station ended with {ended}"
        last = self._emulator.tell("tear")
        papers = [self._paper(number + 1) for number in range(before["receipts"], last["receipts"])]
        kept = Spool(spool, KEY)
        told = [report.command for report in kept.reports()]
        kept.close()
        return self._judge.outcome(papers, told)

    def close(self) -> None:
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.close()
        self._mother.wait(DEADLINE_S)
        self._mother.stdout.close()

    def _station(self, spool: Path, killed_at: int | None, keys_from: int, helped: tuple[str, ...]) -> int:
        """Runs one station; somebody helps the printer as soon as it is offline. How the program ended."""
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        order = [str(spool), self._emulator.url, killed_at, keys_from]
        self._mother.stdin.write(json.dumps(order) + "\n")
        self._mother.stdin.flush()
        answers, waiting = self._mother.stdout, list(helped)

        def ended() -> str:
            state = self._emulator.tell("status")
            if waiting and not (state["paper"] and state["on"]):
                self._emulator.tell(waiting.pop(0))
            return answers.readline() if select.select([answers], [], [], 0.05)[0] else ""

        return int(until("the end of the station", ended, timeout_s=2 * DEADLINE_S))

    def _paper(self, number: int) -> Fallen:
        with Image.open(self._emulator.out / f"receipt-{number:03d}.png") as picture:
            return Fallen(ImageChops.invert(picture).tobytes(), picture.width // 8, b"")


def main() -> None:
    """Forks a station for every line of JSON, and says how it ended."""
    profile = Profile(width_dots=576)
    for receipt in receipts():
        render(receipt, profile)  # loads what a station needs
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            station_program(profile, *json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
