"""A database that must not be served from is refused with what is wrong and what to do, and no byte is changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from structlog.testing import capture_logs

from hub.store import soundness
from hub.store.soundness import DatabaseUnsound
from hub.store.sqlite import SqliteStore
from tests.hub.desk import Desk

WAL_HEADER_BYTES, FRAME_HEADER_BYTES, PAGE_BYTES = 32, 24, 4096


@pytest.fixture
def killed(desk: Desk, tmp_path: Path) -> Path:
    """The database of a hub that was killed with commits in its log: what a start finds."""
    for _ in range(6):
        desk.file()
    return _copied(desk, tmp_path / "killed")


@pytest.fixture
def stopped(desk: Desk, tmp_path: Path) -> Path:
    """The database of a hub that was stopped as it should be: everything in one file."""
    for _ in range(6):
        desk.file()
    desk.close()
    return _copied(desk, tmp_path / "stopped")


def _copied(desk: Desk, to: Path) -> Path:
    to.mkdir()
    for name in ("hall.db", "hall.db-wal"):
        if (source := desk.store.path.with_name(name)).exists():
            shutil.copy(source, to / name)
    return to / "hall.db"


def wal_of(database: Path) -> Path:
    return database.with_name("hall.db-wal")


def kept(database: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (database, wal_of(database)) if path.exists()}


def overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def frames(wal: Path) -> int:
    return (wal.stat().st_size - WAL_HEADER_BYTES) // (FRAME_HEADER_BYTES + PAGE_BYTES)


def frame_at(number: int) -> int:
    return WAL_HEADER_BYTES + number * (FRAME_HEADER_BYTES + PAGE_BYTES)


def root_page(database: Path, table: str) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


def refusal(database: Path) -> str:
    before = kept(database)
    with pytest.raises(DatabaseUnsound) as refused:
        SqliteStore(database)
    assert kept(database) == before
    assert "nothing was changed" in str(refused.value)
    return str(refused.value)


def test_the_database_of_a_killed_hub_is_sound_and_stays_as_it_is(killed: Path) -> None:
    before = kept(killed)
    assert frames(wal_of(killed)) > 6
    soundness.check(killed)
    assert kept(killed) == before


def test_a_stopped_hub_s_database_is_sound(stopped: Path) -> None:
    assert not wal_of(stopped).exists()
    soundness.check(stopped)


def in_two(database: Path) -> None:
    with database.open("r+b") as file:
        file.truncate(database.stat().st_size // 2)


def in_the_middle_of_a_page(database: Path) -> None:
    with database.open("r+b") as file:
        file.truncate(database.stat().st_size - PAGE_BYTES - 100)


def garbage_in_the_header(database: Path) -> None:
    overwrite(database, 0, b"\xfe" * 100)


def garbage_behind_the_magic(database: Path) -> None:
    overwrite(database, 16, b"\xfe" * 84)


def empty(database: Path) -> None:
    database.write_bytes(b"")


def a_letter(database: Path) -> None:
    database.write_text("敬启者：\n" * 3000)


def a_zeroed_table(database: Path) -> None:
    overwrite(database, (root_page(database, "case") - 1) * PAGE_BYTES, bytes(PAGE_BYTES))


def a_zeroed_index(database: Path) -> None:
    index = root_page(database, "sqlite_autoindex_command_1")
    overwrite(database, (index - 1) * PAGE_BYTES, bytes(PAGE_BYTES))


def garbage_in_a_table(database: Path) -> None:
    overwrite(database, (root_page(database, "event") - 1) * PAGE_BYTES, b"\xa5" * PAGE_BYTES)


@pytest.mark.parametrize(
    "damage",
    [
        in_two,
        in_the_middle_of_a_page,
        garbage_in_the_header,
        garbage_behind_the_magic,
        empty,
        a_letter,
        a_zeroed_table,
        a_zeroed_index,
        garbage_in_a_table,
    ],
)
def test_a_damaged_file_is_refused_with_the_command_that_restores(
    stopped: Path, damage: Callable[[Path], None]
) -> None:
    damage(stopped)
    text = refusal(stopped)
    assert str(stopped) in text
    assert f"bancheng restore BACKUP --hall {stopped.parent}" in text


def test_another_program_s_database_is_refused(stopped: Path) -> None:
    stopped.unlink()
    with closing(sqlite3.connect(stopped)) as db:
        db.execute("CREATE TABLE alembic (x)")
    assert "no tables of a hall" in refusal(stopped)


def test_a_database_of_a_later_version_is_refused_and_the_version_named(stopped: Path) -> None:
    with closing(sqlite3.connect(stopped)) as db:
        db.execute("UPDATE alembic_version SET version_num = '9876'")
        db.commit()
    text = refusal(stopped)
    assert "9876" in text
    assert "install that version" in text


def test_every_migration_s_file_begins_with_its_revision() -> None:
    for one in ScriptDirectory(str(soundness.MIGRATIONS.parent)).walk_revisions():
        assert Path(one.path).name.startswith(f"{one.revision}_")


def test_a_log_whose_header_is_garbage_is_refused_though_sqlite_would_pass_over_it(killed: Path) -> None:
    overwrite(wal_of(killed), 0, b"\xa5" * WAL_HEADER_BYTES)
    assert "cannot be read" in refusal(killed)
    with closing(sqlite3.connect(f"file:{killed}?mode=ro", uri=True)) as db:
        assert db.execute('SELECT count(*) FROM "case"').fetchone() < (6,)  # what a start would have lost in silence


def test_one_changed_bit_in_the_log_s_header_is_found(killed: Path) -> None:
    salt = wal_of(killed).read_bytes()[16]
    overwrite(wal_of(killed), 16, bytes([salt ^ 1]))
    assert "header" in refusal(killed)


def test_a_log_with_garbage_in_the_middle_is_refused_for_what_lies_behind(killed: Path) -> None:
    middle = frames(wal_of(killed)) // 2
    overwrite(wal_of(killed), frame_at(middle) + FRAME_HEADER_BYTES + 100, b"\xa5" * 200)
    assert "answered commits lie behind" in refusal(killed)


def test_a_last_commit_that_a_power_cut_tore_is_no_damage(killed: Path) -> None:
    with wal_of(killed).open("r+b") as file:
        file.truncate(wal_of(killed).stat().st_size - PAGE_BYTES // 2)
    soundness.check(killed)


def test_a_last_commit_with_pages_missing_in_its_middle_is_no_damage(killed: Path) -> None:
    last = frames(wal_of(killed)) - 1
    overwrite(wal_of(killed), frame_at(last - 2), bytes(FRAME_HEADER_BYTES + PAGE_BYTES))
    soundness.check(killed)


def test_frames_of_an_earlier_turn_of_the_log_are_no_damage(killed: Path) -> None:
    wal = wal_of(killed)
    content = wal.read_bytes()
    stale = bytearray(content[frame_at(0) :])
    for number in range(frames(wal)):
        struct.pack_into(">2I", stale, number * (FRAME_HEADER_BYTES + PAGE_BYTES) + 8, 1, 2)
    wal.write_bytes(content + stale)
    soundness.check(killed)


@pytest.mark.parametrize("content", [b"", bytes(20), bytes(WAL_HEADER_BYTES + 5000)])
def test_a_log_whose_first_commit_never_reached_the_disk_is_no_damage(stopped: Path, content: bytes) -> None:
    wal_of(stopped).write_bytes(content)
    soundness.check(stopped)


def test_a_check_that_takes_too_long_says_what_it_left_out(stopped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(stopped)) as db:
        db.executescript(
            "CREATE TABLE many (x); INSERT INTO many WITH RECURSIVE n(i) AS "
            "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) SELECT randomblob(300) FROM n"
        )
    monkeypatch.setattr(soundness, "CHECK_AT_MOST_S", 1e-6)
    monkeypatch.setattr(soundness, "LARGE", ("many",))
    with capture_logs() as logs:
        soundness.check(stopped)
    (line,) = logs
    assert line["event"] == "database.partly_checked"
    assert "many" in line["unchecked"]


def test_a_refused_database_stays_free_for_the_next_start(stopped: Path) -> None:
    sound = stopped.read_bytes()
    a_letter(stopped)
    refusal(stopped)
    stopped.write_bytes(sound)
    SqliteStore(stopped).close()


LOCKED_BY = """
import fcntl, struct, sys
with open(sys.argv[1], "r+b") as file:
    asked = struct.pack("hhqqi", fcntl.F_WRLCK, 0, 120, 9, 0)
    print(struct.unpack("hhqqi", fcntl.fcntl(file, fcntl.F_GETLK, asked))[4])
"""
"""Which process holds one of SQLite's locks on the shared memory file (bytes 120 to 128: walformat.html, 2.3)."""


def test_the_database_stays_locked_while_its_pages_are_checked(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else another program that opens it lays the shared memory anew, and sound pages look damaged."""
    shared_memory, holders, pages = killed.with_name(f"{killed.name}-shm"), [], soundness._pages

    def watched(database: Path, db: sqlite3.Connection) -> list[str]:
        told = subprocess.run([sys.executable, "-c", LOCKED_BY, shared_memory], capture_output=True, check=True)
        holders.append(int(told.stdout))
        return pages(database, db)

    monkeypatch.setattr(soundness, "_pages", watched)
    soundness.check(killed)
    assert holders == [os.getpid()]
