"""What a failing database means for the hub: wait until somebody made room, or stop before worse is written."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import exc

from hub.errors import HubError

WAITING = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""Passes by itself, or when somebody made room: nothing was kept, the same may be tried again."""
BREAKING = frozenset(
    {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PROTOCOL,
    }
)
"""After these nobody knows what the disk has: a page that could not be written may be read back as if it had been."""
PRIMARY = 0xFF
"""The low byte of SQLite's extended result codes is the primary one."""


class StoreFailed(HubError):
    """The database could not keep something: nothing of it was kept. The text names the database and the cause."""

    code = "store_failed"
    told = "the hub's disk could not keep this; nothing was changed"
    """What a terminal is told; the error's own text names the place and goes to the hub's log."""


class StoreBroken(StoreFailed):
    """The database or the disk below it is broken: the hub must stop, for what it would write may be lost."""


class StoreLost(StoreFailed):
    """The committing connection is gone, and with it the duty: what was being committed may or may not be kept."""

    code = "not_active"
    told = "this hub is not on duty; ask the one whose heartbeat says that it is active"


class HallTaken(HubError):
    """Another hub serves this hall."""

    code = "hall_taken"


UNUSABLE = (exc.DBAPIError, exc.PendingRollbackError)
"""What SQLAlchemy raises when the database says no, and when a connection was lost in the middle."""


def failed(path: Path, wrong: BaseException | None) -> StoreFailed:
    """What a database's error means, with the file and the remedy in its text."""
    primary = getattr(wrong, "sqlite_errorcode", 0) & PRIMARY
    full = primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_full(path))
    if full:
        return StoreFailed(f"{path}: {wrong}; the disk is full: free some of it and the hub goes on by itself")
    if primary in WAITING:
        return StoreFailed(f"{path}: {wrong}; another program holds the database: end it and the hub goes on by itself")
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreBroken(f"{path} is damaged: {wrong}; {restore(path)}")
    if primary in BREAKING:
        return StoreBroken(
            f"{path}: {wrong}; mend the disk or make it writable again (see dmesg), then start the hub; "
            f"if the file is damaged: {restore(path)}"
        )
    return StoreFailed(f"{path}: {wrong}; the hub's log says what it was doing")


def restore(path: Path) -> str:
    """The remedy for a database that is no longer one, as a command to type."""
    return f"stop the hub and run: bancheng restore BACKUP --hall {path.parent}"


def _is_full(path: Path) -> bool:
    """Whether an I/O error was for want of room, which SQLite says so only for files that it writes itself."""
    try:
        room = os.statvfs(path.parent)
    except OSError:
        return False
    return room.f_bavail == 0


def reason(wrong: Exception) -> str:
    """The database's own words, on one line and without the row that PostgreSQL quotes."""
    said = getattr(wrong, "orig", None) or wrong
    primary = getattr(getattr(said, "diag", None), "message_primary", None)
    return " ".join((primary or str(said)).split())


def concerns_one_command(wrong: Exception) -> bool:
    """Whether a failure takes back one command, or the whole transaction.

    A broken rule of the tables is one command's own. Anything else the database says ends the transaction: after a full
    disk, what is still written would be committed by itself.
    """
    return not isinstance(wrong, UNUSABLE) or isinstance(wrong, exc.IntegrityError | exc.DataError)
