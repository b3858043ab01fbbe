"""The file of a spool: its tables, and how it is opened so that what is committed outlives a power cut."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

KEPT_DAYS = 7
"""How long a finished job's receipt is kept; its id stays, so that the same complaint sent late prints nothing."""

_TABLES = """
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
CREATE TABLE IF NOT EXISTS cut_off (job_id TEXT PRIMARY KEY) STRICT;
"""


def opened(path: Path, now: dt.datetime) -> sqlite3.Connection:
    """The database, one program's alone, without the papers that were finished long ago.

    Raises `OSError` or `sqlite3.Error`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.0)
    try:
        path.chmod(0o600)
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
            database.execute(f"PRAGMA {pragma}")
        database.executescript(_TABLES)
        database.execute(
            "UPDATE job SET receipt = x'' WHERE receipt != x'' AND state NOT IN ('queued', 'sent') AND added_at < ?",
            ((now - dt.timedelta(days=KEPT_DAYS)).isoformat(),),
        )
    except BaseException:
        database.close()
        raise
    return database
