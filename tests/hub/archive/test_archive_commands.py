"""`bancheng archive`, as somebody types it beside a working hub."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import Result

from hub.archive import bundle
from hub.archive.commands import CannotRead
from hub.archive.dossier import NotArchived
from hub.outgoing import CannotWrite
from hub.signed_in import NotTaken
from tests.hub.archive.case import archived
from tests.hub.archive.conftest import Kept
from tests.hub.backup.test_commands import run
from tests.stories.town import PIN

pytestmark = pytest.mark.e2e


def make(kept: Kept, number: str, out: Path, staff: str = "90", pin: str = PIN) -> Result:
    words = ("archive", "make", number, "--out", str(out), "--staff", staff, "--hall", str(kept.place.path))
    return run(*words, typed=f"{pin}\n")


@pytest.mark.rule("R40", "R71")
def test_a_bundle_is_made_beside_a_working_hub_once_allowed_and_known_again(kept: Kept, tmp_path: Path) -> None:
    number = kept.at_desk(archived)
    kept.serve(hours=1)
    with pytest.raises(NotTaken, match="wrong_pin"):
        make(kept, number, tmp_path, pin="000000")
    assert not list(tmp_path.glob("*.zip")), "nothing is written before it is allowed and logged"
    said = make(kept, number, tmp_path)
    file = tmp_path / f"{number}.zip"
    assert (said.exit_code, f"{file}: 11 parts" in said.output) == (0, True), said.output
    assert file.stat().st_mode & 0o777 == 0o600
    again = tmp_path / "again.zip"
    make(kept, number, again)
    assert again.read_bytes() == file.read_bytes()
    with pytest.raises(CannotWrite, match="never overwritten"):
        make(kept, number, again)
    alone = run("archive", "verify", str(file))
    assert (alone.exit_code, f"is whole: {number}, 山亭区政务服务大厅, 11 parts" in alone.output) == (0, True)
    known = run("archive", "verify", str(file), "--hall", str(kept.place.path))
    assert (known.exit_code, "made by 90 on " in known.output) == (0, True)


@pytest.mark.rule("R40")
def test_a_bundle_whose_index_was_written_anew_is_whole_and_yet_unknown_to_the_chain(
    kept: Kept, tmp_path: Path
) -> None:
    number = kept.at_desk(archived)
    kept.serve(hours=1)
    make(kept, number, tmp_path)
    file = tmp_path / f"{number}.zip"
    with zipfile.ZipFile(file) as packed:
        held = {name: packed.read(name) for name in packed.namelist() if name != bundle.INDEX}
    held["case.json"] = held["case.json"].replace("李䶮".encode(), "李龑".encode())
    index = bundle.check(file.read_bytes()).index
    assert index is not None
    parts = tuple(bundle.part(one.name, one.title, held[one.name]) for one in index.parts)
    forged = tmp_path / "forged.zip"
    forged.write_bytes(bundle.pack(bundle.Index(**{**_fields(index), "parts": parts}), held))
    assert run("archive", "verify", str(forged)).exit_code == 0
    said = run("archive", "verify", str(forged), "--hall", str(kept.place.path))
    assert (said.exit_code, "knows no bundle with this index" in said.output) == (1, True)


@pytest.mark.rule("R40", "R71")
def test_what_the_hub_does_not_allow_is_not_written(kept: Kept, tmp_path: Path) -> None:
    number = kept.at_desk(archived)
    kept.hold("90", "task_force")
    kept.serve(hours=1)
    with pytest.raises(NotTaken, match="not_permitted"):
        make(kept, number, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.rule("R40")
def test_what_is_wrong_is_named_and_ends_with_one(kept: Kept, tmp_path: Path) -> None:
    number = kept.at_desk(archived)
    kept.serve(hours=1)
    make(kept, number, tmp_path)
    file = tmp_path / f"{number}.zip"
    content = bytearray(file.read_bytes())
    content[content.index(b"%PDF-1.7") + 3000] ^= 1
    file.write_bytes(content)
    said = run("archive", "verify", str(file))
    assert (said.exit_code, "attachments/01.pdf (佐证材料：材料.pdf) is damaged" in said.output) == (1, True)
    with pytest.raises(CannotRead, match="is that where it is"):
        run("archive", "verify", str(tmp_path / "none.zip"))


def test_an_open_case_no_case_and_no_folder_are_said_before_anybody_is_asked(kept: Kept, tmp_path: Path) -> None:
    number = kept.at_desk(lambda desk: desk.file().case_number)
    with pytest.raises(NotArchived, match="archive it at the counter first"):
        make(kept, number, tmp_path)
    with pytest.raises(NotArchived, match="is the number complete"):
        make(kept, "370406", tmp_path)
    with pytest.raises(CannotWrite, match="no folder"):
        make(kept, number, tmp_path / "nowhere" / "case.zip")


def _fields(one: bundle.Index) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__struct_fields__}
