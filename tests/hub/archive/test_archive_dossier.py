"""What stands in a case's bundle, and who may take one out."""

from __future__ import annotations

import io
import time
from typing import Any

import docx
import msgspec
import pytest

from hub.archive import bundle, dossier
from hub.archive.dossier import Dossier, NotArchived
from hub.store import schema
from hub.wire import messages as m
from tests.hub.archive.case import archived, closed, does
from tests.hub.desk import Desk, hold
from tests.hub.service.test_attachments import JPEG, PDF
from tests.hub.service.test_grievances import lodged

DIGEST = "0123456789abcdef" * 4


class Later:
    """A clock of another day, by which the files in a document would be dated."""

    localtime = staticmethod(time.localtime)
    time = staticmethod(lambda: 2_000_000_000.0)


def gathered(desk: Desk, number: str) -> Dossier:
    with desk.store.reading() as db:
        return dossier.gather(db, desk.books, number)


def decoded(found: Dossier, name: str) -> Any:
    return msgspec.json.decode(found.contents[name])


@pytest.mark.rule("R40")
def test_a_bundle_has_papers_events_approvals_the_chain_and_attachments_whole(desk: Desk) -> None:
    number = archived(desk)
    found = gathered(desk, number)
    assert [one.name for one in found.index.parts] == [
        *("approvals.json", "attachments/01.pdf", "attachments/02.jpeg", "case.json", "chain.json", "events.json"),
        *("index.html", "papers/acceptance.docx", "papers/cover.docx", "papers/ledger.html", "papers/transfer.docx"),
    ]
    assert (found.contents["attachments/01.pdf"], found.contents["attachments/02.jpeg"]) == (PDF, JPEG)
    assert (decoded(found, "case.json")["name"], decoded(found, "case.json")["phone"]) == ("李䶮", "13963200958")
    moves = [one["move"] for one in decoded(found, "events.json")["steps"]]
    assert moves == [
        *("file", "triage", "dispatch", "accept", "meet", "extend"),
        *("reply", "rate", "follow_up", "tell", "archive"),
    ]
    approvals = decoded(found, "approvals.json")
    assert [one["kind"] for one in approvals["facts"]] == ["MeetingHeld", "ExtensionAsked", "ExtensionGranted"]
    chain = {row.ordinal: row.hash.hex() for row in desk.rows(schema.audit)}
    links = decoded(found, "chain.json")
    assert {"FileComplaint", "DispatchCase", "DecideExtension", "ArchiveCase"} <= {one["kind"] for one in links}
    assert all(chain[one["ordinal"]] == one["hash"] for one in links)


@pytest.mark.rule("R40")
def test_what_the_document_wants_archived_is_named_with_where_it_stands(desk: Desk) -> None:
    found = gathered(desk, archived(desk))
    assert list(found.index.holds) == list(desk.policy.archive.holds.value)
    assert found.index.holds == {
        "ledger": ("papers/ledger.html",),
        "transfers": ("papers/transfer.docx",),
        "leader_notes": (),
        "feedback": ("events.json",),
        "briefs": (),
        "minutes": ("approvals.json",),
    }
    page = found.contents["index.html"].decode()
    for words in (
        "事项案卷",
        "卷内目录",
        "李䶮",
        "联席会议",
        "由档案馆出具证明。",
        "简报",
        "本案没有",
        "同意书或委托书：委托书.jpg",
    ):
        assert words in page
    paper = docx.Document(io.BytesIO(found.contents["papers/transfer.docx"]))
    said = "".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "请核。" in said


@pytest.mark.rule("R40", "R71")
def test_the_same_case_gives_the_same_bytes_though_somebody_looked_at_it_and_took_it_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = archived(desk)
    first = gathered(desk, number)
    desk.later(days=30)
    desk.ask("window-3", m.ReadCase(case_number=number))
    does(desk, "supervisor", m.ExportCase(case_number=number, digest=DIGEST))
    desk.reopen()
    monkeypatch.setattr("zipfile.time", Later)
    second = gathered(desk, number)
    assert bundle.pack(second.index, second.contents) == bundle.pack(first.index, first.contents)


@pytest.mark.rule("R40")
def test_an_open_case_and_none_at_all_have_no_bundle(desk: Desk) -> None:
    number = desk.file().case_number
    with pytest.raises(NotArchived, match=r"is filed: archive it at the counter first"):
        gathered(desk, number)
    with pytest.raises(NotArchived, match="there is no case nothing"):
        gathered(desk, "nothing")
    assert desk.ask("supervisor", m.ExportCase(case_number=number, digest=DIGEST)).code == "not_archived"


@pytest.mark.rule("R47", "R71")
def test_each_bundle_is_logged_with_who_took_it_and_its_digest_and_not_everybody_may(desk: Desk) -> None:
    number = archived(desk, papers=False)
    wanted = m.ExportCase(case_number=number, digest=DIGEST)
    assert desk.ask("department-tax", wanted).code == "not_permitted"
    hold(desk, "06", "clerk")
    assert desk.ask("window-3", wanted).code == "not_permitted"
    assert desk.ask("supervisor", m.ExportCase(case_number=number, digest="short")).code == "bad_digest"
    for _ in range(2):
        assert desk.ask("supervisor", wanted, "0" * 31 + "a") == m.Done()
    logged = [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "ExportCase"]
    assert logged == [("90", f"{number}/0123456789abcdef")] * 2


@pytest.mark.rule("R11", "R13", "R40")
def test_a_signed_grievance_leaves_with_who_follows_it_and_never_with_whom_it_is_about(desk: Desk) -> None:
    number = lodged(desk, ground="attitude", department="", name="王秀兰", respondent_staff="07")
    does(desk, "window-3", m.TriageCase(case_number=number, finding="情况属实。"))
    does(desk, "window-3", m.AnswerOnTheSpot(case_number=number, text="已批评教育。"))
    closed(desk, number)
    wanted = m.ExportCase(case_number=number, digest=DIGEST)
    assert desk.ask("window-1", wanted).code == "unknown_case"
    assert desk.ask("supervisor", wanted).code == "not_permitted", (
        "here the window follows it, and nobody else knows who"
    )
    assert desk.ask("window-3", wanted) == m.Done()
    found = gathered(desk, number)
    papers = [one.name for one in found.index.parts if one.name.startswith("papers/")]
    assert papers == ["papers/cover.docx"], "a 投诉 stands on no other paper"
    cover = docx.Document(io.BytesIO(found.contents["papers/cover.docx"]))
    shown = "".join(cell.text for table in cover.tables for row in table.rows for cell in row.cells)
    assert "投诉记录" in shown
    assert "王秀兰" not in shown
