"""The way back: everything or nothing, and what was there stays beside it."""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from hub.backup import restore, taking
from hub.backup.archive import BackupBroken, BackupFailed
from hub.backup.restore import NotRestorable
from hub.config import HallDirectory
from hub.errors import HubError
from hub.keys import load_pair
from hub.store.copying import Unsound
from hub.store.sqlite import SqliteStore
from hub.store.transaction import HallTaken
from tests.disks import small_disk
from tests.factories import FILED_AT
from tests.hub.backup.hall import back_up, cases, content, file, found, restored, silent


def repacked(backup: Path, name: str, change: bytes | None, to: Path) -> Path:
    """A backup of the same form in which one part is another: whoever packs it anew, the manifest stays."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(to, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
            elif change is not None:
                new.writestr(one, change)
    return to


# --- looking only


def test_a_check_says_what_is_in_a_backup_and_changes_nothing(place: HallDirectory, backup: Path) -> None:
    before = content(backup.parent)
    manifest, held = restore.check(backup, silent)
    assert (manifest.name, manifest.taken_at) == ("山亭区政务服务大厅", FILED_AT)
    assert (held.cases, held.newest_case, held.audit_links) == (3, cases(place)[-1], 4)
    assert held.newest_at == FILED_AT
    assert content(backup.parent) == before


@pytest.mark.parametrize("part", [0.0, 0.3, 0.999])
def test_a_backup_that_was_cut_off_is_named_and_refused(backup: Path, part: float) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(BackupBroken, match=f"{backup.name} is no whole backup.*take another one"):
        restore.check(backup, silent)


def test_no_flipped_byte_is_taken_for_what_was_written(place: HallDirectory, backup: Path, tmp_path: Path) -> None:
    """A flip either is found, or lies where nothing is read: what is unpacked is never another thing."""
    whole, chosen = backup.read_bytes(), random.Random(7)
    said: list[str] = []
    for at in chosen.sample(range(len(whole)), 40):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chosen.randrange(8)
        backup.write_bytes(flipped)
        try:
            assert restore.check(backup, silent)[1].cases == 3
        except HubError as wrong:
            said.append(str(wrong))
    assert len(said) >= 30
    assert all(backup.name in one for one in said)


def test_a_part_that_is_not_what_was_backed_up_is_refused_however_well_it_is_packed(
    place: HallDirectory, backup: Path, tmp_path: Path
) -> None:
    file(place)
    with closing(sqlite3.connect(place.database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    changed = repacked(backup, "hall.db", place.database.read_bytes(), tmp_path / "changed.zip")
    with pytest.raises(BackupBroken, match=r"changed\.zip: hall\.db is not what was backed up"):
        restore.check(changed, silent)


def test_a_backup_without_one_of_its_parts_is_refused(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupBroken, match=r"less\.zip is damaged"):
        restore.check(repacked(backup, "hall.toml", None, tmp_path / "less.zip"), silent)


@pytest.mark.parametrize("damage", ["pages", "audit"])
def test_a_database_that_was_damaged_before_its_backup_is_found_out(
    place: HallDirectory, backups: Path, damage: str
) -> None:
    with closing(sqlite3.connect(place.database)) as db:
        if damage == "pages":
            db.execute("PRAGMA writable_schema=ON")
            db.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'ix_case_filed'")
        else:
            db.execute("DROP TRIGGER audit_no_update")
            db.execute("UPDATE audit SET subject = 'another' WHERE ordinal = 2")
        db.commit()
    path, _ = back_up(place, backups)
    with pytest.raises(Unsound, match=r"is damaged|broken at link 2"):
        restore.check(path, silent)


def test_something_else_than_a_backup_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(BackupBroken, match="cannot be read"):
        restore.check(tmp_path / "missing.zip", silent)
    (tmp_path / "letter.txt").write_text("dear hall")
    with pytest.raises(BackupBroken, match="no whole backup"):
        restore.check(tmp_path / "letter.txt", silent)


def test_a_part_that_would_lie_outside_the_hall_is_refused(backup: Path, tmp_path: Path) -> None:
    text = zipfile.ZipFile(backup).read("manifest.json").replace(b'"hall.toml"', b'"../../x"')
    with pytest.raises(BackupBroken, match="outside"):
        restore.check(repacked(backup, "manifest.json", text, tmp_path / "evil.zip"), silent)


# --- coming back


def test_a_restore_brings_back_what_the_backup_has_and_keeps_what_it_replaced(
    place: HallDirectory, backup: Path
) -> None:
    backed_up = cases(place)
    lost = file(place, 2)
    came = restored(backup, place)
    assert cases(place) == backed_up
    assert came.epoch != came.manifest.epoch
    assert came.kept == place.path / "hall.db.before-restore-20261123T013100Z"
    with closing(sqlite3.connect(came.kept)) as old:
        assert [number for (number,) in old.execute('SELECT number FROM "case"')] == backed_up + lost


def test_a_restore_begins_a_new_epoch_that_counts_from_one(place: HallDirectory, backup: Path) -> None:
    came = restored(backup, place)
    with closing(sqlite3.connect(place.database)) as db:
        assert db.execute("SELECT epoch, seq FROM hall").fetchall() == [(came.epoch, 1)]
        epochs = db.execute("SELECT epoch, min(seq), max(seq) FROM event GROUP BY epoch").fetchall()
    assert set(epochs) == {(came.manifest.epoch, 1, 6), (came.epoch, 1, 1)}


def test_the_numbers_of_a_replaced_database_that_can_be_read_are_not_given_again(
    place: HallDirectory, backup: Path
) -> None:
    given = cases(place) + file(place, 2)
    restored(backup, place)
    assert not set(file(place, 3)) & set(given)
    with closing(sqlite3.connect(place.database)) as db:
        assert db.execute("SELECT last FROM counter WHERE series = 'case'").fetchall() == [(1008,)]


@pytest.mark.parametrize("destroyed", ["gone", "garbage", "zeros"])
def test_a_destroyed_database_is_no_obstacle(place: HallDirectory, backup: Path, destroyed: str) -> None:
    backed_up = cases(place)
    match destroyed:
        case "gone":
            place.database.unlink()
        case "garbage":
            place.database.write_bytes(random.Random(3).randbytes(100_000))
        case _:
            place.database.write_bytes(bytes(100_000))
    came = restored(backup, place)
    assert cases(place) == backed_up
    assert (came.kept is None) == (destroyed == "gone")


def test_a_log_of_the_replaced_database_is_not_laid_over_the_restored_one(place: HallDirectory, backup: Path) -> None:
    backed_up = cases(place)
    with closing(sqlite3.connect(place.database)) as db:
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute("UPDATE hall SET bulletin = 'only in the log'")
        db.commit()
        for side in ("", "-wal"):
            shutil.copy(f"{place.database}{side}", f"{place.path}/as-killed{side}")
    for side in ("", "-wal"):
        os.replace(f"{place.path}/as-killed{side}", f"{place.database}{side}")
    came = restored(backup, place)
    assert cases(place) == backed_up
    with closing(sqlite3.connect(place.database)) as db:
        assert db.execute("SELECT bulletin FROM hall").fetchone() == ("",)
    with closing(sqlite3.connect(f"{came.kept}")) as old:
        assert old.execute("SELECT bulletin FROM hall").fetchone() == ("only in the log",)


def test_a_second_restore_from_one_backup_begins_its_numbers_further_on(place: HallDirectory, backup: Path) -> None:
    restored(backup, place)
    first = file(place, 2)
    place.database.write_bytes(b"destroyed once more")
    restore.restore(backup, place, FILED_AT + dt.timedelta(minutes=5), silent)
    assert not set(file(place, 2)) & set(first)


def test_the_hall_s_own_file_and_policy_stay_and_missing_attachments_come_back(
    place: HallDirectory, backups: Path
) -> None:
    place.attachments.mkdir()
    (place.attachments / "ab12").write_bytes(b"sealed")
    path, _ = back_up(place, backups)
    place.file.write_text(f"# edited since\n{place.file.read_text()}")
    (place.attachments / "ab12").unlink()
    restored(path, place)
    assert place.file.read_text().startswith("# edited since")
    assert (place.attachments / "ab12").read_bytes() == b"sealed"


def test_a_new_machine_gets_the_whole_hall_from_backup_and_secrets(
    place: HallDirectory, backup: Path, tmp_path: Path
) -> None:
    taking.back_up_secrets(place, tmp_path / "secrets.zip", FILED_AT, silent)
    fresh = HallDirectory(tmp_path / "new" / "hall")
    restored(backup, fresh, tmp_path / "secrets.zip")
    assert cases(fresh) == cases(place)
    assert fresh.hall() == place.hall()
    assert load_pair(fresh.keys, "hub") == load_pair(place.keys, "hub")


# --- what is refused, with nothing changed


def refused(place: HallDirectory, backup: Path, kind: type[HubError], words: str) -> None:
    before = content(place.path) if place.path.exists() else None
    with pytest.raises(kind, match=words):
        restored(backup, place)
    assert (content(place.path) if place.path.exists() else None) == before


def test_a_hall_that_a_hub_serves_is_left_alone(place: HallDirectory, backup: Path) -> None:
    serving = SqliteStore(place.database)
    refused(place, backup, HallTaken, "stop it")
    serving.close()


def test_another_hall_s_backup_is_refused(place: HallDirectory, tmp_path: Path, backups: Path) -> None:
    other = back_up(found(tmp_path / "other", "yueyang"), backups)[0]
    refused(place, other, NotRestorable, r"is of .*岳阳.*choose a backup of this hall")


def test_a_backup_of_a_newer_program_is_refused(place: HallDirectory, backup: Path, tmp_path: Path) -> None:
    text = re.sub(rb'"schema": "\d+"', b'"schema": "9999"', zipfile.ZipFile(backup).read("manifest.json"))
    newer = repacked(backup, "manifest.json", text, tmp_path / "newer.zip")
    refused(place, newer, NotRestorable, "newer Bancheng.*update this one")


def test_another_data_key_is_refused_for_nothing_could_be_read(place: HallDirectory, backup: Path) -> None:
    place.data_key.write_bytes(bytes(32))
    refused(place, backup, NotRestorable, r"data\.key or pepper\.key is not the one of this backup")


def test_a_new_machine_without_the_data_key_is_refused_and_no_half_hall_is_left(backup: Path, tmp_path: Path) -> None:
    refused(HallDirectory(tmp_path / "new"), backup, NotRestorable, r"data\.key is missing.*--secrets")


def test_the_secrets_are_no_backup_and_a_backup_holds_no_secrets(place: HallDirectory, backup: Path) -> None:
    secrets = backup.parent / "secrets.zip"
    taking.back_up_secrets(place, secrets, FILED_AT, silent)
    refused(place, secrets, NotRestorable, "holds the secrets.*give it as --secrets")
    with pytest.raises(NotRestorable, match="does not hold the secrets"):
        restored(backup, place, backup)


def test_a_policy_that_was_edited_since_is_said_before_anything_is_replaced(place: HallDirectory, backup: Path) -> None:
    from hub import config

    shipped = (Path(config.__file__).parent / "policies" / "shanting.toml").read_text()
    place.own_policy.write_text(shipped.replace('name = "', 'name = "edited ', 1))
    refused(place, backup, HubError, "raise its version number")


def test_no_room_for_the_restored_database_leaves_the_present_one(founded: Path, backups: Path, tmp_path: Path) -> None:
    path, _ = back_up(HallDirectory(founded), backups)
    used_pages = sum(-(-one.stat().st_size // 4096) + 1 for one in founded.rglob("*"))
    half_a_database = HallDirectory(founded).database.stat().st_size // 2
    with small_disk(tmp_path / "small", str(used_pages * 4096 + half_a_database)) as disk:
        place = HallDirectory(shutil.copytree(founded, disk / "hall"))
        refused(place, path, BackupFailed, "could not be unpacked.*free that disk, nothing was changed")


# --- interrupted


@pytest.mark.parametrize("at", range(4))
def test_a_rename_that_fails_takes_back_the_ones_before(
    place: HallDirectory, backup: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    with closing(sqlite3.connect(place.database)) as db:  # so that there is a log to move too
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute("UPDATE hall SET bulletin = 'kept'")
        db.commit()
        before = content(place.path)
        real, turns = Path.rename, iter(range(100))

        def failing(source: Path, target: Path) -> Path:
            if next(turns) == at:
                raise OSError(5, "Input/output error", str(source))
            return real(source, target)

        with monkeypatch.context() as broken:
            broken.setattr(Path, "rename", failing)
            with pytest.raises(BackupFailed, match=r"could not be put in place.*everything is as it was"):
                restored(backup, place)
        assert next(turns) > at
        assert content(place.path) == before
        assert db.execute("SELECT bulletin FROM hall").fetchone() == ("kept",)


INTERRUPTED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from hub.backup import restore
from hub.config import HallDirectory
from tests.factories import FILED_AT
backup, place, at, number = sys.argv[1:]
turns, real = iter(range(100)), Path.rename
def told(what, done, total):
    if at == "-1":
        os.kill(os.getpid(), int(number))
def rename(source, target):
    if next(turns) == int(at):
        os.kill(os.getpid(), int(number))
    return real(source, target)
Path.rename = rename
restore.restore(Path(backup), HallDirectory(place), FILED_AT, told)
"""


