"""A kiosk without its window, a real outbox, a real spool and a hub in the same process, whose power can be cut.

Every write, job and frame is a step. `cut_at` takes what the disk has before that step; nothing happens after it.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hub.wire.messages import Answer, Command, ComplaintAccepted, PrintedNumber
from kiosk.filing import ASK_AGAIN_S, Filing
from kiosk.offline import OfflineSeries
from kiosk.outbox import Outbox
from kiosk.receipts import Receipts
from printers.receipt import ComplaintReceipt
from printers.spool import Spool
from tests.factories import FILED_AT, a_complaint, a_hall, a_policy
from tests.hub.desk import Desk

KEY = bytes(range(32))
AWAY_S = 600.0


class PowerLoss(BaseException):
    """The plug is out; nothing of the program runs on."""


class Steps:
    """Counts the steps; before the one that is asked for the disk is copied and the power fails."""

    def __init__(self, disk: Path, cut_at: int = -1) -> None:
        self.disk, self.cut_at = disk, cut_at
        self.taken = 0
        self.names: list[str] = []

    @property
    def left(self) -> Path:
        """What the disk had when the power failed."""
        return self.disk.with_name("after")

    def step(self, name: str) -> None:
        if self.taken == self.cut_at:
            shutil.copytree(self.disk, self.left)
            raise PowerLoss(name)
        self.taken += 1
        self.names.append(name)

    def around(self, name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*values: Any) -> Any:
            self.step(name)
            return do(*values)

        return stepping


class Printer:
    """Takes receipts into a real spool."""

    def __init__(self, spool: Spool, steps: Steps) -> None:
        self._add = steps.around("spool", spool.add)

    def print(self, job_id: str, receipt: ComplaintReceipt) -> None:
        self._add(job_id, receipt)


class Run:
    """One run of the kiosk's program on a disk. What it shows to the citizen is in `shown`, number by number."""

    def __init__(self, disk: Path, steps: Steps, *, letter: str = "K") -> None:
        hall = a_hall()
        self.spool = Spool(disk / "spool.db", KEY)
        self.outbox = Outbox(disk / "outbox.db", KEY)
        self.outbox._change = steps.around("write", self.outbox._change)  # type: ignore[method-assign]
        self.now_s = 0.0
        self.wire: list[tuple[str, Command]] = []
        """Frames that are on their way to the hub."""
        self._then: dict[str, Callable[[Answer], None]] = {}
        self.shown: list[str] = []
        series = OfflineSeries(letter=letter, hall_code=hall.code, timezone=hall.timezone, day_begins=hall.day_begins)
        send = steps.around("send", self._send)
        self.printer = Printer(self.spool, steps)
        receipts = Receipts(self.printer, hall, a_policy())
        self.filing = Filing(self.outbox, send, receipts, self, series if letter else None)

    def start(self) -> None:
        self.filing.start(FILED_AT)

    def file(self, number: int, at: dt.datetime = FILED_AT) -> str:
        command_id = f"{number:032x}"
        self.filing.file(command_id, a_complaint(number=number), at)
        return command_id

    def poll(self, *, later_s: float = 0.01, live: bool, now: dt.datetime = FILED_AT) -> None:
        self.now_s += later_s
        self.filing.poll(self.now_s, now, live)

    def reach(self, desk: Desk, *, answered: bool = True) -> None:
        """The hub carries out what is on the wire; its answers come back, or wait in `late`."""
        frames, self.wire = self.wire, []
        answers = [(command_id, desk.ask("kiosk-1", command, command_id)) for command_id, command in frames]
        if answered:
            self.hear(answers)
        else:
            self.late = answers

    def hear(self, answers: list[tuple[str, Answer]]) -> None:
        """As `hub.link` does: who does not wait for an answer any more hears nothing."""
        for command_id, answer in answers:
            if then := self._then.pop(command_id, None):
                then(answer)

    def settle(self, desk: Desk) -> None:
        """The hub is there for long enough."""
        for _ in range(4):
            self.poll(later_s=ASK_AGAIN_S, live=True)
            self.reach(desk)

    def close(self) -> None:
        self.outbox.close()
        self.spool.close()

    @property
    def receipts(self) -> list[ComplaintReceipt]:
        jobs = []
        while job := self.spool.next_queued():
            jobs.append(job.paper)
            self.spool.move(job.job_id, "fail", "read by this test")
        return jobs

    # --- what the citizen sees

    def answered(self, _command_id: str, answer: Answer) -> None:
        if isinstance(answer, ComplaintAccepted):
            self.shown.append(answer.case_number)

    def numbered(self, _command_id: str, printed: PrintedNumber) -> None:
        self.shown.append(printed.case_number)

    def unprinted(self, _command_id: str, trouble: str) -> None:
        self.shown.append(trouble)

    def _send(self, command: Command, then: Callable[[Answer], None], command_id: str) -> None:
        self.wire.append((command_id, command))
        self._then[command_id] = then
