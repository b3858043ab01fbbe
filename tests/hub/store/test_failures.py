"""Which errors of a database make terminals wait, and which must stop the hub."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from hub.store.failures import StoreBroken, StoreFailed, failed

PLACE = Path("/srv/hall/hall.db")


def error(code: int, text: str = "what SQLite said") -> sqlite3.Error:
    made = sqlite3.OperationalError(text)
    made.sqlite_errorcode = code
    return made


@pytest.fixture
def roomy(tmp_path: Path) -> Path:
    return tmp_path / "hall.db"


@pytest.mark.parametrize(
    ("code", "remedy"),
    [(sqlite3.SQLITE_FULL, "free some of it"), (sqlite3.SQLITE_BUSY, "end it"), (sqlite3.SQLITE_LOCKED, "end it")],
)
def test_what_passes_makes_terminals_wait(roomy: Path, code: int, remedy: str) -> None:
    wrong = failed(roomy, error(code))
    assert type(wrong) is StoreFailed
    assert str(roomy) in str(wrong)
    assert remedy in str(wrong)


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY_DBMOVED,
        sqlite3.SQLITE_PROTOCOL,
    ],
)
def test_what_leaves_the_disk_unknown_stops_the_hub_and_names_file_and_restore(roomy: Path, code: int) -> None:
    wrong = failed(roomy, error(code))
    assert type(wrong) is StoreBroken
    assert str(roomy) in str(wrong)
    assert f"bancheng restore BACKUP --hall {roomy.parent}" in str(wrong)


def test_an_input_output_error_for_want_of_room_is_a_full_disk(roomy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_room = os.statvfs_result((4096, 4096, 100, 0, 0, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _place: no_room)
    assert type(failed(roomy, error(sqlite3.SQLITE_IOERR_SHMSIZE))) is StoreFailed


def test_a_disk_that_is_gone_is_not_a_full_one() -> None:
    assert type(failed(PLACE, error(sqlite3.SQLITE_IOERR_READ))) is StoreBroken


def test_a_mistake_of_the_hub_s_own_stops_nothing(roomy: Path) -> None:
    assert type(failed(roomy, error(sqlite3.SQLITE_CONSTRAINT, "FOREIGN KEY constraint failed"))) is StoreFailed
