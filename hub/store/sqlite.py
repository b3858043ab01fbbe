"""A hall's database as a file of SQLite's: WAL, every commit on the disk before it returns, checkpoints when idle."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import structlog
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from hub.store import soundness
from hub.store.failures import UNUSABLE, HallTaken, StoreBroken, StoreFailed, failed

log = structlog.get_logger()

CHECKPOINT_AT_BYTES = 1 << 20
CHECKPOINT_NOW_AT_BYTES = 64 << 20
BUSY_TIMEOUT_MS = 2000


class SqliteStore:
    """One hall's database file.

    Holds a file lock beside the database for as long as it lives: one active hub a hall.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        must_exist(path)
        soundness.must_be_ready(path)
        self._lock = _lock(path)
        try:
            soundness.check(path)
        except Exception:  # whatever is wrong with the file: the next start must not find it locked
            self._lock.close()
            raise
        self._engine = engine(path)
        self._reading = engine(path, read_only=True)
        self._writer: Connection = self._engine.connect()
        self._reader: Connection = self._reading.connect()
        self._checkpoint()  # frames of a torn commit must not lie behind the ones to come: see `wal.commits_behind`

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A writing transaction; durable once left without an exception, gone otherwise.

        Raises `StoreFailed` when the disk is full, and its `StoreBroken` when file or disk are broken.
        """
        try:
            with self._writer.begin():
                yield self._writer
        except UNUSABLE as wrong:
            raise failed(self.path, getattr(wrong, "orig", wrong)) from wrong

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What is committed, unchanging while it is read; raises `StoreFailed` when it cannot be read."""
        try:
            with self._reader.begin():
                yield self._reader
        except UNUSABLE as wrong:
            raise failed(self.path, getattr(wrong, "orig", wrong)) from wrong

    def tidy(self, idle: bool) -> None:
        """Moves the write-ahead log into the database when there is time for it, or when it has grown large."""
        size = self._wal_bytes()
        if (idle and size > CHECKPOINT_AT_BYTES) or size > CHECKPOINT_NOW_AT_BYTES:
            self._checkpoint()

    def _checkpoint(self) -> None:
        raw: Any = self._writer.connection.driver_connection
        raw.execute("PRAGMA busy_timeout=0")  # somebody reads: another second will do
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as wrong:
            why = failed(self.path, wrong)
            log.warning("checkpoint.failed", reason=str(why))
            if isinstance(why, StoreBroken):
                raise why from wrong
        finally:
            raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    def close(self) -> None:
        self._reader.close()
        self._writer.close()
        self._reading.dispose()
        self._engine.dispose()
        self._lock.close()

    def _wal_bytes(self) -> int:
        try:
            return self.path.with_name(self.path.name + "-wal").stat().st_size
        except FileNotFoundError:
            return 0


def engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine whose transactions really begin (IMMEDIATE when they may write) and whose commits really sync.

    Opens a database that exists; only `hub.store.migrate` makes one.
    """
    query = {"uri": "true", "mode": "ro" if read_only else "rw"}
    address = URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)
    made = create_engine(address, hide_parameters=True)  # errors are logged, what citizens wrote is not

    @event.listens_for(made, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        raw: Any = connection
        raw.isolation_level = None  # SQLAlchemy's own BEGIN below replaces the driver's lazy one
        for pragma in (
            "foreign_keys=ON",
            "synchronous=FULL",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "wal_autocheckpoint=0",
            "trusted_schema=OFF",
            "temp_store=MEMORY",  # no savepoint waits for /var/tmp, or fails because it is full
        ):
            raw.execute(f"PRAGMA {pragma}")
        if not read_only:
            raw.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return made


@contextmanager
def served_by_nobody(path: Path) -> Iterator[None]:
    """Keeps every hub from serving this database; raises `HallTaken` when one does."""
    with _lock(path):
        yield


def must_exist(path: Path) -> None:
    if not path.exists():
        raise StoreFailed(f"{path} is missing; make a hall with bancheng init, or restore a backup")


def _lock(path: Path) -> IO[bytes]:
    file = open(path.with_name(path.name + ".lock"), "wb")  # noqa: SIM115 - held open for as long as the store lives
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as wrong:
        file.close()
        raise HallTaken(f"another hub already serves {path}; stop it before starting this one") from wrong
    return file
