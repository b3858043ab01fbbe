"""`bancheng backup` and `bancheng restore`, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub.admin import app
from hub.backup.archive import BackupBroken
from hub.config import HallDirectory
from tests.hub.backup.hall import cases, content, file


def run(*words: str, typed: str = "") -> Result:
    """What a command says; a mistake of ours is raised."""
    result = CliRunner().invoke(app, words, input=typed, env={"COLUMNS": "200"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_backup_says_where_it_is_and_that_nobody_can_read_it_without_the_data_key(place: HallDirectory) -> None:
    said = run("backup", "--hall", str(place.path))
    assert said.exit_code == 0
    (made,) = (place.path / "backups").iterdir()
    assert f"{made}: 山亭区政务服务大厅, up to event 6" in said.output
    assert f"without {place.data_key} nobody can read what citizens wrote" in said.output
    assert "the hall's own disk: copy it to another one" in said.output


def test_secrets_are_written_apart_when_asked_for(place: HallDirectory, backups: Path) -> None:
    said = run("backup", str(backups), "--hall", str(place.path), "--secrets", str(backups / "safe.zip"))
    assert f"{backups / 'safe.zip'}: data key, pepper, secret keys" in said.output
    assert (backups / "safe.zip").exists()


def test_older_backups_go_when_so_many_are_to_be_kept(place: HallDirectory, backup: Path) -> None:
    said = run("backup", str(backup.parent), "--hall", str(place.path), "--keep", "1")
    assert len(list(backup.parent.iterdir())) == 1
    assert "removed, an older one than the 1 to keep" in said.output
    assert run("backup", str(backup.parent), "--hall", str(place.path), "--keep", "0").exit_code == 2


def test_a_check_says_what_is_in_a_backup(place: HallDirectory, backup: Path) -> None:
    said = run("restore", str(backup), "--check").output
    for words in ("is sound", "山亭区政务服务大厅 (370406)", "business date 2026-11-23", "cases       3"):
        assert words in said
    assert cases(place)[-1] in said
    assert "audit chain whole, 4 links" in said


def test_a_restore_asks_first_and_no_leaves_everything(place: HallDirectory, backup: Path) -> None:
    file(place)
    before = content(place.path)
    said = run("restore", str(backup), "--hall", str(place.path), typed="n\n")
    assert said.exit_code == 1
    assert "Restore it?" in said.output
    assert content(place.path) == before


@pytest.mark.parametrize(("options", "typed"), [((), "y\n"), (("--yes",), "")], ids=["asked", "--yes"])
def test_a_restore_says_what_it_did_and_where_the_replaced_database_is(
    place: HallDirectory, backup: Path, options: tuple[str, ...], typed: str
) -> None:
    backed_up = cases(place)
    file(place)
    said = run("restore", str(backup), "--hall", str(place.path), *options, typed=typed)
    assert said.exit_code == 0
    assert cases(place) == backed_up
    (kept,) = place.path.glob("hall.db.before-restore-*Z")
    assert f"What it replaced is kept: {kept}" in said.output
    assert "Start the hub" in said.output


def test_a_broken_backup_is_said_before_anything_is_asked(place: HallDirectory, backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:1000])
    with pytest.raises(BackupBroken):
        run("restore", str(backup), "--hall", str(place.path))


def test_what_goes_back_is_named_before_it_is_asked_for(place: HallDirectory, backup: Path) -> None:
    said = run("restore", str(backup), "--hall", str(place.path), typed="n\n").output
    assert f"山亭区政务服务大厅: {place.database} goes back to" in said
