"""Backup and restore of one hall in a PostgreSQL that it shares with another, which must notice nothing."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text

from hub import founding
from hub.backup import restore, taking
from hub.backup.archive import BackupFailed, opened
from hub.backup.restore import NotRestorable
from hub.config import HallDirectory
from hub.domain.hall import Database
from hub.errors import HubError
from hub.store import commands, copying, duties, feed, holding, moving, presence, schema, windows
from hub.store.holding import NotOwner
from hub.store.migrate import migrate, revision
from hub.store.moving import take_out
from hub.store.postgres import PostgresStore
from hub.store.transaction import HallTaken, StoreFailed, one_transaction, open_store
from tests.disks import small_disk
from tests.factories import FILED_AT
from tests.hub.backup.hall import back_up, cases, content, file, found, restored, rows, silent
from tests.hub.backup.test_restore import repacked
from tests.postgres import Cluster
from tests.processes import until

HALL, OTHER = "370406", "430621"


@pytest.fixture(scope="module")
def shared(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A database with 山亭 and 岳阳, three cases each, and the folder of their directories; copy, do not write."""
    database, folder = cluster.new_database(), tmp_path_factory.mktemp("shared")
    address = cluster.address(database)
    for template in ("shanting", "yueyang"):
        file(found(folder / template, template, address), 3)
    cluster.keep(database)
    return database, folder


@pytest.fixture
def database(shared: tuple[str, Path], cluster: Cluster) -> str:
    """The database's name, its rows put back."""
    cluster.put_back(shared[0])
    return shared[0]


@pytest.fixture
def place(shared: tuple[str, Path], database: str, tmp_path: Path) -> HallDirectory:
    """山亭, in a directory of this test's own."""
    return HallDirectory(shutil.copytree(shared[1] / "shanting", tmp_path / "hall"))


@pytest.fixture
def other(shared: tuple[str, Path], database: str) -> HallDirectory:
    return HallDirectory(shared[1] / "yueyang")


@pytest.fixture
def hubs(place: HallDirectory) -> Iterator[Callable[[str], PostgresStore]]:
    """Connections as hubs of 山亭 have them."""
    stores: list[PostgresStore] = []

    def connected(name: str) -> PostgresStore:
        store = open_store(place.database, HALL, name)
        assert isinstance(store, PostgresStore)
        stores.append(store)
        return store

    yield connected
    for store in stores:
        store.close()
    until("the server has noticed", lambda: not there(place))


def there(place: HallDirectory) -> list[str]:
    """The hubs of 山亭 that the server knows of."""
    with one_transaction(place.database, read_only=True) as db:
        return [one.hub for one in presence.present(db, HALL)]


def unpacked(backup: Path, folder: Path) -> Path:
    with opened(backup) as archive:
        archive.extract(folder, silent)
    return folder / "hall.db"


def epoch_of(database: Database, hall: str) -> str:
    with one_transaction(database, read_only=True) as db:
        state = feed.state(db, hall)
        assert state is not None
        return state.epoch


# --- taken


def test_a_backup_holds_the_rows_of_this_hall_alone_in_the_form_of_every_backup(
    place: HallDirectory, other: HallDirectory, backups: Path, tmp_path: Path
) -> None:
    path, manifest = back_up(place, backups)
    assert (manifest.database, manifest.seq) == ("postgresql", 6)
    copy = unpacked(path, tmp_path / "unpacked")
    assert rows(copy, HALL) == rows(place.database, HALL)
    assert len(rows(copy, HALL)["case"]) == 3
    assert not any(rows(copy, OTHER).values())
    with one_transaction(copy, read_only=True) as db:
        assert revision(db) == manifest.schema
    checked, held = restore.check(path, silent)
    assert (checked.epoch, held.cases, held.audit_links) == (manifest.epoch, 3, 4)


