"""Drafts: there again after closing, unreadable on the disk, gone when dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.drafts import Drafts, DraftUnreadable
from counter.steps.shape import Draft

NUMBER = "430621-20261123-0007-4"
HALF = Draft({"text": "请带䶮𠮷的户口本，窗口當天換發", "department": "registry-1"})


def test_a_half_typed_reply_is_there_after_closing(tmp_path: Path) -> None:
    first = Drafts(tmp_path)
    first.keep(NUMBER, "reply", HALF)
    first.close()
    again = Drafts(tmp_path)
    assert again.find(NUMBER, "reply") == HALF
    again.close()


def test_drafts_are_apart_by_case_and_action(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(NUMBER, "reply", HALF)
    assert drafts.find(NUMBER, "dispatch") == Draft()
    assert drafts.find("430621-20261123-0008-2", "reply") == Draft()
    drafts.close()


def test_a_sent_draft_is_gone_and_so_is_one_that_was_emptied(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(NUMBER, "reply", HALF)
    drafts.drop(NUMBER, "reply")
    drafts.keep(NUMBER, "dispatch", HALF)
    drafts.keep(NUMBER, "dispatch", Draft())
    assert [drafts.find(NUMBER, "reply"), drafts.find(NUMBER, "dispatch")] == [Draft(), Draft()]
    drafts.close()


@pytest.mark.rule("R69")
def test_neither_text_nor_case_number_stands_on_the_disk(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(NUMBER, "reply", HALF)
    written = b"".join(file.read_bytes() for file in sorted(tmp_path.iterdir()))
    drafts.close()
    assert HALF.text("text").encode() not in written
    assert "换".encode() not in written
    assert NUMBER.encode() not in written
    assert len(written) > 1000


def test_only_their_owner_reads_the_files(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(NUMBER, "reply", HALF)
    assert {oct(file.stat().st_mode & 0o077) for file in tmp_path.iterdir()} == {"0o0"}
    drafts.close()


def test_a_draft_of_another_key_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(NUMBER, "reply", HALF)
    drafts.close()
    (tmp_path / "drafts.key").write_bytes(bytes(32))
    other = Drafts(tmp_path)
    with pytest.raises(DraftUnreadable, match=r"drafts\.db"):
        other.find(NUMBER, "reply")
    other.close()
