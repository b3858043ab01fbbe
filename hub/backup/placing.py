"""What a restore replaces, held so that no hub serves it meanwhile, and how the prepared database takes its place.

A file is replaced by renames that are taken back when one fails; rows in PostgreSQL by one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from hub.backup.archive import BackupFailed, Told
from hub.backup.taking import DATABASE
from hub.config import HallDirectory
from hub.domain.hall import Database
from hub.durable import sync_folder
from hub.errors import HubError
from hub.store import copying, holding
from hub.store.holding import HeldHall
from hub.store.transaction import served_by_nobody

BEFORE = ".before-restore-"
SIDES = ("", "-wal", "-shm")
"""A SQLite database is up to three files; a log of one laid beside another would destroy it."""
REPLACED = "replaced.db"
"""What PostgreSQL had of the hall, in the folder of the restore that is at work."""

Move = tuple[Path, Path]
"""A file's name before and after."""


class Present(Protocol):
    """The database that a restore replaces."""

    def last_numbers(self, staged: HallDirectory, since: dt.date, told: Told) -> Mapping[tuple[dt.date, str], int]:
        """The last numbers by it, of that date and later ones: it may be destroyed, or only unwanted."""

    def replace(self, staged: HallDirectory, place: HallDirectory, now: dt.datetime, told: Told) -> Path | None:
        """Puts what is prepared in its place, or changes nothing; where what was there is kept, if anything was."""


@contextmanager
def held(database: Database, hall: str) -> Iterator[Present]:
    """Keeps every hub from serving the hall; raises `HallTaken` naming the one that does."""
    if isinstance(database, Path):
        with served_by_nobody(database):
            yield OfFile(database, hall)
    else:
        with holding.held(database, hall) as hall_there:
            yield OfServer(hall_there)


class OfFile:
    """A SQLite database in the hall's directory."""

    def __init__(self, path: Path, hall: str) -> None:
        self._path, self._hall = path, hall

    def last_numbers(self, staged: HallDirectory, since: dt.date, told: Told) -> Mapping[tuple[dt.date, str], int]:
        return copying.last_numbers(self._path, self._hall, since) if self._path.exists() else {}

    def replace(self, staged: HallDirectory, place: HallDirectory, now: dt.datetime, told: Told) -> Path | None:
        kept = _kept(place, now)
        aside = _sides(self._path, kept)
        prepared = reversed(_sides(staged.database_file, self._path))  # the database itself last of all
        with _all_or_nothing([*aside, *_files(staged, place), *prepared]):
            sync_folder(place.path)
        return kept if kept.exists() else None


class OfServer:
    """A hall's rows in PostgreSQL."""

    def __init__(self, hall: HeldHall) -> None:
        self._hall = hall

    def last_numbers(self, staged: HallDirectory, since: dt.date, told: Told) -> Mapping[tuple[dt.date, str], int]:
        copy = staged.path / REPLACED
        try:
            there = self._hall.copy_aside(copy, lambda done, total: told("copying what is there", done, total))
        except HubError as wrong:
            raise BackupFailed(
                f"{wrong}; what is there is kept beside, so it must be read: if it is destroyed, make a new database "
                "(createdb) and name that one in hall.toml"
            ) from wrong
        return copying.last_numbers(copy, self._hall.hall, since) if there else {}

    def replace(self, staged: HallDirectory, place: HallDirectory, now: dt.datetime, told: Told) -> Path | None:
        kept, copy = _kept(place, now), staged.path / REPLACED
        moves = ([(copy, kept)] if copy.exists() else []) + _files(staged, place)

        def put_files() -> None:
            with _all_or_nothing(moves):
                sync_folder(place.path)

        self._hall.replace(staged.database_file, lambda done, total: told("restoring", done, total), put_files)
        return kept if kept.exists() else None


def _kept(place: HallDirectory, now: dt.datetime) -> Path:
    return place.path / f"{DATABASE}{BEFORE}{now:%Y%m%dT%H%M%SZ}"


def _sides(database: Path, to: Path) -> list[Move]:
    """A SQLite database whole, the file itself first."""
    return [(Path(f"{database}{side}"), Path(f"{to}{side}")) for side in SIDES if Path(f"{database}{side}").exists()]


def _files(staged: HallDirectory, place: HallDirectory) -> list[Move]:
    """Unpacked files that the hall lacks, the databases aside."""
    databases = {staged.path / f"{name}{side}" for name in (DATABASE, REPLACED) for side in SIDES}
    return [
        (path, target)
        for path in sorted(staged.path.rglob("*"))
        if path.is_file() and path not in databases and not (target := _home(path, staged, place)).exists()
    ]


def _home(path: Path, staged: HallDirectory, place: HallDirectory) -> Path:
    """Where an unpacked file belongs. A hall that has a file of its own keeps its policy with it."""
    if path == staged.own_policy and place.file.exists():
        return place.file
    return place.path / path.relative_to(staged.path)


@contextmanager
def _all_or_nothing(moves: list[Move]) -> Iterator[None]:
    """Renames files; takes back what was renamed, newest first, should one fail or what follows."""
    moved: list[Move] = []
    try:
        for source, target in moves:
            if target.exists():
                raise BackupFailed(f"{target} is in the way; move it elsewhere")
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            moved.append((source, target))
            source.rename(target)
        yield
    except BaseException as wrong:
        for source, target in reversed(moved):
            if target.exists():  # else the last one was not reached
                target.rename(source)
        if isinstance(wrong, OSError):
            raise BackupFailed(
                f"{wrong.filename} could not be put in place ({wrong.strerror}); everything is as it was"
            ) from wrong
        raise
