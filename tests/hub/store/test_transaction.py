"""One hall's database: one writer, commits that reach the disk, all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, exc, insert, select, text, update

from hub.store import schema
from hub.store.sqlite import CHECKPOINT_AT_BYTES, SqliteStore
from hub.store.transaction import HallTaken, StoreFailed, engine
from tests import factories
from tests.hub.desk import EPOCH, HALLS, copy_database

HALL = HALLS["shanting"].code


@pytest.fixture
def store(database: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(database)
    yield made
    made.close()


def pragma(connection: Connection, name: str) -> Any:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def seq(database: Path) -> int:
    """What another process sees."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        return db.execute("SELECT seq FROM hall").fetchone()[0]


def add(tx: Connection, number: int = 1) -> None:
    tx.execute(update(schema.hall).where(schema.hall.c.hall == HALL).values(seq=schema.hall.c.seq + number))


def broken(tx: Connection, number: int) -> None:
    add(tx, number)
    raise RuntimeError("a mistake of ours")


def test_the_writer_s_connection_is_as_safe_as_it_says(store: SqliteStore) -> None:
    with store.transaction() as tx:
        assert pragma(tx, "synchronous") == 2  # FULL: every commit is on the disk before it is answered
        assert pragma(tx, "foreign_keys") == 1
        assert pragma(tx, "journal_mode") == "wal"
        assert pragma(tx, "wal_autocheckpoint") == 0
        assert pragma(tx, "trusted_schema") == 0
        assert pragma(tx, "temp_store") == 2  # in memory


def test_a_transaction_holds_the_write_lock_from_its_beginning(store: SqliteStore, database: Path) -> None:
    other = sqlite3.connect(database, timeout=0, isolation_level=None)
    with store.transaction() as tx:
        tx.execute(select(schema.hall.c.seq)).scalar_one()  # has only read so far
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.rollback()
    other.close()


def test_what_was_committed_is_seen_by_others_at_once(store: SqliteStore, database: Path) -> None:
    with store.transaction() as tx:
        add(tx)
        assert seq(database) == 0
    assert seq(database) == 1


def test_an_exception_takes_everything_back(store: SqliteStore, database: Path) -> None:
    with pytest.raises(RuntimeError, match="a mistake of ours"), store.transaction() as tx:
        broken(tx, 1)
    assert seq(database) == 0
    with store.transaction() as tx:
        add(tx)
    assert seq(database) == 1


def test_a_savepoint_takes_back_only_its_own(store: SqliteStore, database: Path) -> None:
    with store.transaction() as tx:
        add(tx, 1)
        with pytest.raises(RuntimeError, match="a mistake of ours"), tx.begin_nested():
            broken(tx, 10)
        with tx.begin_nested():
            add(tx, 100)
    assert seq(database) == 101


def test_what_the_database_refuses_is_said_with_file_and_cause(store: SqliteStore, database: Path) -> None:
    nobody = insert(schema.login).values(hall=HALL, terminal="w", staff="nobody", at=factories.FILED_AT)
    with pytest.raises(StoreFailed) as failed, store.transaction() as tx:
        tx.execute(nobody)
    assert str(database) in str(failed.value)
    assert "FOREIGN KEY" in str(failed.value)
    assert isinstance(failed.value.__cause__, exc.IntegrityError)
    assert seq(database) == 0


def test_an_error_names_no_values(store: SqliteStore) -> None:
    with pytest.raises(StoreFailed) as failed, store.transaction() as tx:
        tx.execute(text("INSERT INTO hall (hall, name) VALUES (:hall, :name)"), {"hall": HALL, "name": "欧阳标记甲"})
    assert "欧阳标记甲" not in str(failed.value)
    assert "欧阳标记甲" not in str(failed.value.__cause__)


def test_a_reader_sees_one_moment_for_as_long_as_it_reads(store: SqliteStore) -> None:
    with store.reading() as db:
        before = db.execute(select(schema.hall.c.seq)).scalar_one()
        with store.transaction() as tx:
            add(tx)
        assert db.execute(select(schema.hall.c.seq)).scalar_one() == before
    with store.reading() as db:
        assert db.execute(select(schema.hall.c.seq)).scalar_one() == before + 1


def test_a_reader_cannot_write(store: SqliteStore) -> None:
    with pytest.raises(StoreFailed, match="readonly"), store.reading() as db:
        add(db)


def test_a_second_hub_on_the_same_file_is_turned_away(store: SqliteStore, database: Path) -> None:
    with pytest.raises(HallTaken, match="another hub already serves"):
        SqliteStore(database)
    with store.transaction() as tx:
        add(tx)


def test_the_hall_is_free_again_when_the_store_is_closed(database: Path) -> None:
    SqliteStore(database).close()
    again = SqliteStore(database)
    again.close()


def test_a_missing_database_is_said_and_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "hall.db"
    with pytest.raises(StoreFailed, match="bancheng init"):
        SqliteStore(missing)
    assert list(tmp_path.iterdir()) == []


def test_only_a_migration_makes_a_database(tmp_path: Path) -> None:
    made = engine(tmp_path / "hall.db")
    with pytest.raises(exc.OperationalError), made.begin():
        pass
    made.dispose()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["山亭 大厅", "100% real?", "a#b"])
def test_a_hall_may_lie_in_any_folder(shanting_database: Path, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    database = copy_database(shanting_database, tmp_path / folder / "hall.db")
    store = SqliteStore(database)
    with store.transaction() as tx:
        add(tx)
    with store.reading() as db:
        assert db.execute(select(schema.hall.c.epoch, schema.hall.c.seq)).one() == (EPOCH, 1)
    store.close()
    assert {path.name for path in (tmp_path / folder).iterdir()} >= {"hall.db"}


def grown(store: SqliteStore) -> Path:
    """The write-ahead log, larger than what is tidied up when there is time."""
    log = store.path.with_name("hall.db-wal")
    while log.stat().st_size <= CHECKPOINT_AT_BYTES:
        with store.transaction() as tx:
            tx.execute(update(schema.hall).values(bulletin="停" * 60_000, seq=schema.hall.c.seq + 1))
    return log


def test_the_log_is_moved_into_the_database_when_there_is_time(store: SqliteStore, database: Path) -> None:
    log = grown(store)
    kept = seq(database)
    store.tidy(idle=False)
    assert log.stat().st_size > CHECKPOINT_AT_BYTES
    store.tidy(idle=True)
    assert log.stat().st_size == 0
    assert seq(database) == kept


def test_a_small_log_is_left_alone(store: SqliteStore) -> None:
    with store.transaction() as tx:
        add(tx)
    log = store.path.with_name("hall.db-wal")
    size = log.stat().st_size
    store.tidy(idle=True)
    assert log.stat().st_size == size > 0


def test_a_checkpoint_that_a_reader_holds_up_is_made_later_and_keeps_nobody_waiting(
    store: SqliteStore, database: Path
) -> None:
    log = grown(store)
    reading = sqlite3.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None)
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM hall").fetchone()
    grown_meanwhile = seq(database)
    with store.transaction() as tx:
        tx.execute(update(schema.hall).values(seq=schema.hall.c.seq + 1))
    store.tidy(idle=True)
    assert log.stat().st_size > CHECKPOINT_AT_BYTES
    reading.close()
    store.tidy(idle=True)
    assert log.stat().st_size == 0
    assert seq(database) == grown_meanwhile + 1
