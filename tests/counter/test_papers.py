"""What is done with papers: choosing, sending, looking, saving; and that nothing stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter.papers import Papers
from hub.domain.attachment import CHUNK_BYTES
from hub.wire import messages as m
from tests.counter.states import NUMBER, paper
from tests.counter.test_transfers import ID, Hub

PDF = b"%PDF-1.7\n" + b"x" * 1000 + b"\n%%EOF\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "书面投诉.pdf").write_bytes(PDF)
    (tmp_path / "假的.png").write_bytes(b"<html>")
    (tmp_path / "空的.pdf").write_bytes(b"")
    return tmp_path


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def stored() -> list[str]:
    return []


@pytest.fixture
def papers(home: Path, hub: Hub, stored: list[str]) -> Papers:
    made = Papers(hub.ask, lambda: None, lambda: stored.append("stored"), home)
    made.add(NUMBER, is_grievance=True, kind="written_form")
    made.go(home)
    return made


def choose(papers: Papers, name: str) -> None:
    papers.choose(next(one for one in papers.items if one.path.name == name))


@pytest.mark.rule("R12")
def test_a_chosen_file_goes_to_the_case_as_what_it_is_said_to_be(papers: Papers, hub: Hub, stored: list[str]) -> None:
    choose(papers, "书面投诉.pdf")
    papers.send()
    begun = hub.answer(m.AttachmentBegun(attachment_id=ID, chunk_bytes=CHUNK_BYTES))
    assert (begun.case_number, begun.kind, begun.name) == (NUMBER, "written_form", "书面投诉.pdf")
    assert hub.answer(m.Done()).data == PDF
    hub.answer(m.Done())
    assert stored == ["stored"]
    assert papers.sent == {(NUMBER, "written_form")}
    papers.forget()
    assert papers.sent == set()


@pytest.mark.parametrize(("name", "trouble"), [("假的.png", "not_taken"), ("空的.pdf", "empty")])
def test_what_cannot_be_taken_is_not_even_announced(papers: Papers, hub: Hub, name: str, trouble: str) -> None:
    choose(papers, name)
    papers.send()
    assert (papers.stage, papers.trouble, hub.asked) == ("choose", trouble, [])


def test_a_folder_that_cannot_be_read_leaves_one_where_one_was(papers: Papers, home: Path) -> None:
    papers.go(home / "none")
    assert (papers.folder, papers.trouble) == (home, "unreadable")


def fetched(papers: Papers, hub: Hub) -> None:
    papers.look(paper(1, "evidence", "书面投诉.pdf", "pdf", len(PDF)))
    hub.answer(m.AttachmentChunk(data=PDF, more=False))


@pytest.mark.rule("R71")
def test_looking_at_a_paper_writes_nothing_anywhere(papers: Papers, hub: Hub, home: Path) -> None:
    before = sorted(home.iterdir())
    fetched(papers, hub)
    assert papers.content == PDF
    papers.close()
    assert (papers.content, papers.stage) == (b"", "")
    assert sorted(home.iterdir()) == before


@pytest.mark.rule("R71")
def test_saving_where_there_is_such_a_file_proposes_another_name(papers: Papers, hub: Hub, home: Path) -> None:
    fetched(papers, hub)
    papers.save_as()
    papers.go(home)
    papers.name = "书面投诉.pdf"
    (home / "书面投诉.pdf").write_bytes(b"older")
    papers.save()
    assert (papers.trouble, papers.name, papers.saved) == ("exists", "书面投诉（2）.pdf", None)
    assert (home / "书面投诉.pdf").read_bytes() == b"older"
    papers.save()
    assert papers.saved == home / "书面投诉（2）.pdf"
    assert papers.saved.read_bytes() == PDF


@pytest.mark.parametrize("name", ["", "../a.pdf", "/etc/a.pdf", ".hidden"])
def test_a_name_stays_within_the_folder_that_is_shown(papers: Papers, hub: Hub, name: str) -> None:
    fetched(papers, hub)
    papers.save_as()
    papers.name = name
    papers.save()
    assert (papers.trouble, papers.saved) == ("no_name", None)


def test_going_back_forgets_and_stops_what_is_under_way(papers: Papers, hub: Hub, stored: list[str]) -> None:
    choose(papers, "书面投诉.pdf")
    papers.send()
    papers.back()
    hub.answer(m.AttachmentBegun(attachment_id=ID, chunk_bytes=CHUNK_BYTES))
    assert (hub.waiting, papers.stage, papers.transfer, stored) == ([], "", None, [])
