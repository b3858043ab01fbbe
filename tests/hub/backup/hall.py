"""A founded hall with cases in its database, for backups and restores without a hub."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path
from typing import Any

from sqlalchemy import select

from hub import founding
from hub.backup import restore, taking
from hub.backup.archive import Manifest
from hub.backup.restore import Came
from hub.config import HallDirectory, hall_template
from hub.domain.hall import Database
from hub.store import feed
from hub.store.schema import case, metadata
from hub.store.transaction import one_transaction
from tests.factories import FILED_AT
from tests.hub.desk import Desk

_ids = itertools.count(1)
"""Command ids that no earlier desk of the same hall has used."""


Rows = dict[str, list[tuple[Any, ...]]]


def silent(what: str, done: int, total: int) -> None:
    """Hears the progress and says nothing."""


def found(path: Path, template: str = "shanting", database: str = "") -> HallDirectory:
    place = HallDirectory(path)
    kept_in = f'database = "{database}"\n\n'.encode() if database else b""
    hall = founding.found(place, kept_in + hall_template(template))
    with one_transaction(place.database) as tx:  # founded on the day of the tests' complaints
        feed.save_day(tx, hall.code, FILED_AT.date())
    return place


def file(place: HallDirectory, complaints: int = 1) -> list[str]:
    """Files complaints as a hub would, and returns their numbers."""
    desk = Desk(place.database, place.hall().policy)
    desk._ids = _ids
    numbers = [desk.file().case_number for _ in range(complaints)]
    desk.close()
    return numbers


def cases(place: HallDirectory) -> list[str]:
    of_hall = select(case.c.number).where(case.c.hall == place.hall().code)
    with one_transaction(place.database, read_only=True) as db:
        return list(db.execute(of_hall.order_by(case.c.number)).scalars())


def rows(database: Database, hall: str, *, without: tuple[str, ...] = ()) -> Rows:
    """All a database has of a hall, in the order of the keys."""
    with one_transaction(database, read_only=True) as db:
        return {
            name: [
                tuple(row) for row in db.execute(select(table).where(table.c.hall == hall).order_by(*table.primary_key))
            ]
            for name, table in metadata.tables.items()
            if name not in without
        }


def back_up(place: HallDirectory, to: Path) -> tuple[Path, Manifest]:
    return taking.back_up(place, to, FILED_AT, silent)


def restored(path: Path, place: HallDirectory, secrets_file: Path | None = None) -> Came:
    return restore.restore(path, place, FILED_AT, silent, secrets_file)


def content(folder: Path) -> dict[str, str]:
    """Every file's digest by its path, without what SQLite and locks leave beside a database while it is read."""
    passing = ("-shm", "-wal", ".lock")
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(passing)
    }
