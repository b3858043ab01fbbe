"""Whether a database may be served from, asked before the hub opens it to write. Nothing here changes a byte of it.

What SQLite passes over in silence is looked for too: a log that it would ignore although it held answered commands.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote

import structlog

from hub.errors import HubError
from hub.store import wal
from hub.store.failures import PRIMARY, restore

log = structlog.get_logger()

CHECK_AT_MOST_S = 0.3
"""How long pages are checked at a start: all of a database of some hundred megabytes (1.4 GB/s from the cache)."""
NO_INTERRUPT_S = 0.005
"""An interrupt that comes while no statement runs is lost, so none is begun just before."""
LEAST_ROOM_BYTES = 256 << 10
"""Room that a start needs: SQLite's shared memory file, a first page of the log, the lock."""
LARGE = (
    "owed",
    "escalation",
    "reminder",
    "record",
    "fact",
    "attachment",
    "appointment",
    "ticket",
    "slip_use",
    "request",
    "suggestion",
    "notice",
    "print_outcome",
    "step",
    "person",
    "lookup",
    "case",
    "audit",
    "command",
    "event",
    "chunk",
)
"""Tables that grow with the years, in the order in which they are checked, after all others."""
MIGRATIONS = Path(__file__).parent / "migrations" / "versions"
"""Each file's name begins with its revision; reading the names is quicker than Alembic."""
MAGIC = b"SQLite format 3\0"


class DatabaseUnsound(HubError):
    """The hub must not serve from this database; the text says what is wrong with which file, and the remedy."""

    code = "database_unsound"


def must_be_ready(database: Path) -> None:
    """Raises `DatabaseUnsound` when the place of the database cannot take a write: read-only, forbidden, full."""
    try:
        with database.open("r+b"), database.with_name(f"{database.name}.lock").open("ab"):
            pass
    except OSError as wrong:
        if wrong.errno == errno.EROFS:
            raise DatabaseUnsound(
                f"{database} lies on a read-only file system; find out why (dmesg), "
                f"make it writable again (mount -o remount,rw {_mount_point(database)}) and start the hub"
            ) from wrong
        if wrong.errno != errno.ENOSPC:
            raise DatabaseUnsound(
                f"{database} cannot be written ({wrong.strerror}); give the hub's user the right to and start again"
            ) from wrong
    room = os.statvfs(database.parent)
    if room.f_bavail * room.f_frsize < LEAST_ROOM_BYTES:
        raise DatabaseUnsound(f"the disk of {database} is full; free some of it and start the hub")


def check(database: Path) -> None:
    """Raises `DatabaseUnsound`: no database, not ours, of a later version, or damaged in file or log."""
    _file(database)
    log_file = database.with_name(f"{database.name}-wal")
    try:
        header = wal.header(log_file)
    except wal.BadHeader as wrong:
        raise _unsound(log_file, "is damaged in its header: the newest answered commands cannot be read") from wrong
    try:
        # Closing a file's descriptor drops this process's locks on it, SQLite's too (fcntl(2)): another program would
        # begin the shared memory anew under these pages. So what is opened here is closed after the database.
        with ExitStack() as later, closing(_opened(database, log_empty=header is None)) as db:
            db.execute("BEGIN")
            _version(database, db)
            if header is not None:
                shared_memory = later.enter_context(database.with_name(f"{database.name}-shm").open("rb"))
                _log_tail(log_file, header, wal.valid_frames(shared_memory))
            unchecked = _pages(database, db)
    except sqlite3.Error as wrong:
        raise _unsound(database, f"is damaged ({wrong})") from wrong
    if unchecked:
        log.warning("database.partly_checked", database=str(database), unchecked=unchecked, seconds=CHECK_AT_MOST_S)


def _unsound(path: Path, what: str) -> DatabaseUnsound:
    return DatabaseUnsound(f"{path} {what}; nothing was changed; {restore(path)}")


def _file(database: Path) -> None:
    with database.open("rb") as file:
        begins = file.read(len(MAGIC))
    if not begins:
        raise _unsound(database, "is empty")
    if begins != MAGIC:
        raise _unsound(database, "is no SQLite database: its first bytes are something else")


def _opened(database: Path, *, log_empty: bool) -> sqlite3.Connection:
    """Read-only; with nothing in the log SQLite leaves not even a shared memory file behind."""
    how = "immutable=1" if log_empty else "mode=ro"
    return sqlite3.connect(f"file:{quote(str(database))}?{how}", uri=True, isolation_level=None)


def _version(database: Path, db: sqlite3.Connection) -> None:
    try:
        found = {version for (version,) in db.execute("SELECT version_num FROM alembic_version")}
    except sqlite3.OperationalError as wrong:
        if wrong.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_ERROR:
            raise
        raise _unsound(database, "is a database of something else: it has no tables of a hall") from wrong
    known = {file.name.split("_")[0] for file in MIGRATIONS.glob("[0-9]*_*.py")}
    if later := found - known:
        raise DatabaseUnsound(
            f"{database} was made by a later version of bancheng (schema {', '.join(sorted(later))}); "
            f"nothing was changed; install that version, or {restore(database)} with a backup made before it"
        )


def _log_tail(log_file: Path, header: wal.Header, valid: int) -> None:
    if lost := wal.commits_behind(log_file, header, valid):
        raise _unsound(log_file, f"is damaged at frame {valid + 1}: at least {lost} answered commits lie behind it")


def _pages(database: Path, db: sqlite3.Connection) -> list[str]:
    """Checks the trees of all tables, small ones first, and returns those that there was no time for."""
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    waiting = sorted(names, key=lambda name: LARGE.index(name) if name in LARGE else -1)
    ends = time.monotonic() + CHECK_AT_MOST_S
    timer = threading.Timer(CHECK_AT_MOST_S, db.interrupt)
    timer.start()
    try:
        while waiting and time.monotonic() < ends - NO_INTERRUPT_S:
            said = [line for (line,) in db.execute(f'PRAGMA quick_check("{waiting[0]}")')]
            if said != ["ok"]:
                raise _unsound(database, f"is damaged in table {waiting[0]} ({said[0]})")
            waiting.pop(0)
    except sqlite3.DatabaseError as wrong:
        if wrong.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_INTERRUPT:
            raise _unsound(database, f"is damaged in table {waiting[0]} ({wrong})") from wrong
    finally:
        timer.cancel()
        timer.join()
    return waiting


def _mount_point(path: Path) -> Path:
    return next(parent for parent in path.resolve().parents if os.path.ismount(parent))
