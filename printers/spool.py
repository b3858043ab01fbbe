"""Print jobs that outlive the program: sealed rows in SQLite, and what is still to be told to the hub about them.

Every change of a job and the report of it are one transaction, so that nothing is printed, lost or replaced without
the hub hearing of it in the end. Rows are AES-GCM under the terminal's own key: they hold the codes that open a case.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from hub.domain.hall import Value
from hub.domain.lookup import LookupKeys
from hub.wire.messages import LookupSecrets, PrintState, ReplacePaperCode, ReportPrint
from printers.errors import Interrupted, JobMoveNotAllowed, RowUnreadable, SpoolUnusable, Unconfirmed, UnknownJob
from printers.jobs import MOVES, Job, JobMove, Kept
from printers.papers import Paper, case_number_of, reprinted
from printers.receipt import ComplaintReceipt
from printers.sealing import Sealer
from printers.spool_file import opened

REPRINTS_AT_MOST = 3
"""Of one paper whose program is killed while it prints; a program that dies of printing must not print for ever."""

_ROWS = "SELECT job_id, state, receipt FROM job"

Row = tuple[str, PrintState, bytes]

_log = logging.getLogger(__name__)


class Report(Value, frozen=True):
    """A command for the hub. Send it under `command_id` until it is answered, then call `Spool.delivered`."""

    place: int
    command_id: str
    command: ReportPrint | ReplacePaperCode


class Spool:
    """The jobs of one printer, in the order they came. May be used from several threads, by one program at a time.

    `on_report` is called after the commit, in the thread that made the change.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        *,
        on_report: Callable[[Report], None] = lambda report: None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Opens or makes the spool; raises `SpoolUnusable`."""
        self.on_report = on_report
        self._path = path
        self._sealer = Sealer(key)
        self._now = now
        self._lock = threading.RLock()
        try:
            self._database = opened(path, self._now())
            try:
                self._check_key()
            except BaseException:
                self._database.close()
                raise
        except (OSError, sqlite3.Error) as wrong:
            raise SpoolUnusable(
                f"{path} cannot be used ({wrong}); is another kiosk of this name running, is the disk full?"
            ) from wrong

    def add(self, job_id: str, paper: Paper) -> bool:
        """A new job at the end; the same id twice is one job. Whether it was new."""
        with self._change():
            return self._insert(Job(job_id=job_id, state="queued", paper=paper))

    def next_queued(self) -> Job | None:
        """The oldest job that waits to be printed; one whose row cannot be opened fails, and the next comes."""
        while row := self._first("state = 'queued'"):
            if job := self._opened(row, otherwise="failed"):
                return job
        return None

    def job(self, job_id: str) -> Job:
        """Raises `UnknownJob`."""
        with self._reading():
            row = self._first("job_id = ? AND receipt != x''", job_id)
            if row is None:
                raise UnknownJob(f"no print job {job_id!r} in the spool")
            return self._job(row)

    def states(self, job_ids: str) -> dict[str, PrintState]:
        """How far each job is whose id begins so, reprints among them; papers that are long finished too."""
        with self._reading():
            rows = "SELECT job_id, state FROM job WHERE job_id >= ? AND job_id < ?"
            behind = job_ids[:-1] + chr(ord(job_ids[-1]) + 1)
            return dict(self._database.execute(rows, (job_ids, behind)).fetchall())

    def waiting(self) -> int:
        """How many jobs wait to be printed."""
        with self._reading():
            return int(self._database.execute("SELECT count(*) FROM job WHERE state = 'queued'").fetchone()[0])

    @property
    def torn(self) -> bool:
        """Whether the printer may hold half a job, of whichever program: from its first byte until one is confirmed."""
        with self._reading():
            held = "SELECT EXISTS (SELECT 1 FROM cut_off) OR EXISTS (SELECT 1 FROM job WHERE state = 'sent')"
            return bool(self._database.execute(held).fetchone()[0])

    def sent(self) -> tuple[Job, ...]:
        """Jobs whose fate was open when the last program ended."""
        with self._reading():
            rows = self._database.execute(f"{_ROWS} WHERE state = 'sent' ORDER BY place").fetchall()
        return tuple(job for row in rows if (job := self._opened(row, otherwise="unknown")))

    def move(self, job_id: str, move: JobMove, detail: str = "") -> Job:
        """Moves a job on and reports it; raises `UnknownJob`, `JobMoveNotAllowed`."""
        with self._change() as reports:
            return self._move(job_id, move, detail, reports)

    def trouble(self, job_id: str, detail: str) -> None:
        """Reports why a job still waits; its state stays."""
        with self._change() as reports:
            reports.append(self._report(_told(self.job(job_id), detail)))

    def lose(self, job_id: str, detail: str, keys: LookupKeys) -> Job | None:
        """A sent job's fate is unknown: the same paper is queued once more, marked 补打, with these fresh keys.

        The hub is told to let a lost receipt's keys die. A reprint is not repeated, lest a printer that never confirms
        print without end, unless its program was killed, and then a few times; staff have the notice. Returns the new
        job, if any.
        """
        with self._change() as reports:
            lost = self._move(job_id, "lose", detail, reports).paper
            if lost.reprint and not (detail == Interrupted.code and self._reprints(job_id) < REPRINTS_AT_MOST):
                return None
            again = f"{_root(job_id)}/{secrets.token_hex(4)}"
            job = Job(job_id=again, state="queued", paper=reprinted(lost, keys))
            self._insert(job)
            if isinstance(lost, ComplaintReceipt):
                fresh = LookupSecrets(token=keys.token, typed=keys.typed)
                command = ReplacePaperCode(case_number=lost.case_number, lost=lost.keys.token, on_paper=fresh)
                reports.append(self._report(command))
            return job

    def reports(self) -> tuple[Report, ...]:
        """What the hub has not been told yet, oldest first; one that cannot be opened is logged and left."""
        with self._reading():
            rows = self._database.execute("SELECT place, body FROM report ORDER BY place").fetchall()
        reports: list[Report] = []
        for place, body in rows:
            try:
                reports.append(self._opened_report(place, body))
            except RowUnreadable:
                _log.exception("report %s is never told", place)
        return tuple(reports)

    def delivered(self, place: int) -> None:
        """The hub answered this report."""
        with self._change():
            self._database.execute("DELETE FROM report WHERE place = ?", (place,))

    def close(self) -> None:
        with self._lock:
            self._database.close()

    # --- inside

    def _check_key(self) -> None:
        """Fails now, not in front of a citizen, when no row opens: the key is another. One bad row is only damaged."""
        unreadable: RowUnreadable | None = None
        for row in self._database.execute(f"{_ROWS} WHERE receipt != x'' ORDER BY place DESC"):
            try:
                self._job(row)
            except RowUnreadable as wrong:
                unreadable = wrong
            else:
                return
        if unreadable is not None:
            raise SpoolUnusable(str(unreadable)) from unreadable

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Alone with the database; what goes wrong there is a `SpoolUnusable`."""
        with self._lock:
            try:
                yield
            except sqlite3.Error as wrong:
                raise SpoolUnusable(f"{self._path}: {wrong}; free the disk or mend its rights") from wrong

    @contextmanager
    def _change(self) -> Iterator[list[Report]]:
        """One transaction, whole or not at all; its reports are handed on after the commit."""
        reports: list[Report] = []
        with self._reading():
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield reports
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:  # SQLite itself rolls back on a full disk
                    self._database.execute("ROLLBACK")
                raise
        for report in reports:
            self.on_report(report)

    def _first(self, where: str, *values: str) -> Row | None:
        with self._reading():
            row: Row | None = self._database.execute(
                f"{_ROWS} WHERE {where} ORDER BY place LIMIT 1",
                values,
            ).fetchone()
            return row

    def _opened(self, row: Row, otherwise: PrintState) -> Job | None:
        """The row's job. A row that cannot be opened is put aside in the state `otherwise` and reported.

        Its case is not known any more, so the report names none.
        """
        try:
            return self._job(row)
        except RowUnreadable as wrong:
            _log.error("print job %s is put aside: %s", row[0], wrong)
            with self._change() as reports:
                self._database.execute("UPDATE job SET state = ? WHERE job_id = ?", (otherwise, row[0]))
                told = ReportPrint(job_id=row[0], case_number="", state=otherwise, detail=wrong.code)
                reports.append(self._report(told))
            return None

    def _reprints(self, job_id: str) -> int:
        """How often the paper of this job was queued again."""
        root = _root(job_id)
        rows = "SELECT count(*) FROM job WHERE job_id > ? AND job_id < ?"
        return int(self._database.execute(rows, (f"{root}/", f"{root}0")).fetchone()[0])  # 0 comes behind /

    def _insert(self, job: Job) -> bool:
        inserted = self._database.execute(
            "INSERT INTO job (job_id, state, added_at, receipt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (job.job_id, job.state, self._now().isoformat(), self._sealer.seal(Kept(paper=job.paper), job.job_id)),
        )
        return inserted.rowcount == 1

    def _move(self, job_id: str, move: JobMove, detail: str, reports: list[Report]) -> Job:
        job = self.job(job_id)
        state = MOVES.get((job.state, move))
        if state is None:
            raise JobMoveNotAllowed(f"print job {job_id!r} is {job.state} and cannot {move}")
        self._database.execute("UPDATE job SET state = ? WHERE job_id = ?", (state, job_id))
        if move == "send":
            self._database.execute("INSERT OR IGNORE INTO cut_off (job_id) VALUES (?)", (job_id,))
        elif move == "confirm" or detail == Unconfirmed.code:
            self._database.execute("DELETE FROM cut_off")
        moved = msgspec.structs.replace(job, state=state)
        reports.append(self._report(_told(moved, detail)))
        return moved

    def _report(self, command: ReportPrint | ReplacePaperCode) -> Report:
        sealed = Report(place=0, command_id=secrets.token_hex(16), command=command)
        row = self._database.execute("INSERT INTO report (body) VALUES (?)", (self._sealer.seal(sealed, "report"),))
        return msgspec.structs.replace(sealed, place=row.lastrowid)

    def _opened_report(self, place: int, body: bytes) -> Report:
        return msgspec.structs.replace(self._sealer.open(body, "report", _report), place=place)

    def _job(self, row: Row) -> Job:
        job_id, state, sealed = row
        return Job(job_id=job_id, state=state, paper=self._paper(sealed, job_id))

    def _paper(self, sealed: bytes, job_id: str) -> Paper:
        try:
            return self._sealer.open(sealed, job_id, _kept).paper
        except RowUnreadable:
            return self._sealer.open(sealed, job_id, _receipt)


_kept: msgspec.msgpack.Decoder[Kept] = msgspec.msgpack.Decoder(Kept)
_receipt: msgspec.msgpack.Decoder[ComplaintReceipt] = msgspec.msgpack.Decoder(ComplaintReceipt)
_report: msgspec.msgpack.Decoder[Report] = msgspec.msgpack.Decoder(Report)


def _told(job: Job, detail: str) -> ReportPrint:
    return ReportPrint(
        job_id=job.job_id,
        case_number=case_number_of(job.paper),
        state=job.state,
        detail=detail,
        reprint=job.paper.reprint,
    )


def _root(job_id: str) -> str:
    """The job that a reprint repeats: a reprint's id is that one's, a stroke, and something of its own."""
    return job_id.partition("/")[0]