def interrupt(place: HallDirectory, backup: Path, at: int, number: signal.Signals) -> int:
    argv = [sys.executable, "-c", INTERRUPTED, str(backup), str(place.path), str(at), str(int(number))]
    return subprocess.run(argv, capture_output=True, check=False, timeout=60).returncode


@pytest.mark.parametrize("at", [-1, 0, 1])
def test_a_restore_that_is_interrupted_changes_nothing(place: HallDirectory, backup: Path, at: int) -> None:
    before = content(place.path)
    assert interrupt(place, backup, at, signal.SIGINT) != 0
    assert content(place.path) == before


def test_a_restore_killed_while_unpacking_changes_nothing_and_the_next_one_clears_up(
    place: HallDirectory, backup: Path
) -> None:
    backed_up, before = cases(place), place.database.read_bytes()
    assert interrupt(place, backup, -1, signal.SIGKILL) == -signal.SIGKILL
    assert place.database.read_bytes() == before
    restored(backup, place)
    assert cases(place) == backed_up
    assert not list(place.path.glob(".restoring-*"))


def test_killed_between_two_renames_the_next_restore_goes_on_and_nothing_is_lost(
    place: HallDirectory, backup: Path
) -> None:
    backed_up = cases(place)
    lost = file(place, 2)
    assert interrupt(place, backup, 1, signal.SIGKILL) == -signal.SIGKILL
    assert not place.database.exists()  # so that no hub starts on half of it
    restore.restore(backup, place, FILED_AT + dt.timedelta(minutes=1), silent)
    assert cases(place) == backed_up
    with closing(sqlite3.connect(place.path / "hall.db.before-restore-20261123T013100Z")) as old:
        assert [number for (number,) in old.execute('SELECT number FROM "case"')] == backed_up + lost
