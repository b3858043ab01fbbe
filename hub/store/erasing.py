"""Erasing for good: what was overwritten can be read nowhere in the database's file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


@contextmanager
def overwritten(tx: Connection) -> Iterator[None]:
    """What is deleted or updated inside leaves no old bytes: SQLite would keep them in free pages of the file."""
    if tx.dialect.name != "sqlite":
        yield
        return
    tx.exec_driver_sql("PRAGMA secure_delete=ON").close()
    yield
    tx.exec_driver_sql("PRAGMA secure_delete=OFF").close()
