"""A receipt printed with a fault at one of its bytes, and another behind it.

All in one process: station, driver and spool are the real ones; the line is a call, and the clock moves only when
nobody has anything to say, so that a run takes milliseconds and is the same each time. What sockets, a pty and a killed
process add is `tests.printers.real_every_byte`'s, which does a fraction of this with them.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path

from printers.driver import PrinterDriver
from printers.errors import ConnectionLost, PrinterSilent
from printers.machine import Machine
from printers.profiles import Profile
from printers.receipt import ComplaintReceipt
from printers.render import render
from printers.roll import Fallen
from printers.spool import Spool
from printers.station import Station
from tests.printers.verdict import Judge, Outcome, Told, job_id, keys_of

KEY = bytes(range(32))
HELP_AFTER_S = 8.0
"""How long a fault lasts until somebody has seen to it."""
GIVE_UP_S = 3600.0


@dataclass(frozen=True)
class Fault:
    """`happens` are the emulator's commands at the byte, `helped` those some seconds later; neither: it is killed."""

    happens: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    serial: bool = False
    """On a line that has no connection to lose."""
    again_after: tuple[int, ...] = ()
    """A program that is killed is killed again when it has written so many bytes more, once for each."""


FAULTS = {
    "line breaks": Fault(("drop connection",)),
    "paper out": Fault(("paper out",), ("paper in",)),
    "program killed": Fault(),
    "power fails": Fault(("power off",), ("power on",)),
    "power fails, serial": Fault(("power off",), ("power on",), serial=True),
    "program killed, serial": Fault(serial=True),
    "killed, and again before a byte": Fault(again_after=(0, 0)),
    "killed, and again while it mends": Fault(again_after=(4, 4_000)),
    "killed, and again in the reprint": Fault(again_after=(20_000, 15_000)),
    "killed, and again in the reprint, serial": Fault(serial=True, again_after=(15_000, 20_000)),
    "cover open": Fault(("cover open",), ("cover closed",)),
    "knife sticks": Fault(("knife sticks",), ("knife free",)),
    "head hot": Fault(("head hot",), ("head cool",)),
    "silence": Fault(("silent on",), ("silent off",)),
    "nonsense": Fault(("nonsense on",), ("nonsense off",)),
    "half answers": Fault(("half on",), ("half off",)),
    "late answers": Fault(("answers held",), ("answers released",)),
    "another's answer, then no power": Fault(("say 00", "say 37224142434400", "power off"), ("power on",)),
}
PROMISED = ("line breaks", "paper out", "program killed")
"""What is tried at every byte; the others at some."""


def quick_folder() -> tempfile.TemporaryDirectory[str]:
    """In memory where there is such a place: no power fails here, so no write need reach a disk."""
    return tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)


class Killed(BaseException):
    """The program is gone between two bytes; nothing of it runs any more."""


class Clock:
    """Time that passes when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.passes: Callable[[float], None] = lambda seconds: None

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.passes(seconds)


class Waiting(threading.Event):
    """An event whose waiting passes the clock's time."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        if not self.is_set():
            self._clock.wait(timeout or 0.0)
        return self.is_set()


class Line:
    """An open line to a machine in the same process; nothing passes the byte at which the program is killed."""

    def __init__(self, machine: Machine, clock: Clock, serial: bool, killed_at: int | None) -> None:
        self._machine, self._clock, self._serial, self._killed_at = machine, clock, serial, killed_at
        self._said = bytearray()
        self._broken = False
        self._send = self._said.extend
        if not machine.on and not serial:
            raise PrinterSilent("switched off")
        machine.connect(self._send, self._break)

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        if self._serial and self._machine.on and not self._machine.serves(self._send):
            self._machine.connect(self._send, self._break)
        if self._broken and not self._said:
            raise ConnectionLost("the line broke")
        if data:
            self._give(data)
        elif not self._said:
            self._clock.wait(timeout_s)
        said = bytes(self._said)
        self._said.clear()
        return len(data), said

    def close(self) -> None:
        self._machine.disconnect(self._send)

    abandon = close

    def _give(self, data: bytes) -> None:
        last = self._killed_at
        if last is not None and self._machine.received + len(data) >= last:
            self._machine.receive(data[: last - self._machine.received])
            self.close()
            raise Killed
        self._machine.receive(data)

    def _break(self) -> None:
        self._broken = not self._serial


