"""A founded hall with cases in its database, for backups and restores without a hub."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

from hub import founding
from hub.backup import restore, taking
from hub.backup.archive import Manifest
from hub.backup.restore import Came
from hub.config import HallDirectory, hall_template
from tests.factories import FILED_AT
from tests.hub.desk import Desk

_ids = itertools.count(1)
"""Command ids that no earlier desk of the same hall has used."""


def silent(what: str, done: int, total: int) -> None:
    """Hears the progress and says nothing."""


def found(path: Path, template: str = "shanting") -> HallDirectory:
    place = HallDirectory(path)
    founding.found(place, hall_template(template))
    with closing(sqlite3.connect(place.database)) as db:  # founded on the day of the tests' complaints
        db.execute("UPDATE hall SET business_date = ?", (f"{FILED_AT:%Y-%m-%d}",))
        db.commit()
    return place


def file(place: HallDirectory, complaints: int = 1) -> list[str]:
    """Files complaints as a hub would, and returns their numbers."""
    desk = Desk(place.database, place.hall().policy)
    desk._ids = _ids
    numbers = [desk.file().case_number for _ in range(complaints)]
    desk.close()
    return numbers


def cases(place: HallDirectory) -> list[str]:
    with closing(sqlite3.connect(f"file:{place.database}?mode=ro", uri=True)) as db:
        return [number for (number,) in db.execute('SELECT number FROM "case" ORDER BY number')]


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
