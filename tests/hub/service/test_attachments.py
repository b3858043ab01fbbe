"""Papers of a case: taken whole, sealed, and read by who handles it."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from hub.domain.attachment import CHUNK_BYTES, EACH_CASE_AT_MOST, SIZE_AT_MOST
from hub.service import grievances
from hub.store import copying, schema
from hub.wire import messages as m
from tests.hub.desk import Desk, secrets_of

PDF = b"%PDF-1.7\n" + b"0" * (CHUNK_BYTES * 2 + 100) + b"\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"1" * 400 + b"\xff\xd9"


def begun(desk: Desk, number: str, content: bytes, terminal: str = "window-3", **changes: object) -> m.AttachmentBegun:
    values = {"kind": "evidence", "name": "材料.pdf", "size_bytes": len(content), **changes}
    sha256 = hashlib.sha256(content).hexdigest()
    return desk.ask(terminal, m.BeginAttachment(case_number=number, sha256=sha256, **values))


def send(desk: Desk, attachment_id: str, content: bytes, terminal: str = "window-3") -> None:
    for ordinal, at in enumerate(range(0, len(content), CHUNK_BYTES)):
        data = content[at : at + CHUNK_BYTES]
        chunk = m.SendChunk(attachment_id=attachment_id, ordinal=ordinal, data=data)
        assert desk.ask(terminal, chunk) == m.Done()


def attached(desk: Desk, number: str, content: bytes = PDF, terminal: str = "window-3", **changes: object) -> str:
    attachment_id = begun(desk, number, content, terminal, **changes).attachment_id
    send(desk, attachment_id, content, terminal)
    assert desk.ask(terminal, m.FinishAttachment(attachment_id=attachment_id)) == m.Done()
    return attachment_id


def read_whole(desk: Desk, attachment_id: str, terminal: str = "window-3") -> bytes:
    found, more = b"", True
    while more:
        chunk = desk.ask(terminal, m.ReadAttachment(attachment_id=attachment_id, ordinal=len(found) // CHUNK_BYTES))
        found, more = found + chunk.data, chunk.more
    return found


def test_what_was_attached_is_read_as_it_was_also_after_a_restart(desk: Desk) -> None:
    number = desk.file().case_number
    attachment_id = attached(desk, number)
    desk.reopen()
    assert read_whole(desk, attachment_id) == PDF
    (view,) = desk.ask("window-3", m.ReadCase(case_number=number)).attachments
    assert (view.attachment_id, view.name, view.media_type, view.size_bytes) == (
        attachment_id,
        "材料.pdf",
        "pdf",
        len(PDF),
    )


def test_a_backup_has_the_attachments(database: Path, tmp_path: Path) -> None:
    desk = Desk(database)
    desk.log_in("window-3", "06")
    attachment_id = attached(desk, desk.file("window-3").case_number)
    copying.copy_sqlite(database, tmp_path / "copy.db", lambda _done, _total: None)
    restored = desk.twin(tmp_path / "copy.db")
    assert read_whole(restored, attachment_id) == PDF
    restored.close()
    desk.close()


@pytest.mark.rule("R13", "R69")
def test_neither_its_name_nor_its_content_stands_readable_in_the_database(desk: Desk) -> None:
    attached(desk, desk.file().case_number, JPEG, name="王秀兰身份证.jpg")
    kept = [cell for table in schema.metadata.tables.values() for row in desk.rows(table) for cell in row]
    assert not any(b"1" * 100 in cell for cell in kept if isinstance(cell, bytes))
    assert "王秀兰" not in repr(kept)
    assert hashlib.sha256(JPEG).digest() not in kept


def test_an_upload_that_broke_off_goes_on_and_the_same_content_is_kept_once(desk: Desk) -> None:
    number = desk.file().case_number
    first = begun(desk, number, PDF)
    assert (first.have, first.chunk_bytes) == ((), CHUNK_BYTES)
    desk.ask(
        "window-3", m.SendChunk(attachment_id=first.attachment_id, ordinal=1, data=PDF[CHUNK_BYTES:][:CHUNK_BYTES])
    )
    assert begun(desk, number, PDF).have == (1,)
    attached(desk, number)
    again = begun(desk, number, PDF)
    assert (again.attachment_id, again.finished) == (first.attachment_id, True)
    late = m.SendChunk(attachment_id=first.attachment_id, ordinal=0, data=PDF[:CHUNK_BYTES])
    assert desk.ask("window-3", late).code == "attachment_finished"
    assert desk.count(schema.attachment) == 1


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00" + b"0" * 90, b"<html><script></script></html>", PDF[:300], JPEG[:-2], b"\xff\xd8 no picture"],
)
def test_only_whole_files_of_three_kinds_are_taken_whatever_their_name(desk: Desk, content: bytes) -> None:
    number = desk.file().case_number
    attachment_id = begun(desk, number, content, name="材料.pdf").attachment_id
    send(desk, attachment_id, content)
    assert desk.ask("window-3", m.FinishAttachment(attachment_id=attachment_id)).code == "bad_attachment"
    assert desk.ask("window-3", m.ReadCase(case_number=number)).attachments == ()
    assert desk.ask("window-3", m.ReadAttachment(attachment_id=attachment_id)).code == "unknown_attachment"


def test_what_is_not_as_announced_is_not_finished_until_it_is(desk: Desk) -> None:
    number = desk.file().case_number
    attachment_id = begun(desk, number, JPEG).attachment_id
    finish = m.FinishAttachment(attachment_id=attachment_id)
    assert desk.ask("window-3", finish).code == "attachment_damaged"
    send(desk, attachment_id, JPEG[:-3] + b"2" + JPEG[-2:])
    assert desk.ask("window-3", finish).code == "attachment_damaged"
    send(desk, attachment_id, JPEG)
    assert desk.ask("window-3", finish) == m.Done()


@pytest.mark.parametrize("size", [0, -1, SIZE_AT_MOST + 1])
def test_an_attachment_is_neither_empty_nor_too_large(desk: Desk, size: int) -> None:
    assert begun(desk, desk.file().case_number, JPEG, size_bytes=size).code == "bad_attachment"


def test_a_case_has_only_so_many_attachments(desk: Desk) -> None:
    number = desk.file().case_number
    for place in range(EACH_CASE_AT_MOST):
        assert isinstance(begun(desk, number, b"%d" % place), m.AttachmentBegun)
    assert begun(desk, number, JPEG).code == "bad_attachment"


@pytest.mark.parametrize(("ordinal", "length"), [(0, 10), (3, 100), (-1, CHUNK_BYTES), (2, CHUNK_BYTES)])
def test_a_chunk_of_another_place_or_length_is_refused(desk: Desk, ordinal: int, length: int) -> None:
    attachment_id = begun(desk, desk.file().case_number, PDF).attachment_id
    chunk = m.SendChunk(attachment_id=attachment_id, ordinal=ordinal, data=b"0" * length)
    assert desk.ask("window-3", chunk).code == "bad_attachment"


@pytest.mark.rule("R69", "R71")
def test_a_department_attaches_to_and_reads_of_its_own_cases_alone(desk: Desk) -> None:
    number = desk.dispatched("tax").case_number
    attachment_id = attached(desk, number, JPEG, "department-tax")
    assert read_whole(desk, attachment_id, "department-tax") == JPEG
    read = m.ReadAttachment(attachment_id=attachment_id)
    assert desk.ask("department-real-estate", read).code == "unknown_case"
    assert begun(desk, number, PDF, "department-real-estate").code == "unknown_case"


@pytest.mark.rule("R13")
def test_papers_of_who_asked_for_secrecy_are_not_shown_to_a_department(desk: Desk) -> None:
    number = desk.dispatched("tax", confidential=True).case_number
    attachment_id = attached(desk, number, JPEG)
    assert desk.ask("department-tax", m.ReadAttachment(attachment_id=attachment_id)).code == "unknown_attachment"
    assert desk.ask("department-tax", m.ReadCase(case_number=number)).attachments == ()


@pytest.mark.rule("R47")
def test_each_look_into_an_attachment_is_logged(desk: Desk) -> None:
    attachment_id = attached(desk, desk.file().case_number, JPEG)
    for _ in range(2):
        desk.ask("supervisor", m.ReadAttachment(attachment_id=attachment_id), "0" * 31 + "a")
    logged = [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "ReadAttachment"]
    assert logged == [("90", attachment_id)] * 2


@pytest.mark.rule("R12")
def test_a_major_grievance_goes_on_when_its_written_form_is_there(desk: Desk) -> None:
    number = lodged_as_major(desk)
    answer = m.AnswerOnTheSpot(case_number=number, text="已当面道歉。")
    attached(desk, number, JPEG, kind="evidence")
    assert desk.ask("window-3", answer).code == "not_written"
    attached(desk, number, PDF, kind="written_form")
    assert desk.ask("window-3", m.ReadCase(case_number=number)).grievance.written_at == desk.at
    assert desk.ask("window-3", answer) == m.Done()


def lodged_as_major(desk: Desk) -> str:
    """A 投诉 of 山亭 that has to be written as one of 大合坪 would."""
    told = m.LodgeGrievance(ground="attitude", text="态度差。", on_paper=secrets_of("major"), weight=("major",))
    number = desk.ask("window-3", told).case_number
    with desk.store.transaction() as tx:
        grievances.grievances.save(tx, desk.hall.code, number, must_be_written=True)
    return number


@pytest.mark.rule("R69")
def test_an_upload_that_nobody_finished_is_cleared_a_day_later_with_its_bytes_and_no_other(desk: Desk) -> None:
    number = desk.file().case_number
    left = begun(desk, number, PDF).attachment_id
    send(desk, left, PDF)
    whole = attached(desk, number, JPEG)
    desk.later(hours=10)
    fresh = begun(desk, number, PDF + b"2").attachment_id
    desk.later(hours=15)
    desk.turn_day(dt.date(2026, 11, 24))
    kept = {row.attachment_id for row in desk.rows(schema.attachment)}
    assert kept == {whole, fresh}
    assert {row.attachment_id for row in desk.rows(schema.chunk)} == {whole}
    assert read_whole(desk, whole) == JPEG
    assert desk.ask("window-3", m.FinishAttachment(attachment_id=left)).code == "unknown_attachment"
    assert begun(desk, number, PDF).attachment_id not in kept | {left}
