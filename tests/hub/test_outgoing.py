"""What may be written where, and by whom it may be read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from hub import outgoing
from hub.outgoing import CannotWrite


def test_nothing_is_written_over_into_nowhere_or_under_another_ending(tmp_path: Path) -> None:
    there = tmp_path / "a.docx"
    there.write_text("older")
    with pytest.raises(CannotWrite, match=r"a\.docx exists, and a paper is never overwritten; give another name"):
        outgoing.must_be_new(there, "a paper")
    with pytest.raises(CannotWrite, match=r"there is no folder .*none; make it first"):
        outgoing.must_be_new(tmp_path / "none" / "a.docx", "a paper")
    with pytest.raises(CannotWrite, match=r"a\.pdf does not end with \.docx; name it"):
        outgoing.must_be_new(tmp_path / "a.pdf", "a paper", (".docx",))
    with pytest.raises(CannotWrite, match=r"does not end with \.xlsx or \.docx; name it"):
        outgoing.must_be_new(tmp_path / "a.pdf", "a report", {".xlsx": 1, ".docx": 2})
    outgoing.must_be_new(tmp_path / "b.docx", "a paper", (".docx",))


@pytest.mark.rule("R71")
def test_who_took_it_alone_may_read_it(tmp_path: Path) -> None:
    outgoing.write(tmp_path / "a.zip", b"case")
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600
    assert (tmp_path / "a.zip").read_bytes() == b"case"


def test_a_file_that_came_meanwhile_and_a_disk_that_takes_nothing_are_said(tmp_path: Path) -> None:
    there = tmp_path / "a.zip"
    there.write_bytes(b"older")
    with pytest.raises(CannotWrite, match=r"could not be written \(File exists\)") as told:
        outgoing.write(there, b"case")
    assert (there.read_bytes(), told.value.code) == (b"older", "cannot_write")
    with pytest.raises(CannotWrite, match="free its disk or name another"):
        outgoing.write(there / "in a file" / "a.zip", b"case")