class SteppedStation(Station):
    """A station without a thread: it works until nothing of the spool waits, or gives up."""

    def settle(self, clock: Clock) -> None:
        self._work = Waiting(clock)
        while (self._left_sent or self._spool.next_queued() is not None) and clock.now < GIVE_UP_S:
            self._turn()


class Run:
    """Receipts on one kind of printer; call it with a fault and the byte it happens at."""

    def __init__(self, folder: Path, profile: Profile) -> None:
        self._folder, self._profile = folder, profile
        self._render = lru_cache(maxsize=64)(lambda paper: render(paper, profile))
        self._judge = Judge(profile.width_dots, self._render, knife=profile.ending == "cut")

    def __call__(self, fault: Fault | None = None, at: int = 0) -> Outcome:
        """`at` counts all that the printer receives, questions too; without a fault everything is as ever."""
        printer = _Printer(self._folder, self._profile, fault, at)
        told: dict[int, Told] = {}
        received = 0
        spools = self._folder / "spool.db"
        for place, receipt in enumerate(self._judge.receipts):
            while True:
                spool = Spool(spools, KEY)
                try:
                    self._work(spool, place, receipt, printer)
                    break
                except Killed:
                    printer.kill_again()
                finally:
                    told |= {report.place: report.command for report in spool.reports()}
                    spool.close()
            received = received or printer.machine.received
        for left in self._folder.glob("spool.db*"):
            left.unlink()
        printer.machine.obey("tear")
        outcome = self._judge.outcome(printer.fallen, (told[place] for place in sorted(told)))
        outcome.bytes_received = received
        return outcome

    def _work(self, spool: Spool, place: int, receipt: ComplaintReceipt, printer: _Printer) -> None:
        stopping = threading.Event()
        driver = PrinterDriver(printer.open, self._profile, torn=spool.torn, stopping=stopping, monotonic=printer.clock)
        station = SteppedStation(spool, driver, self._render, lambda: keys_of(next(printer.keys)), stopping)
        station.print(job_id(place), receipt)
        try:
            station.settle(printer.clock)
        finally:
            driver.close()


class _Printer:
    """A machine with a fault at one of its bytes, and somebody there who helps some seconds after it."""

    def __init__(self, folder: Path, profile: Profile, fault: Fault | None, at: int) -> None:
        self.clock = Clock()
        self.fallen: list[Fallen] = []
        self.keys: Iterator[int] = count()
        self.machine = Machine(folder, profile.width_dots, knife=profile.ending == "cut")
        self.machine.works.roll.fell = self.fallen.append
        self._serial = fault is not None and fault.serial
        self.killed_at = at if fault is not None and not fault.happens else None
        self._again_after = list(fault.again_after if fault else ())
        self._at, self._happened_s = at, -1.0
        self._helps = list(fault.helped if fault else ())
        self.clock.passes = self._passes
        for command in fault.happens if fault else ():
            self.machine.obey(f"after {at} {command}")

    def kill_again(self) -> None:
        """The program's next end, if it has one."""
        self.killed_at = self.machine.received + self._again_after.pop(0) if self._again_after else None

    def open(self) -> Line:
        return Line(self.machine, self.clock, self._serial, self.killed_at)

    def _passes(self, seconds: float) -> None:
        self.machine.step(seconds)
        if self._happened_s < 0 and self.machine.received >= self._at:
            self._happened_s = self.clock.now
        if 0 <= self._happened_s <= self.clock.now - HELP_AFTER_S:
            while self._helps:
                self.machine.obey(self._helps.pop(0))
