"""One hall's database, in SQLite or PostgreSQL: a single writer with one transaction at a time, a reader beside it.

PostgreSQL's driver is loaded only where a hall uses it: a hub that was killed must be back within a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine

from hub.domain.hall import Database
from hub.store import presence, sqlite
from hub.store.failures import (
    UNUSABLE,
    HallTaken as HallTaken,
    StoreBroken as StoreBroken,
    StoreFailed as StoreFailed,
    StoreLost as StoreLost,
    concerns_one_command as concerns_one_command,
    reason,
)
from hub.store.sqlite import served_by_nobody as served_by_nobody

Transaction = Connection
"""A connection inside a transaction: what every function of the store works in."""


class Store(Protocol):
    """What a hub needs of its database; `path` names it in messages."""

    @property
    def path(self) -> Database: ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A writing transaction; durable once left without an exception, gone otherwise. Raises `StoreFailed`."""

    def reading(self) -> AbstractContextManager[Transaction]:
        """What is committed, unchanging while it is read. Raises `StoreFailed`."""

    def tidy(self, idle: bool) -> None:
        """Housekeeping, when there is time for it or when it cannot wait."""

    def close(self) -> None: ...


def open_store(database: Database, hall: str = "", hub: str = "") -> Store:
    """The store of a hub; raises `StoreFailed`, and `HallTaken` where another hub has the file.

    `hall` and `hub` are what others see of its connections, see `hub.store.presence`.
    """
    if isinstance(database, Path):
        return sqlite.SqliteStore(database)
    from hub.store.postgres import PostgresStore

    return PostgresStore(database, presence.of_hub(hall, hub))


def engine(database: Database, *, read_only: bool = False) -> Engine:
    """An engine for a program that is not the hub."""
    if isinstance(database, Path):
        return sqlite.engine(database, read_only=read_only)
    from hub.store import postgres

    return postgres.engine(database, read_only=read_only)


@contextmanager
def one_transaction(database: Database, *, read_only: bool = False) -> Iterator[Connection]:
    """A single transaction of a program that is not the hub, such as `bancheng`; raises `StoreFailed`."""
    if isinstance(database, Path):
        sqlite.must_exist(database)
    made = engine(database, read_only=read_only)
    try:
        with made.begin() as tx:
            yield tx
    except UNUSABLE as wrong:
        raise StoreFailed(f"{database}: {reason(wrong)}") from wrong
    finally:
        made.dispose()


class Reader:
    """A program beside the hub that reads now and again, each time in a short transaction of its own."""

    def __init__(self, database: Database) -> None:
        if isinstance(database, Path):
            sqlite.must_exist(database)
        self._database, self._engine = database, engine(database, read_only=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What is committed, unchanging while it is read; raises `StoreFailed`."""
        try:
            with self._engine.begin() as db:
                yield db
        except UNUSABLE as wrong:
            raise StoreFailed(f"{self._database} cannot be read: {reason(wrong)}") from wrong

    def close(self) -> None:
        self._engine.dispose()
