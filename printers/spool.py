"""Print jobs that outlive the program: sealed rows in SQLite, and what is still to be told to the hub about them.

Every change of a job and the report of it are one transaction, so that nothing is printed, lost or replaced without
the hub hearing of it in the end. Rows are AES-GCM under the terminal's own key: they hold the codes that open a case.
"""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.domain.hall import Value
from hub.domain.lookup import LookupKeys
from hub.wire.messages import LookupSecrets, PrintState, ReplacePaperCode, ReportPrint
from printers.errors import JobMoveNotAllowed, SpoolUnusable, UnknownJob
from printers.receipt import ComplaintReceipt

JobMove = Literal["send", "confirm", "lose", "fail"]

MOVES: dict[tuple[PrintState, JobMove], PrintState] = {
    ("queued", "send"): "sent",
    ("queued", "fail"): "failed",
    ("sent", "confirm"): "confirmed",
    ("sent", "lose"): "unknown",
}

KEPT_DAYS = 7
"""How long a finished job is kept, as long as the outboxes (restore)."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    added_at TEXT NOT NULL,
    receipt BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS job_open ON job (place) WHERE state IN ('queued', 'sent');
CREATE TABLE IF NOT EXISTS report (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    body BLOB NOT NULL
) STRICT;
"""

T = TypeVar("T")


