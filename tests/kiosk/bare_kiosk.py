"""The kiosk without its window, a hub that answers when a test says so, and paper that says what a test tells it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub.wire.messages import Answer, Command, FileComplaint, PrintState, ReportPrint
from hub.wire.picture import Picture
from kiosk.offline import OfflineSeries
from kiosk.outbox import Outbox
from kiosk.terminal import Terminal
from printers.errors import SpoolUnusable
from printers.receipt import ComplaintReceipt
from printers.spool import Report
from tests.factories import CASE_NUMBER, FILED_AT, a_hall, a_policy
from tests.kiosk.filing_desk import KEY, FakeHub
from tests.kiosk.test_session import at_check


class Hub(FakeHub):
    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self.heard_at: dt.datetime | None = None
        self.live = False
        self._numbers = itertools.count()
        self.due: list[tuple[str, Answer]] = []

    def send(self, command: Command, then: Callable[[Answer], None], command_id: str = "") -> str:
        return super().send(command, then, command_id or f"own-{next(self._numbers)}")

    def forget(self, command_id: str) -> None:
        self._then.pop(command_id, None)

    def poll(self) -> None:
        """Answers come when a test gives them, here or at once by `answer`."""
        due, self.due = self.due, []
        for command_id, answer in due:
            self.answer(command_id, answer)

    def of(self, kind: type) -> list[tuple[str, Command]]:
        return [(command_id, command) for command_id, command in self.sent if isinstance(command, kind)]


class Paper:
    def __init__(self) -> None:
        self.jobs: list[str] = []
        self.waiting: list[Report] = []
        self.told: list[Report] = []

        self.spool_failed = False
        self.broken = False
        self.states_told: dict[str, PrintState] = {}

    def print(self, job_id: str, receipt: ComplaintReceipt) -> None:
        self._fails_when_broken()
        self.jobs.append(job_id)

    def states(self, job_ids: str) -> dict[str, PrintState]:
        """What a test has said of jobs, and what was handed in since."""
        self._fails_when_broken()
        handed_in: dict[str, PrintState] = dict.fromkeys(self.jobs, "queued")
        return {one: state for one, state in (handed_in | self.states_told).items() if one.startswith(job_ids)}

    def reports(self, timeout_s: float = 0.0) -> list[Report]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def delivered(self, report: Report) -> None:
        self._fails_when_broken()
        self.told.append(report)

    def _fails_when_broken(self) -> None:
        if self.broken:
            raise SpoolUnusable("the disk is full")

    def say(self, job_id: str, state: str, detail: str = "") -> Report:
        self.states_told[job_id] = state  # type: ignore[assignment]
        command = ReportPrint(job_id=job_id, case_number=CASE_NUMBER, state=state, detail=detail)  # type: ignore[arg-type]
        report = Report(place=len(self.waiting) + 1, command_id="9" * 32, command=command)
        self.waiting.append(report)
        return report


class Kiosk:
    def __init__(
        self,
        path: Path,
        *,
        with_paper: bool = True,
        troubles: frozenset[str] = frozenset(),
        series: OfflineSeries | None = None,
    ) -> None:
        self.hub, self.paper, self.now_s = Hub(), Paper(), 0.0
        self.outbox = Outbox(path, KEY)
        counted = itertools.count(1)
        self.terminal = Terminal(
            a_hall(),
            a_policy(),
            self.hub,
            self.outbox,
            self.paper if with_paper else None,
            clock=lambda: FILED_AT,
            now_s=lambda: self.now_s,
            random_bytes=lambda size: bytes([next(counted)]) * size,
            troubles=troubles,
            series=series,
        )
        self.terminal.start()

    def submitted(self) -> str:
        """A submitted complaint's command id."""
        at_check(self.terminal.session)
        self.terminal.submit()
        return self.hub.of(FileComplaint)[-1][0]


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path / "outbox.db")
    yield kiosk
    kiosk.outbox.close()
