"""A real emulator process for tests, and a station that prints on it."""

from __future__ import annotations

import json
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from hub.domain.printer import Printer
from hub.wire.messages import ReplacePaperCode, ReportPrint
from printers.connection import connector
from printers.conversation import Patience
from printers.driver import PrinterDriver
from printers.profiles import profile_of
from printers.render import render
from printers.spool import Report, Spool
from printers.station import Station
from tests.printers import factories

KEY = bytes(range(32))
HASTE = Patience(answer_s=0.5, ask_again_s=0.1, silence_s=1.0, write_s=2.0, fence_s=5.0, settle_s=0.3)
DEADLINE_S = 30.0


class EmulatedPrinter:
    """The emulator as a process of its own, with its control channel open."""

    def __init__(self, out: Path, *options: str, pty: bool = False) -> None:
        self.out = out
        port, control = factories.free_port(), factories.free_port()
        line = ["--pty"] if pty else ["--tcp", f"127.0.0.1:{port}"]
        command = [sys.executable, "-m", "printers.emulator", *line, "--control", f"127.0.0.1:{control}", *options]
        self.process = subprocess.Popen([*command, "--out", str(out)], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], DEADLINE_S)[0], "the emulator did not start"
        ready = json.loads(self.process.stdout.readline())
        self.url = ready["pty"] if pty else f"socket://{ready['tcp']}"
        self._control = socket.create_connection(("127.0.0.1", control), timeout=DEADLINE_S)
        self._lines = self._control.makefile("r")

    @property
    def printer(self) -> Printer:
        return Printer(name="emulated", url=self.url)

    def tell(self, line: str) -> dict[str, int]:
        """Sends one control line; its answer, within the deadline."""
        self._control.sendall(f"{line}\n".encode())
        answer = json.loads(self._lines.readline())
        assert "error" not in answer, answer
        return answer

    def receipt(self, number: int) -> Image.Image:
        self.tell(f"wait receipts {number}")
        with Image.open(self.out / f"receipt-{number:03d}.png") as picture:
            return picture.copy()

    def close(self) -> None:
        self._lines.close()
        self._control.close()
        self.process.kill()
        self.process.wait(DEADLINE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()


class Desk:
    """A station on an emulated printer, with the reports it made so far: what a kiosk does with one."""

    def __init__(self, path: Path, printer: Printer) -> None:
        self.spool = Spool(path, KEY)
        profile = profile_of(printer)
        stopping = threading.Event()
        driver = PrinterDriver(connector(printer), profile, torn=self.spool.torn, patience=HASTE, stopping=stopping)
        self.station = Station(
            self.spool, driver, lambda receipt: render(receipt, profile), factories.fresh_keys, stopping
        )
        self.reports: list[Report] = []
        self._read = 0
        self.station.start()

    def hear_until(self, wanted: Callable[[ReportPrint | ReplacePaperCode], bool]) -> ReportPrint | ReplacePaperCode:
        """Polls the reports until one is as wanted; the next call goes on behind it."""
        while True:
            while self._read < len(self.reports):
                self._read += 1
                if wanted(command := self.reports[self._read - 1].command):
                    return command
            news = self.station.reports(timeout_s=DEADLINE_S)
            assert news, f"no such report within {DEADLINE_S} s; heard {self.reports}"
            self.reports += news

    def hear_state(self, state: str, *, reprint: bool = False) -> ReportPrint:
        found = self.hear_until(
            lambda told: isinstance(told, ReportPrint) and (told.state, told.reprint) == (state, reprint)
        )
        assert isinstance(found, ReportPrint)
        return found

    def told(self) -> list[tuple[str, str, bool]]:
        """State, detail and reprint mark of every print report so far."""
        self.reports += self.station.reports()
        return [
            (report.command.state, report.command.detail, report.command.reprint)
            for report in self.reports
            if isinstance(report.command, ReportPrint)
        ]

    def close(self) -> None:
        self.station.stop(DEADLINE_S)
        self.spool.close()


@pytest.fixture
def emulate(tmp_path: Path) -> Iterator[Callable[..., EmulatedPrinter]]:
    running: list[EmulatedPrinter] = []

    def start(*options: str, pty: bool = False) -> EmulatedPrinter:
        running.append(EmulatedPrinter(tmp_path / f"paper-{len(running)}", *options, pty=pty))
        return running[-1]

    yield start
    for emulator in running:
        emulator.close()


@pytest.fixture
def desk_at(tmp_path: Path) -> Iterator[Callable[[Printer], Desk]]:
    open_desks: list[Desk] = []

    def start(printer: Printer) -> Desk:
        open_desks.append(Desk(tmp_path / "spool.db", printer))
        return open_desks[-1]

    yield start
    for desk in open_desks:
        desk.close()