class Job(Value, frozen=True):
    """One receipt to print."""

    job_id: str
    state: PrintState
    receipt: ComplaintReceipt


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
        self._cipher = AESGCM(key)
        self._now = now
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.0)
            try:
                self._prepare(path)
            except BaseException:
                self._database.close()
                raise
        except (OSError, sqlite3.Error) as wrong:
            raise SpoolUnusable(
                f"{path} cannot be used ({wrong}); is another kiosk of this name running, is the disk full?"
            ) from wrong

    def add(self, job_id: str, receipt: ComplaintReceipt) -> bool:
        """A new job at the end; the same id twice is one job. Whether it was new."""
        with self._change():
            return self._insert(Job(job_id=job_id, state="queued", receipt=receipt))

    def next_queued(self) -> Job | None:
        """The oldest job that waits to be printed."""
        with self._reading():
            row = self._database.execute(
                "SELECT job_id, state, receipt FROM job WHERE state = 'queued' ORDER BY place LIMIT 1"
            ).fetchone()
            return self._job(row) if row else None

    def job(self, job_id: str) -> Job:
        """Raises `UnknownJob`."""
        with self._reading():
            row = self._database.execute(
                "SELECT job_id, state, receipt FROM job WHERE job_id = ?", (job_id,)
            ).fetchone()
            if row is None:
                raise UnknownJob(f"no print job {job_id!r} in the spool")
            return self._job(row)

    def sent(self) -> tuple[Job, ...]:
        """Jobs whose fate was open when the last program ended."""
        with self._reading():
            rows = self._database.execute("SELECT job_id, state, receipt FROM job WHERE state = 'sent' ORDER BY place")
            return tuple(self._job(row) for row in rows.fetchall())

    def move(self, job_id: str, move: JobMove, detail: str = "") -> Job:
        """Moves a job on and reports it; raises `UnknownJob`, `JobMoveNotAllowed`."""
        with self._change() as reports:
            return self._move(job_id, move, detail, reports)

    def trouble(self, job_id: str, detail: str) -> None:
        """Reports why a job still waits; its state stays."""
        with self._change() as reports:
            reports.append(self._report(_told(self.job(job_id), detail)))

    def lose(self, job_id: str, detail: str, keys: LookupKeys) -> Job | None:
        """A sent job's fate is unknown: the same number is queued once more, marked 补打, with these fresh keys.

        The hub is told to let the lost paper's keys die. A job that is a reprint already is not repeated, lest a
        printer that never confirms print without end; staff have the notice. Returns the new job, if any.
        """
        with self._change() as reports:
            lost = self._move(job_id, "lose", detail, reports).receipt
            if lost.reprint:
                return None
            job = Job(job_id=f"{job_id}/{secrets.token_hex(4)}", state="queued", receipt=lost.reprinted(keys))
            self._insert(job)
            fresh = LookupSecrets(token=keys.token, typed=keys.typed)
            command = ReplacePaperCode(case_number=lost.case_number, lost=lost.keys.token, on_paper=fresh)
            reports.append(self._report(command))
            return job

    def reports(self) -> tuple[Report, ...]:
        """What the hub has not been told yet, oldest first."""
        with self._reading():
            rows = self._database.execute("SELECT place, body FROM report ORDER BY place").fetchall()
            return tuple(self._opened_report(place, body) for place, body in rows)

    def delivered(self, place: int) -> None:
        """The hub answered this report."""
        with self._change():
            self._database.execute("DELETE FROM report WHERE place = ?", (place,))

    def close(self) -> None:
        with self._lock:
            self._database.close()

    # --- inside

    def _prepare(self, path: Path) -> None:
        path.chmod(0o600)
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_SCHEMA)
        with self._change():
            self._database.execute(
                "DELETE FROM job WHERE state NOT IN ('queued', 'sent') AND added_at < ?",
                ((self._now() - dt.timedelta(days=KEPT_DAYS)).isoformat(),),
            )
            newest = self._database.execute("SELECT job_id FROM job ORDER BY place DESC LIMIT 1").fetchone()
            if newest:
                self.job(newest[0])  # fails now, not in front of a citizen, when the key is another

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

    def _insert(self, job: Job) -> bool:
        inserted = self._database.execute(
            "INSERT INTO job (job_id, state, added_at, receipt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (job.job_id, job.state, self._now().isoformat(), self._seal(job.receipt, job.job_id)),
        )
        return inserted.rowcount == 1

    def _move(self, job_id: str, move: JobMove, detail: str, reports: list[Report]) -> Job:
        job = self.job(job_id)
        state = MOVES.get((job.state, move))
        if state is None:
            raise JobMoveNotAllowed(f"print job {job_id!r} is {job.state} and cannot {move}")
        self._database.execute("UPDATE job SET state = ? WHERE job_id = ?", (state, job_id))
        moved = msgspec.structs.replace(job, state=state)
        reports.append(self._report(_told(moved, detail)))
        return moved

    def _report(self, command: ReportPrint | ReplacePaperCode) -> Report:
        sealed = Report(place=0, command_id=secrets.token_hex(16), command=command)
        row = self._database.execute("INSERT INTO report (body) VALUES (?)", (self._seal(sealed, "report"),))
        return msgspec.structs.replace(sealed, place=row.lastrowid)

    def _opened_report(self, place: int, body: bytes) -> Report:
        return msgspec.structs.replace(self._open(body, "report", Report), place=place)

    def _job(self, row: tuple[str, PrintState, bytes]) -> Job:
        job_id, state, sealed = row
        return Job(job_id=job_id, state=state, receipt=self._open(sealed, job_id, ComplaintReceipt))

    def _seal(self, value: Value, name: str) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + self._cipher.encrypt(nonce, msgspec.msgpack.encode(value), name.encode())

    def _open(self, sealed: bytes, name: str, kind: type[T]) -> T:
        try:
            return msgspec.msgpack.decode(self._cipher.decrypt(sealed[:12], sealed[12:], name.encode()), type=kind)
        except (InvalidTag, msgspec.DecodeError) as wrong:
            raise SpoolUnusable(
                f"a row of the spool ({name}) cannot be opened ({wrong!r}): it was sealed with another key or damaged; "
                "put the terminal's own outbox.key back, or move the spool away to begin anew"
            ) from wrong


def _told(job: Job, detail: str) -> ReportPrint:
    return ReportPrint(
        job_id=job.job_id,
        case_number=job.receipt.case_number,
        state=job.state,
        detail=detail,
        reprint=job.receipt.reprint,
    )
