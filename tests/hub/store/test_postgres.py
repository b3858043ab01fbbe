"""PostgreSQL's side of the store: one committing connection that is never made anew, and duty that hangs on it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text, update
from typer.testing import CliRunner

from hub import admin, founding
from hub.config import HallDirectory
from hub.founding import HallExists
from hub.store import commands, duties, postgres, schema
from hub.store.migrate import migrate
from hub.store.postgres import PostgresStore
from hub.store.transaction import StoreFailed, StoreLost, one_transaction
from tests.hub.desk import HALLS, Desk, make_database
from tests.ports import free_port
from tests.postgres import Cluster
from tests.processes import until

HALL = HALLS["shanting"].code
OTHER = HALLS["yueyang"].code


@pytest.fixture(scope="module")
def address(cluster: Cluster) -> str:
    return make_database(cluster.address(cluster.new_database()), HALLS["shanting"])


@pytest.fixture
def stores(address: str) -> Iterator[Any]:
    """Stores on one database, as the hubs of a hall have them."""
    opened: list[PostgresStore] = []

    def another() -> PostgresStore:
        opened.append(PostgresStore(address))
        return opened[-1]

    yield another
    for store in opened:
        store.close()


def setting(store: PostgresStore, name: str) -> str:
    with store.transaction() as tx:
        return tx.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar_one()


def backend(store: PostgresStore) -> int:
    with store.transaction() as tx:
        return tx.execute(text("SELECT pg_backend_pid()")).scalar_one()


def seq(store: PostgresStore) -> int:
    with store.reading() as db:
        return db.execute(select(schema.hall.c.seq).where(schema.hall.c.hall == HALL)).scalar_one()


def add(tx: Any) -> None:
    tx.execute(update(schema.hall).where(schema.hall.c.hall == HALL).values(seq=schema.hall.c.seq + 1))


def test_the_migrations_make_just_the_tables_of_the_schema(address: str) -> None:
    with one_transaction(address) as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_migrating_again_needs_no_right_to_change_tables(address: str, cluster: Cluster) -> None:
    database = address.rpartition("/")[2]
    cluster.order("CREATE ROLE reader LOGIN", database)
    cluster.order("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", database)
    migrate(cluster.address(database, "reader"))


def test_the_writer_s_connection_is_as_safe_as_it_says(stores: Any) -> None:
    store = stores()
    assert setting(store, "synchronous_commit") == "on"
    assert setting(store, "statement_timeout") == f"{postgres.SERVER_ENDS_MS}ms"


def test_a_reader_sees_one_moment_and_cannot_write(stores: Any) -> None:
    store = stores()
    before = seq(store)
    with store.reading() as db:
        assert db.execute(select(schema.hall.c.seq)).scalar_one() == before
        with store.transaction() as tx:
            add(tx)
        assert db.execute(select(schema.hall.c.seq)).scalar_one() == before
    assert seq(store) == before + 1
    with pytest.raises(StoreFailed, match="read-only"), store.reading() as db:
        add(db)
    assert seq(store) == before + 1


def test_an_error_names_no_values(stores: Any) -> None:
    store = stores()
    with pytest.raises(StoreFailed) as failed, store.transaction() as tx:
        tx.execute(text("INSERT INTO hall (hall, name) VALUES (:hall, :name)"), {"hall": HALL, "name": "欧阳标记甲"})
    assert "not-null" in str(failed.value)
    assert not isinstance(failed.value, StoreLost)
    assert "欧阳标记甲" not in str(failed.value)


def test_the_audit_chain_can_only_grow(desk_on_postgres: Desk, cluster: Cluster) -> None:
    address = str(desk_on_postgres.store.path)
    cluster.put_back(address.rpartition("/")[2])
    for statement in ("UPDATE audit SET staff = '99'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(StoreFailed, match="append-only"), one_transaction(address) as tx:
            tx.execute(text(statement))
    with one_transaction(address, read_only=True) as db:
        assert commands.verify_audit(db, HALL) is None
        assert commands.audit_tail(db, HALL)[0] == 6


def test_one_hub_of_a_hall_has_the_duty_and_each_hall_its_own(stores: Any) -> None:
    first, second, other = stores(), stores(), stores()
    assert first.take_lock(HALL)
    assert not second.take_lock(HALL)
    assert other.take_lock(OTHER)
    assert second.holder(HALL) == backend(first)
    first.close()
    until("the duty is free", lambda: second.take_lock(HALL))


def taken_over_in_the_middle(tx: Any, new: PostgresStore) -> None:
    add(tx)
    new.end(HALL, new.holder(HALL))
    assert new.take_lock(HALL)
    add(tx)


def test_a_hub_whose_session_was_ended_commits_nothing_ever_again(stores: Any) -> None:
    old, new = stores(), stores()
    assert old.take_lock(HALL)
    before = seq(new)
    with pytest.raises(StoreLost), old.transaction() as tx:
        taken_over_in_the_middle(tx, new)
    assert old.lost
    for _ in range(2):
        with pytest.raises(StoreLost), old.transaction() as tx:
            add(tx)
    assert seq(new) == before


def test_only_the_session_that_was_seen_is_ended(stores: Any) -> None:
    first, second = stores(), stores()
    assert first.take_lock(HALL)
    second.end(HALL, backend(second))
    assert backend(first) == second.holder(HALL)


def test_a_beat_is_a_change_and_a_term_counts_the_hands(stores: Any) -> None:
    store = stores()
    with store.transaction() as tx:
        first = duties.take(tx, OTHER, "hub-1")
        assert duties.take(tx, OTHER, "hub-2") == first + 1
        before = duties.state(tx, OTHER)
        duties.renew(tx, OTHER)
        after = duties.state(tx, OTHER)
    assert before is not None
    assert after == duties.DutyState("hub-2", first + 1, before.beat + 1)


def test_a_statement_that_takes_too_long_is_ended_and_the_connection_lives_on(stores: Any) -> None:
    store = stores()
    assert store.take_lock(HALL)
    with pytest.raises(StoreFailed, match="statement timeout") as failed, store.transaction() as tx:
        tx.execute(text("SELECT pg_sleep(30)"))
    assert not isinstance(failed.value, StoreLost)
    assert store.holder(HALL) == backend(store)


def test_a_server_that_is_not_there_is_said_with_its_address(cluster: Cluster) -> None:
    nowhere = cluster.address("hall", port=free_port())
    began = time.monotonic()
    for open_it in (PostgresStore, migrate):
        with pytest.raises(StoreFailed, match="refused") as failed:
            open_it(nowhere)
        assert nowhere in str(failed.value)
    assert time.monotonic() - began < 30


def test_a_server_that_syncs_nothing_is_refused(cluster: Cluster, address: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(PostgresStore, "_one", lambda *_, **__: "off")
    with pytest.raises(StoreFailed, match="fsync"):
        PostgresStore(address)


def test_a_hall_is_founded_and_looked_after_in_postgresql_as_in_a_file(cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.address(cluster.new_database())
    run = CliRunner()
    place = ["--hall", str(tmp_path / "hall")]
    founded = run.invoke(admin.app, ["init", str(tmp_path / "hall"), "--hall", "shanting", "--database", address])
    assert founded.exit_code == 0, founded.output
    added = run.invoke(admin.app, ["staff", "add", "06", "--name", "王芳", "--role", "window", *place])
    assert added.exit_code == 0, added.output
    verified = run.invoke(admin.app, ["audit", "verify", *place])
    assert "whole: 0 links" in verified.output
    assert not (tmp_path / "hall" / "hall.db").exists()
    with pytest.raises(HallExists, match="another hub"):
        founding.found(HallDirectory(tmp_path / "twice"), (tmp_path / "hall" / "hall.toml").read_bytes())
