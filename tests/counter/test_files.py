"""Files of the computer: what can be chosen, and saving that never overwrites and that only its owner reads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counter import files
from counter.files import FileTrouble
from hub.domain.attachment import SIZE_AT_MOST


def test_only_folders_and_what_can_be_taken_are_listed_newest_first(tmp_path: Path) -> None:
    (tmp_path / "其他").mkdir()
    (tmp_path / ".cache").mkdir()
    for number, name in enumerate(["a.PDF", "b.jpeg", "c.docx", ".d.png", "e.png"]):
        (tmp_path / name).write_bytes(b"x" * number)
        os.utime(tmp_path / name, (number, number))
    assert [one.path.name for one in files.listing(tmp_path)] == ["其他", "e.png", "b.jpeg", "a.PDF"]


def test_a_folder_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="No such file"):
        files.listing(tmp_path / "none")


def test_a_file_too_large_to_be_taken_is_marked(tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(SIZE_AT_MOST + 1)
    assert files.listing(tmp_path)[0].too_large


def test_sticks_come_before_home() -> None:
    home = Path("/home/wang")
    found = files.places(home, ["/", "/proc", "/media/wang/䶮的U盘", "/mnt/backup", "/run/media/wang/CARD"])
    assert [str(one.path) for one in found] == ["/media/wang/䶮的U盘", "/run/media/wang/CARD", "/home/wang"]
    assert [one.removable for one in found] == [True, True, False]


@pytest.mark.rule("R71")
def test_a_saved_paper_is_its_owner_s_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        files.save_new(tmp_path / "投诉.pdf", b"paper")
    finally:
        os.umask(before)
    assert (tmp_path / "投诉.pdf").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["投诉.pdf"]


@pytest.mark.rule("R71")
def test_nothing_is_saved_over_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "投诉.pdf").write_bytes(b"older")
    with pytest.raises(FileExistsError):
        files.save_new(tmp_path / "投诉.pdf", b"newer")
    assert (tmp_path / "投诉.pdf").read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir()] == ["投诉.pdf"]
    assert files.free_name(tmp_path, "投诉.pdf").name == "投诉（2）.pdf"


def test_a_disk_without_links_is_saved_to_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_one: object, _other: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    files.save_new(tmp_path / "a.pdf", b"paper")
    assert (tmp_path / "a.pdf").read_bytes() == b"paper"
    with pytest.raises(FileExistsError):
        files.save_new(tmp_path / "a.pdf", b"other")
    assert (tmp_path / "a.pdf").read_bytes() == b"paper"


def test_a_folder_that_is_gone_is_a_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        files.save_new(tmp_path / "none" / "a.pdf", b"paper")
