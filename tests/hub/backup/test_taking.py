"""A backup of a hall: what is in it, what is not, and what happens where none can be written."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from hub.backup import taking
from hub.backup.archive import BackupFailed, opened
from hub.config import HallDirectory
from hub.store.migrate import revision
from hub.store.transaction import StoreFailed, one_transaction
from tests.disks import small_disk
from tests.factories import FILED_AT
from tests.hub.backup.hall import back_up, cases, file, found, silent


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as packed:
        return set(packed.namelist())


def test_a_backup_holds_database_hall_policy_attachments_and_public_keys(place: HallDirectory, backups: Path) -> None:
    place.own_policy.write_bytes(b"# our own")
    (place.attachments / "ab").mkdir(parents=True)
    (place.attachments / "ab" / "cdef").write_bytes(b"sealed")
    path, manifest = back_up(place, backups)
    public = {f"keys/{one.name}" for one in place.keys.glob("*.public")}
    assert len(public) > 10
    assert names(path) == {"manifest.json", "hall.db", "hall.toml", "policy.toml", "attachments/ab/cdef", *public}
    assert path.name == "bancheng-370406-20261123T013100Z.zip"
    assert (manifest.hall, manifest.business_date) == ("370406", FILED_AT.date())
    with one_transaction(place.database, read_only=True) as db:
        assert manifest.schema == revision(db)
    assert manifest.seq == 6  # three complaints, each with its notice


@pytest.mark.rule("R13")
def test_a_backup_holds_no_secret_of_the_hall_and_only_its_owner_reads_it(place: HallDirectory, backup: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        inside = b"".join(packed.read(name) for name in packed.namelist())
    for secret in (place.data_key, place.pepper, *place.keys.glob("*.secret")):
        assert secret.read_bytes() not in inside
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_the_secrets_go_into_a_file_of_their_own_when_asked_for(place: HallDirectory, backups: Path) -> None:
    target = backups / "secrets.zip"
    taking.back_up_secrets(place, target, FILED_AT, silent)
    secret = {f"keys/{one.name}" for one in place.keys.glob("*.secret")}
    assert names(target) == {"manifest.json", "data.key", "pepper.key", *secret}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_manifest_can_be_read_by_any_program(backup: Path) -> None:
    with zipfile.ZipFile(backup) as packed:
        manifest = json.loads(packed.read("manifest.json"))
    assert manifest["name"] == "山亭区政务服务大厅"
    assert {part["name"] for part in manifest["parts"]} | {"manifest.json"} == names(backup)


def test_what_is_committed_while_the_copy_is_made_is_in_the_next_one(
    place: HallDirectory, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.store.copying.PAGES_AT_ONCE", 1)
    filed: list[str] = []

    def busy_hub(what: str, done: int, total: int) -> None:
        if what.startswith("copying") and len(filed) < 5:
            filed.extend(file(place))

    path, manifest = taking.back_up(place, backups, FILED_AT, busy_hub)
    assert len(filed) == 5
    assert manifest.seq == 6
    with zipfile.ZipFile(path) as packed:
        packed.extract("hall.db", backups)
    with closing(sqlite3.connect(backups / "hall.db")) as copy:
        assert copy.execute('SELECT count(*) FROM "case"').fetchone() == (3,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(cases(place)) == 8


# --- what is refused


def test_a_backup_is_never_overwritten(place: HallDirectory, backups: Path) -> None:
    target = backups / "mine.zip"
    target.write_bytes(b"an older one")
    with pytest.raises(BackupFailed, match=r"mine\.zip exists.*give another name"):
        back_up(place, target)
    assert target.read_bytes() == b"an older one"


def test_a_file_that_appears_while_a_backup_is_written_is_not_overwritten_either(
    place: HallDirectory, backups: Path
) -> None:
    target = backups / "mine.zip"

    def somebody(what: str, done: int, total: int) -> None:
        target.write_bytes(b"somebody else's")

    with pytest.raises(BackupFailed, match=r"mine\.zip exists"):
        taking.back_up(place, target, FILED_AT, somebody)
    assert target.read_bytes() == b"somebody else's"
    assert list(backups.iterdir()) == [target]


@pytest.mark.parametrize("taken", [False, True], ids=["free", "taken"])
def test_a_disk_without_hard_links_gets_a_backup_too_and_keeps_what_it_has(
    place: HallDirectory, backups: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    target = backups / "mine.zip"

    def as_on_a_usb_stick(made: Path, name: Path) -> None:
        if taken:
            target.write_bytes(b"an older one")
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", as_on_a_usb_stick)
    if taken:
        with pytest.raises(BackupFailed, match="exists"):
            back_up(place, target)
        assert target.read_bytes() == b"an older one"
    else:
        back_up(place, target)
        with opened(target) as archive:
            assert archive.manifest.hall == "370406"


def test_no_room_is_said_with_the_disk_and_leaves_nothing_behind(place: HallDirectory, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small", "128k") as disk:
        with pytest.raises(StoreFailed, match=f"could not be copied to {disk}.*free that disk"):
            back_up(place, disk)
        assert list(disk.iterdir()) == []


def test_no_room_for_the_packed_file_is_said_too(place: HallDirectory, tmp_path: Path) -> None:
    (place.attachments).mkdir()
    (place.attachments / "large").write_bytes(os.urandom(1 << 20))
    with small_disk(tmp_path / "small", "1m") as disk:
        with pytest.raises(BackupFailed, match=r"could not be written \(No space left.*free its disk"):
            back_up(place, disk)
        assert list(disk.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(place: HallDirectory, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match=r"no folder .*not-mounted; make it, or mount"):
        back_up(place, tmp_path / "not-mounted" / "today.zip")


# --- how many are kept


def test_only_older_backups_of_this_hall_go(place: HallDirectory, backups: Path, tmp_path: Path) -> None:
    mine = [taking.back_up(place, backups, FILED_AT + dt.timedelta(days=days), silent)[0].name for days in (2, 0, 3, 1)]
    other = back_up(found(tmp_path / "other", "yueyang"), backups)[0].name
    taking.back_up_secrets(place, backups / "secrets.zip", FILED_AT, silent)
    (backups / "photos.zip").write_bytes(b"not a backup")
    gone = taking.prune(backups, "370406", keep=2)
    assert {path.name for path in gone} == {mine[1], mine[3]}
    assert {path.name for path in backups.iterdir()} == {mine[0], mine[2], other, "secrets.zip", "photos.zip"}


def test_what_a_switched_off_machine_left_of_a_backup_goes_after_a_day(place: HallDirectory, backups: Path) -> None:
    old, fresh = backups / ".bancheng-unfinished-old", backups / ".bancheng-unfinished-now"
    for folder, at in ((old, FILED_AT - dt.timedelta(days=2)), (fresh, FILED_AT)):
        folder.mkdir()
        (folder / "hall.db").write_bytes(b"half")
        os.utime(folder, (at.timestamp(), at.timestamp()))
    back_up(place, backups)
    assert not old.exists()
    assert fresh.exists()