def test_a_backup_is_of_one_moment_whatever_hubs_commit_meanwhile(
    place: HallDirectory, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "ROWS_AT_ONCE", 1)
    before, filed = rows(place.database, HALL), 0

    def busy_hub(what: str, done: int, total: int) -> None:
        nonlocal filed
        if what.startswith("copying") and filed < 5:
            filed += len(file(place))

    path, manifest = taking.back_up(place, backups, FILED_AT, busy_hub)
    assert (manifest.seq, filed, len(cases(place))) == (6, 5, 8)
    assert rows(unpacked(path, backups / "unpacked"), HALL) == before


def test_a_hubs_role_may_take_a_backup(place: HallDirectory, cluster: Cluster, database: str, backups: Path) -> None:
    as_role(place, cluster, database, "backup_reader")
    assert back_up(place, backups)[1].seq == 6


def test_a_backup_of_tables_that_wait_for_a_migration_is_of_their_version(cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.address(cluster.new_database())
    migrate(address, to="0013")
    with one_transaction(address) as tx:
        feed.begin(tx, HALL, "山亭", "0" * 32, FILED_AT.date())
    take_out(address, HALL, tmp_path / "copy.db", lambda done, total: None)
    with one_transaction(tmp_path / "copy.db", read_only=True) as db:
        assert (revision(db), feed.state(db, HALL) is not None) == ("0013", True)


def test_no_room_for_the_copy_is_said_with_the_disk_and_leaves_nothing_behind(
    place: HallDirectory, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", "128k") as disk:
        with pytest.raises(StoreFailed, match=f"could not be copied to {disk}.*free that disk"):
            back_up(place, disk)
        assert list(disk.iterdir()) == []


def test_a_database_without_halls_and_a_server_that_is_away_are_said(cluster: Cluster, tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="no tables of a hall"):
        take_out(cluster.address(cluster.new_database()), HALL, tmp_path / "copy.db", lambda done, total: None)
    with pytest.raises(StoreFailed, match="refused"):
        take_out(cluster.address("hall", port=9), HALL, tmp_path / "copy.db", lambda done, total: None)


# --- coming back


def test_a_restore_brings_back_the_hall_and_leaves_the_other_one_alone(
    place: HallDirectory, other: HallDirectory, backups: Path
) -> None:
    path, manifest = back_up(place, backups)
    backed_up = cases(place)
    lost = file(place, 2)
    file(other, 2)
    replaced, untouched = rows(place.database, HALL), rows(other.database, OTHER)
    came = restored(path, place)
    assert cases(place) == backed_up
    assert rows(other.database, OTHER) == untouched
    assert came.kept == place.path / "hall.db.before-restore-20261123T013100Z"
    assert rows(came.kept, HALL) == replaced
    assert (came.epoch, came.epoch != manifest.epoch) == (epoch_of(place.database, HALL), True)
    assert not set(file(place, 2)) & {*backed_up, *lost}
    with one_transaction(place.database, read_only=True) as db:
        assert commands.verify_audit(db, HALL) is None
        kinds = db.execute(select(schema.audit.c.kind).where(schema.audit.c.hall == HALL)).scalars().all()
    assert kinds.count("Restored") == 1
    assert not list(place.path.glob(".restoring-*"))


def test_after_a_restore_everybody_is_logged_out_with_posts_and_the_hubs_row_as_they_were(
    place: HallDirectory, backups: Path
) -> None:
    held = windows.StaffMember("06", "王芳", "window", "", "no PIN", ("receiver", "owner"))
    with one_transaction(place.database) as tx:
        windows.add_staff(tx, HALL, held)
        windows.bind(tx, HALL, "window-3", "06", FILED_AT)
        duties.take(tx, HALL, "hub-1")
    path, _ = back_up(place, backups)
    with one_transaction(place.database) as tx:
        duties.take(tx, HALL, "hub-2")
        windows.change_staff(tx, HALL, replace(held, posts=()))
    restored(path, place)
    with one_transaction(place.database, read_only=True) as db:
        assert windows.logins(db, HALL) == {}
        assert windows.staff_member(db, HALL, "06") == held
        assert duties.state(db, HALL) == duties.DutyState("hub-2", 2, 2)


@pytest.mark.parametrize("lost", ["the hall's rows", "the server"])
def test_a_database_that_has_nothing_of_the_hall_is_no_obstacle(
    place: HallDirectory, other: HallDirectory, cluster: Cluster, backups: Path, lost: str
) -> None:
    path, _ = back_up(place, backups)
    backed_up, before = cases(place), rows(place.database, HALL)
    if lost == "the server":
        address = cluster.address(cluster.new_database())
        place.file.write_text(re.sub("^database = .*", f'database = "{address}"', place.file.read_text()))
    else:
        remove(cluster, place)
    came = restored(path, place)
    assert (cases(place), came.kept) == (backed_up, None)
    history = ("case", "person", "step", "lookup", "ticket", "command")
    assert {name: rows(place.database, HALL)[name][: len(before[name])] for name in history} == {
        name: before[name] for name in history
    }


def test_a_hall_moves_from_sqlite_to_postgresql_and_back_again(
    other: HallDirectory, cluster: Cluster, tmp_path: Path, backups: Path
) -> None:
    place = found(tmp_path / "moving")
    filed = file(place, 3)
    founding.add_staff(place, "01", "刘主任", "supervisor", "", "480615", ("hall_head",))
    path, _ = back_up(place, backups / "from-sqlite.zip")
    place.file.write_text(f'database = "{cluster.address(cluster.new_database())}"\n{place.file.read_text()}')
    restored(path, place)
    assert cases(place) == filed
    filed += file(place, 2)
    path, _ = back_up(place, backups / "from-postgresql.zip")
    place.file.write_text(place.file.read_text().partition("\n")[2])
    place.database_file.unlink()
    came = restored(path, place)
    assert cases(place) == filed
    assert [(one.staff, one.posts) for one in founding.staff(place)] == [("01", ("hall_head",))]
    assert (
        copying.check(place.database_file, HALL).audit_links == came.contents.audit_links + 2
    )  # the rules of the line in its epoch, and that it was restored
    assert file(place, 1)[0] not in filed


def test_a_new_machine_is_asked_which_database_before_that_of_the_working_hall_is_touched(
    place: HallDirectory, cluster: Cluster, backups: Path, tmp_path: Path
) -> None:
    path, _ = back_up(place, backups)
    taking.back_up_secrets(place, tmp_path / "secrets.zip", FILED_AT, silent)
    before, drill = rows(place.database, HALL), HallDirectory(tmp_path / "drill")
    with pytest.raises(NotRestorable, match=r"names postgresql://.*run: unzip -n .*hall\.toml policy\.toml -d"):
        restored(path, drill, tmp_path / "secrets.zip")
    assert not drill.path.exists()
    assert rows(place.database, HALL) == before
    drill.path.mkdir()
    with zipfile.ZipFile(path) as packed:
        text_of = packed.read("hall.toml").decode()
    drill.file.write_text(text_of.replace(str(place.database), cluster.address(cluster.new_database())))
    restored(path, drill, tmp_path / "secrets.zip")
    assert cases(drill) == cases(place)
    assert drill.data_key.read_bytes() == place.data_key.read_bytes()
    assert rows(place.database, HALL) == before


# --- refused, with nothing changed


def refused(place: HallDirectory, backup: Path, kind: type[HubError], words: str) -> None:
    before, files = rows(place.database, HALL, without=("duty",)), content(place.path)
    with pytest.raises(kind, match=words):
        restored(backup, place)
    assert rows(place.database, HALL, without=("duty",)) == before
    assert content(place.path) == files


def test_a_served_hall_is_left_alone_and_the_hubs_are_named_with_what_to_do(
    place: HallDirectory, other: HallDirectory, backups: Path, hubs: Callable[[str], PostgresStore]
) -> None:
    path, _ = back_up(place, backups)
    file(place)
    serving, waiting = hubs("hub-1"), hubs("二号")
    assert serving.take_lock(HALL)
    refused(place, path, HallTaken, r"hub-1 has the duty .* and 二号 stands by .*stop every hub of the hall")
    serving.close()
    until("the server has noticed", lambda: there(place) == ["二号"])
    refused(place, path, HallTaken, r"^二号 stands by .*stop every hub of the hall")
    waiting.close()
    until("the server has noticed", lambda: not there(place))
    another = open_store(other.database, OTHER, "hub-1")
    restored(path, place)
    another.close()


def test_a_hub_that_comes_while_a_restore_is_at_work_waits_and_does_not_end_it(
    place: HallDirectory, backups: Path, hubs: Callable[[str], PostgresStore]
) -> None:
    path, _ = back_up(place, backups)
    backed_up, tried = cases(place), []
    file(place)

    def told(what: str, done: int, total: int) -> None:
        if what == "restoring" and not tried:
            hub = hubs("hub-2")
            with one_transaction(place.database, read_only=True) as db:
                seen = presence.present(db, HALL)
            assert [(str(one), one.on_duty) for one in seen] == [("a restore", True), ("hub-2", False)]
            hub.end(HALL, seen[0].backend)
            tried.append((hub.holder(HALL), hub.take_lock(HALL)))

    restore.restore(path, place, FILED_AT, told)
    assert tried == [(0, False)]
    assert cases(place) == backed_up


def test_two_restores_at_once_are_one_and_a_refusal(place: HallDirectory, backups: Path) -> None:
    path, _ = back_up(place, backups)
    with holding.held(str(place.database), HALL):
        refused(place, path, HallTaken, "a restore has the duty.*wait until it is done")


def test_another_hall_s_backup_is_refused(place: HallDirectory, other: HallDirectory, backups: Path) -> None:
    path, _ = back_up(other, backups)
    refused(place, path, NotRestorable, r"is of .*岳阳.*choose a backup of this hall")


def test_a_backup_of_a_newer_program_is_refused(place: HallDirectory, backups: Path) -> None:
    path, _ = back_up(place, backups)
    manifest = re.sub(rb'"schema": "\d+"', b'"schema": "9999"', zipfile.ZipFile(path).read("manifest.json"))
    newer = repacked(path, "manifest.json", manifest, backups / "newer.zip")
    refused(place, newer, NotRestorable, "newer Bancheng.*update this one")


def test_tables_of_a_newer_program_are_neither_copied_nor_replaced(place: HallDirectory, backups: Path) -> None:
    path, _ = back_up(place, backups)
    with one_transaction(place.database) as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    refused(place, path, StoreFailed, "later version of bancheng.*install that version")
    with pytest.raises(StoreFailed, match="later version of bancheng"):
        back_up(place, backups / "second.zip")


def test_a_hubs_role_is_refused_before_anything_is_done(
    place: HallDirectory, cluster: Cluster, database: str, backups: Path
) -> None:
    path, _ = back_up(place, backups)
    as_role(place, cluster, database, "backup_reader")
    refused(place, path, NotOwner, "the role backup_reader does not own the tables.*PGUSER=bancheng_owner")


# --- the audit chain


def test_only_the_owner_may_take_out_an_audit_chain_and_only_the_hall_s_that_is_restored(
    place: HallDirectory, other: HallDirectory, cluster: Cluster, database: str
) -> None:
    """Even a role that was given the right to delete; and what a restore may ends with its transaction."""
    as_role(place, cluster, database, "backup_deleter")
    cluster.order("GRANT DELETE ON audit TO backup_deleter", database)
    owner, hub = str(other.database), str(place.database)
    for address, said, hall in ((hub, HALL, HALL), (owner, HALL, OTHER), (owner, "", HALL)):
        with pytest.raises(StoreFailed, match="append-only"):
            restoring(address, said, f"DELETE FROM audit WHERE hall = '{hall}'")
    with pytest.raises(StoreFailed, match="append-only"):
        restoring(owner, HALL, f"UPDATE audit SET staff = '99' WHERE hall = '{HALL}'")
    assert len(rows(owner, HALL)["audit"]) == len(rows(owner, OTHER)["audit"]) == 4


def restoring(address: str, said: str, statement: str) -> None:
    """Does something to a hall's audit chain, saying which hall is restored."""
    with one_transaction(address) as tx:
        tx.execute(text("SELECT set_config('bancheng.restores', :hall, true)"), {"hall": said})
        tx.execute(text(statement))


def test_the_other_hall_commits_while_this_one_is_restored(
    place: HallDirectory, other: HallDirectory, backups: Path
) -> None:
    path, _ = back_up(place, backups)
    filed: list[str] = []

    def told(what: str, done: int, total: int) -> None:
        if what == "restoring" and not filed:
            filed.extend(file(other))

    restore.restore(path, place, FILED_AT, told)
    assert filed
    assert filed[0] in cases(other)


# --- interrupted


def midway(do: Callable[[], None]) -> Callable[[str, int, int], None]:
    """Does something when the old rows are gone and some of the new ones are there."""
    told: list[int] = []

    def hear(what: str, done: int, total: int) -> None:
        if what == "restoring" and done > total // 2 and not told:
            told.append(done)
            do()

    return hear


class Interrupted(Exception):
    pass


def interrupted() -> None:
    raise Interrupted


def test_a_restore_that_is_interrupted_changes_nothing(
    place: HallDirectory, other: HallDirectory, backups: Path
) -> None:
    path, _ = back_up(place, backups)
    file(place, 2)
    before, others, files = rows(place.database, HALL), rows(other.database, OTHER), content(place.path)
    with pytest.raises(Interrupted):
        restore.restore(path, place, FILED_AT, midway(interrupted))
    assert (rows(place.database, HALL), rows(other.database, OTHER), content(place.path)) == (before, others, files)


def test_a_restore_whose_session_the_server_ends_changes_nothing_and_says_so(
    place: HallDirectory, cluster: Cluster, backups: Path
) -> None:
    path, _ = back_up(place, backups)
    file(place, 2)
    before, files = rows(place.database, HALL), content(place.path)
    its = f"application_name = '{presence.of_restore(HALL)}'"
    end = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {its}"
    with pytest.raises(StoreFailed, match="nothing was changed"):
        restore.restore(path, place, FILED_AT, midway(lambda: cluster.order(end) and None))
    assert (rows(place.database, HALL), content(place.path)) == (before, files)


def test_a_file_that_cannot_be_put_in_place_takes_the_rows_back_too(
    place: HallDirectory, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = back_up(place, backups)
    file(place, 2)
    before, files = rows(place.database, HALL), content(place.path)

    def failing(source: Path, target: Path) -> Path:
        raise OSError(5, "Input/output error", str(source))

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", failing)
        with pytest.raises(BackupFailed, match=r"could not be put in place.*everything is as it was"):
            restored(path, place)
    assert (rows(place.database, HALL), content(place.path)) == (before, files)


KILLED = """
import os, signal, sys
from pathlib import Path
from hub.backup import restore
from hub.config import HallDirectory
from tests.factories import FILED_AT
def told(what, done, total):
    if what == "restoring" and done > total // 2:
        os.kill(os.getpid(), signal.SIGKILL)
restore.restore(Path(sys.argv[1]), HallDirectory(sys.argv[2]), FILED_AT, told)
"""


def test_a_restore_that_is_killed_changes_nothing_and_the_next_one_goes_through(
    place: HallDirectory, backups: Path
) -> None:
    path, _ = back_up(place, backups)
    backed_up = cases(place)
    file(place, 2)
    before = rows(place.database, HALL)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(place.path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert rows(place.database, HALL) == before
    restored(path, place)
    assert cases(place) == backed_up


# --- helping


def as_role(place: HallDirectory, cluster: Cluster, database: str, role: str) -> None:
    """The hall's file says that role from now on; it may read everything and change nothing."""
    if not cluster.order(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
        cluster.order(f"CREATE ROLE {role} LOGIN")
    cluster.order(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}", database)
    place.file.write_text(place.file.read_text().replace("postgresql://postgres@", f"postgresql://{role}@"))


def remove(cluster: Cluster, place: HallDirectory) -> None:
    """Takes a hall's rows away behind every trigger, as a mistake of the owner's would."""
    database = str(place.database).rpartition("/")[2]
    with cluster.connected(database) as db, db.transaction():
        db.execute("SET LOCAL session_replication_role = replica")
        for table in schema.metadata.tables:
            db.execute(psycopg.sql.SQL("DELETE FROM {} WHERE hall = %s").format(psycopg.sql.Identifier(table)), [HALL])
