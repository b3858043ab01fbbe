"""A printer's worker: takes jobs from the spool one by one and settles what became of each.

A thread of its own, so that no window ever waits for paper. It meets the program in two places only: the spool, and
a queue of reports that the program polls and sends to the hub.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import Protocol

from hub.domain.lookup import LookupKeys
from hub.wire.messages import PrintState
from printers.connection import Connection
from printers.conversation import TROUBLES
from printers.driver import Outcome, PrinterDriver
from printers.errors import (
    CoverOpen,
    Interrupted,
    NotDrawable,
    NotReady,
    PaperOut,
    PrinterError,
    PrinterFault,
    SpoolUnusable,
    Unconfirmed,
)
from printers.jobs import Job
from printers.papers import Paper
from printers.profiles import PROFILES, Profile
from printers.spool import Report, Spool
from printers.status import Condition

LOOK_EVERY_S = 2.0
LOOK_AT_STUCK_S = 1.0
TRY_AGAIN_FIRST_S = 0.5
TRY_AGAIN_MOST_S = 8.0

_log = logging.getLogger(__name__)


class JobPrinter(Protocol):
    """What a station needs of a printer; `printers.driver.PrinterDriver` is one."""

    @property
    def condition(self) -> Condition: ...

    def check(self) -> None: ...
    def print_job(
        self, data: bytes, *, sending: Callable[[], None], learnt: Callable[[Condition], None]
    ) -> Outcome: ...
    def close(self) -> None: ...


class Station:
    """Prints what the spool holds until it is stopped. `stopping` must be the event that the printer watches too.

    `fresh_keys` makes the keys of a 补打. Jobs that an earlier program left sent are settled first: they are unknown.
    """

    def __init__(
        self,
        spool: Spool,
        printer: JobPrinter,
        render: Callable[[Paper], bytes],
        fresh_keys: Callable[[], LookupKeys],
        stopping: threading.Event,
    ) -> None:
        self._spool = spool
        self._printer = printer
        self._render = render
        self._fresh_keys = fresh_keys
        self._stopping = stopping
        self._work = threading.Event()
        self._told: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._complained = ("", "")
        self._pause = TRY_AGAIN_FIRST_S
        self.spool_failed = False
        """Whether the worker cannot use the spool just now, so that nobody hears of it by a report."""
        self._left_sent = [job.job_id for job in spool.sent()]
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        for report in spool.reports():
            self._told.put(report)
        spool.on_report = self._told.put

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Ends the thread; a job under way stays `sent` and is settled by the next start."""
        self._stopping.set()
        self._work.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    @property
    def condition(self) -> Condition:
        """How the printer is, as it last said."""
        return self._printer.condition

    @property
    def waiting(self) -> int:
        """Papers that are not printed yet; raises `SpoolUnusable`."""
        return self._spool.waiting()

    def states(self, job_ids: str) -> dict[str, PrintState]:
        """How far each job is whose id begins so; raises `SpoolUnusable`."""
        return self._spool.states(job_ids)

    def look_again(self) -> None:
        """Somebody has helped the printer: it is asked at once how it is, and what waits goes on."""
        self._pause = TRY_AGAIN_FIRST_S
        self._work.set()

    def print(self, job_id: str, paper: Paper) -> None:
        """Takes a paper into the spool, durably, and wakes the worker; the same id twice prints once."""
        self._spool.add(job_id, paper)
        self._work.set()

    def reports(self, timeout_s: float = 0.0) -> list[Report]:
        """What is to be told to the hub, in order, each once a run; waits at most `timeout_s` for the first."""
        reports: list[Report] = []
        try:
            reports.append(self._told.get(block=timeout_s > 0, timeout=timeout_s))
            while True:
                reports.append(self._told.get_nowait())
        except queue.Empty:
            return reports

    def delivered(self, report: Report) -> None:
        """The hub has answered it; it will not come again after a restart."""
        self._spool.delivered(report.place)

    # --- the thread

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._turn()
                self.spool_failed = False
            except Interrupted:
                break  # a job under way stays sent, and the next start says it is unknown
            except SpoolUnusable:
                _log.exception("the spool cannot be used; it is tried again")
                self.spool_failed = True
                self._stopping.wait(TRY_AGAIN_MOST_S)
            except Exception:
                _log.exception("the printer's worker met a mistake; the job stays as it is in the spool")
                self._stopping.wait(TRY_AGAIN_MOST_S)
        self._printer.close()

    def _turn(self) -> None:
        for left in self._left_sent[:1]:
            self._spool.lose(left, Interrupted.code, self._fresh_keys())
            self._left_sent.remove(left)
            return
        self._work.clear()
        job = self._spool.next_queued()
        if job is None:
            self._look()
        else:
            self._serve(job)

    def _look(self) -> None:
        """Nothing to print: keeps `condition` true."""
        try:
            self._printer.check()
        except NotReady as wrong:
            self._work.wait(self._pause_s(wrong))
        else:
            self._pause = TRY_AGAIN_FIRST_S
            self._work.wait(LOOK_EVERY_S)

    def _serve(self, job: Job) -> None:
        try:
            data = self._render(job.paper)
        except Exception as wrong:  # whatever it is, the receipts behind it must not wait
            _log.exception("print job %s cannot be drawn", job.job_id)
            self._spool.move(job.job_id, "fail", wrong.code if isinstance(wrong, PrinterError) else NotDrawable.code)
            return
        try:
            outcome = self._printer.print_job(
                data,
                sending=lambda: self._send(job),
                learnt=lambda condition: self._learn(job, condition),
            )
        except NotReady as wrong:
            self._complain(job, wrong.code)
            self._work.wait(self._pause_s(wrong))
            return
        self._pause = TRY_AGAIN_FIRST_S
        if outcome.state == "confirmed":
            self._spool.move(job.job_id, "confirm")
        elif outcome.reason == Unconfirmed.code:
            self._spool.move(job.job_id, "lose", Unconfirmed.code)  # nothing went wrong: once more would be twice
        else:
            self._spool.lose(job.job_id, outcome.reason, self._fresh_keys())

    def _send(self, job: Job) -> None:
        self._spool.move(job.job_id, "send")

    def _learn(self, job: Job, condition: Condition) -> None:
        if condition in TROUBLES:
            self._complain(job, TROUBLES[condition][0].code)

    def _complain(self, job: Job, trouble: str) -> None:
        """Reports once what keeps a job from the paper; again only when it is something else."""
        if self._complained != (job.job_id, trouble):
            self._complained = (job.job_id, trouble)
            self._spool.trouble(job.job_id, trouble)

    def _pause_s(self, wrong: NotReady) -> float:
        """Often where somebody is about to help, backing off where nobody answers."""
        if isinstance(wrong, PaperOut | CoverOpen | PrinterFault):
            return LOOK_AT_STUCK_S
        self._pause = min(self._pause * 2, TRY_AGAIN_MOST_S)
        return self._pause


def open_station(
    spool: Spool,
    connect: Callable[[], Connection],
    render: Callable[[Paper], bytes],
    fresh_keys: Callable[[], LookupKeys],
    profile: Profile = PROFILES[80],
) -> Station:
    """A station with a driver of its own, not started yet."""
    stopping = threading.Event()
    driver = PrinterDriver(connect, profile, torn=spool.torn, stopping=stopping)
    return Station(spool, driver, render, fresh_keys, stopping)
