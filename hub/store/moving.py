"""One hall's rows between a PostgreSQL that many halls may share and a file of SQLite's: out for a backup, in again.

The file has the same tables at the same migration, so that it is a hall's database like any other.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    MetaData,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)

from hub.store import sqlite
from hub.store.failures import UNUSABLE, StoreFailed, reason
from hub.store.migrate import migrate, must_be_known, revision
from hub.store.prepared import Prepared, Row
from hub.store.transaction import one_transaction

ROWS_AT_ONCE = 1000
"""Rows in memory, and rows between two words about the progress."""
OF_THE_HUBS = ("duty",)
"""Tables that tell of the hubs and not of the hall: a restore leaves them as they are."""

Progress = Callable[[int, int], None]
"""Hears how many rows of how many are copied."""


def take_out(address: str, hall: str, target: Path, told: Progress) -> None:
    """Writes the hall's rows, as they are at one moment, into a new SQLite database; raises `StoreFailed`."""
    with one_transaction(address, read_only=True) as db:
        copy_out(db, address, hall, target, told)


def copy_out(db: Connection, address: str, hall: str, target: Path, told: Progress) -> None:
    """The same from within a transaction. The target is one file, whole and on its disk, when this returns."""
    found = revision(db)
    if not found:
        raise StoreFailed(f"{address} has no tables of a hall; make one there with bancheng init, or restore a backup")
    must_be_known(address, found)
    try:
        migrate(target, to=found)
    except StoreFailed as wrong:
        raise _no_room(address, target, str(wrong)) from wrong
    try:
        made = sqlite.engine(target)
        try:
            with made.begin() as tx:
                _copy(db, address, tx, _tables(tx), hall, told)
        finally:
            made.dispose()
        _make_one_file(target)
    except UNUSABLE as wrong:
        raise _no_room(address, target, reason(wrong)) from wrong
    except (OSError, sqlite3.Error) as wrong:
        raise _no_room(address, target, str(wrong)) from wrong


def put_in(tx: Connection, hall: str, source: Path, told: Progress) -> None:
    """Puts the file's rows in the place of the hall's, within a transaction of the tables' owner.

    Both are at the newest migration. Other halls' rows are neither read nor locked; that this one's audit chain may be
    taken out is said to the database by name, and only for this transaction.
    """
    made = sqlite.engine(source, read_only=True)
    try:
        with made.begin() as db:
            tables = [table for table in _tables(db) if table.name not in OF_THE_HUBS]
            tx.execute(text("SELECT set_config('bancheng.restores', :hall, true)"), {"hall": hall})
            for table in reversed(tables):
                tx.execute(delete(table).where(table.c.hall == hall))
            _copy(db, str(source), tx, tables, hall, told)
    finally:
        made.dispose()


def _tables(db: Connection) -> list[Table]:
    """The tables of a hall's SQLite database, those first that others point to, in types that every database has.

    As they are and not as `hub.store.schema` has them: a backup of a database that waits for a migration waits too.
    """
    found = MetaData()
    found.reflect(db)
    for table in found.tables.values():
        for column in table.columns:
            column.type = column.type.as_generic()
    return [table for table in found.sorted_tables if "hall" in table.columns]


def _copy(
    source: Connection, called: str, target: Connection, tables: Sequence[Table], hall: str, told: Progress
) -> None:
    """Copies rows of all tables; what is wrong with the source, called so, is a `StoreFailed` of its own."""
    with _reading(called):
        total = sum(source.execute(_of(hall, table, func.count())).scalar_one() for table in tables)
    done = 0
    for table in tables:
        write = Prepared(insert(table), target.dialect, table.columns.keys())
        for rows in _rows(source, called, table, hall):
            write.run(target, rows)
            done += len(rows)
            told(done, total)


def _rows(source: Connection, called: str, table: Table, hall: str) -> Iterator[list[Row]]:
    with _reading(called):
        wanted = _of(hall, table, *table.columns)
        for rows in source.execute(wanted, execution_options={"yield_per": ROWS_AT_ONCE}).mappings().partitions():
            yield [dict(row) for row in rows]


def _of(hall: str, table: Table, *wanted: ColumnElement[Any]) -> Select[Any]:
    return select(*wanted).select_from(table).where(table.c.hall == hall)


@contextmanager
def _reading(called: str) -> Iterator[None]:
    try:
        yield
    except UNUSABLE as wrong:
        raise StoreFailed(f"{called} cannot be read: {reason(wrong)}") from wrong


def _make_one_file(path: Path) -> None:
    """Moves the log into the file; raises where that fails, which closing a connection would pass over."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _no_room(address: str, target: Path, wrong: str) -> StoreFailed:
    return StoreFailed(
        f"{address} could not be copied to {target.parent} ({wrong}); free that disk or choose another folder"
    )
