"""A SQLite database copied while the hub works, what a copy holds, and whether it is sound."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, func, select

from hub.store import commands, feed, restoring
from hub.store.failures import StoreFailed
from hub.store.feed import FeedState
from hub.store.migrate import revision
from hub.store.schema import case
from hub.store.sqlite import BUSY_TIMEOUT_MS
from hub.store.transaction import one_transaction

PAGES_AT_ONCE = 1024
"""Copied between two words about the progress: 4 MB."""


class Unsound(StoreFailed):
    """A backup's database has damage in it, or is none of this hall's; the text says what is wrong."""

    code = "backup_unsound"


@dataclass(frozen=True)
class Contents:
    """What a database of a hall holds."""

    feed: FeedState
    schema: str
    cases: int
    newest_case: str
    newest_at: dt.datetime | None
    audit_links: int


def copy_sqlite(source: Path, target: Path, told: Callable[[int, int], None]) -> None:
    """The source as it is at one moment, although the hub goes on writing; raises `StoreFailed`.

    The reading transaction is held from the first page to the last: without it each commit of the hub would begin the
    copy anew. The hub's log only grows meanwhile.
    """
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as read,
            closing(sqlite3.connect(target)) as write,
        ):
            read.isolation_level = None
            read.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            read.execute("BEGIN")
            read.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on the picture stands
            write.execute("PRAGMA synchronous=OFF")  # what is made of it is synced whole
            read.backup(write, pages=PAGES_AT_ONCE, progress=lambda _, left, total: told(total - left, total))
    except sqlite3.Error as wrong:
        raise StoreFailed(
            f"{source} could not be copied to {target.parent} ({wrong}); free that disk or choose another folder"
        ) from wrong


def contents(db: Connection, hall: str) -> Contents:
    """What is in it; raises `Unsound` when it has no such hall."""
    state = feed.state(db, hall)
    if state is None:
        raise Unsound(f"the database has no hall {hall}")
    newest = db.execute(
        select(case.c.number, case.c.filed_at)
        .where(case.c.hall == hall)
        .order_by(case.c.business_date.desc(), case.c.number.desc())
        .limit(1)
    ).one_or_none()
    return Contents(
        feed=state,
        schema=revision(db),
        cases=db.execute(select(func.count()).select_from(case).where(case.c.hall == hall)).scalar_one(),
        newest_case=newest.number if newest else "",
        newest_at=newest.filed_at if newest else None,
        audit_links=commands.audit_tail(db, hall)[0],
    )


def check(path: Path, hall: str) -> Contents:
    """What a database holds, after a look at every page and every link of the audit chain; raises `Unsound`."""
    try:
        with one_transaction(path, read_only=True) as db:
            said = [row[0] for row in db.exec_driver_sql("PRAGMA integrity_check(5)")]
            if said != ["ok"]:
                raise Unsound(f"{path} is damaged: {'; '.join(said)}; take another backup")
            if orphans := db.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise Unsound(
                    f"{path}: {len(orphans)} rows, such as {orphans[0]}, point to nothing; take another backup"
                )
            found = contents(db, hall)
            if (broken := commands.verify_audit(db, hall)) is not None:
                raise Unsound(f"{path}: the audit chain is broken at link {broken}; take another backup")
    except Unsound:
        raise
    except StoreFailed as wrong:
        raise Unsound(f"{wrong}; take another backup") from wrong
    return found


def last_numbers(path: Path, hall: str, since: dt.date) -> dict[tuple[dt.date, str], int]:
    """The last numbers given by a database that may be damaged; none where it cannot be read."""
    try:
        with one_transaction(path, read_only=True) as db:
            return restoring.last_numbers(db, hall, since)
    except StoreFailed:
        return {}
