from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from hub.wire.messages import LookupSecrets, ReplacePaperCode, ReportPrint
from printers.errors import JobMoveNotAllowed, RowUnreadable, SpoolUnusable, UnknownJob
from printers.jobs import MOVES
from printers.sealing import Sealer
from printers.spool import REPRINTS_AT_MOST, Report, Spool
from tests.printers import factories

KEY = bytes(range(32))
RECEIPT = factories.receipt()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk" / "spool.db"


def open_spool(path: Path, key: bytes = KEY, **more: object) -> Spool:
    return Spool(path, key, **more)  # type: ignore[arg-type]


def test_the_same_job_twice_is_one_job(path: Path) -> None:
    spool = open_spool(path)
    assert spool.add("job-1", RECEIPT)
    assert not spool.add("job-1", RECEIPT)
    spool.move("job-1", "send")
    assert not spool.add("job-1", RECEIPT)
    assert spool.next_queued() is None
    spool.close()


def test_jobs_come_in_the_order_they_were_added(path: Path) -> None:
    spool = open_spool(path)
    for job_id in ("b", "a", "c"):
        spool.add(job_id, RECEIPT)
    order = []
    while job := spool.next_queued():
        order.append(job.job_id)
        spool.move(job.job_id, "send")
    assert order == ["b", "a", "c"]
    spool.close()


def test_a_job_outlives_the_program_whole(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", factories.longest_receipt())
    spool.close()
    again = open_spool(path)
    job = again.next_queued()
    assert job is not None
    assert job.paper == factories.longest_receipt()
    again.close()


def test_every_move_is_reported_in_the_same_breath(path: Path) -> None:
    heard: list[Report] = []
    spool = open_spool(path, on_report=heard.append)
    spool.add("job-1", RECEIPT)
    spool.trouble("job-1", "paper_out")
    spool.move("job-1", "send")
    spool.move("job-1", "confirm")
    number = RECEIPT.case_number
    assert [report.command for report in heard] == [
        ReportPrint(job_id="job-1", case_number=number, state="queued", detail="paper_out"),
        ReportPrint(job_id="job-1", case_number=number, state="sent"),
        ReportPrint(job_id="job-1", case_number=number, state="confirmed"),
    ]
    assert spool.reports() == tuple(heard)
    spool.close()


def test_reports_stay_until_the_hub_has_answered_them(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    spool.move("job-1", "send")
    spool.move("job-1", "confirm")
    sent, confirmed = spool.reports()
    spool.delivered(sent.place)
    spool.close()
    again = open_spool(path)
    assert again.reports() == (confirmed,)
    again.close()


def test_an_unknown_job_comes_again_marked_with_fresh_keys_and_the_lost_ones_are_told_to_die(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    spool.move("job-1", "send")
    keys = factories.fresh_keys()
    again = spool.lose("job-1", "connection_lost", keys)
    assert again is not None
    assert spool.job("job-1").state == "unknown"
    assert spool.next_queued() == again
    assert again.paper == RECEIPT.reprinted(keys)
    _, unknown, replaced = (report.command for report in spool.reports())
    assert unknown == ReportPrint(
        job_id="job-1", case_number=RECEIPT.case_number, state="unknown", detail="connection_lost"
    )
    assert replaced == ReplacePaperCode(
        case_number=RECEIPT.case_number,
        lost=RECEIPT.keys.token,
        on_paper=LookupSecrets(token=keys.token, typed=keys.typed),
    )
    spool.close()


def test_a_reprint_that_is_lost_too_is_not_printed_for_ever(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    spool.move("job-1", "send")
    again = spool.lose("job-1", "printer_silent", factories.fresh_keys())
    assert again is not None
    spool.move(again.job_id, "send")
    assert spool.lose(again.job_id, "printer_silent", factories.fresh_keys()) is None
    assert spool.next_queued() is None
    spool.close()


def test_a_reprint_whose_program_is_killed_comes_again_with_the_mark_and_fresh_keys_a_few_times(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    marks = []
    while (job := spool.next_queued()) and len(marks) < 9:
        marks.append(job.paper.reprint)
        spool.move(job.job_id, "send")
        spool.close()
        spool = open_spool(path)
        (left,) = spool.sent()
        again = spool.lose(left.job_id, "interrupted", keys := factories.fresh_keys())
        assert again is None or again.paper == RECEIPT.reprinted(keys)
    assert marks == [False] + [True] * REPRINTS_AT_MOST
    live = {RECEIPT.keys.token}
    for told in (report.command for report in spool.reports()):
        if isinstance(told, ReplacePaperCode):
            live = live - {told.lost} | {told.on_paper.token}
    assert len(live) == 1, "each lost paper's code dies, and the last one lives"
    spool.close()


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_line_stays_torn_through_any_number_of_programs_until_a_paper_is_whole(path: Path, confirmed: bool) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    assert not spool.torn
    spool.move("job-1", "send")
    assert spool.torn
    again = spool.lose("job-1", "interrupted", factories.fresh_keys())
    assert again is not None
    for _ in range(2):
        spool.close()
        spool = open_spool(path)
        assert spool.torn, "the next program has settled the job and not parted the papers"
    spool.move(again.job_id, "send")
    if confirmed:
        spool.move(again.job_id, "confirm")
    else:
        spool.move(again.job_id, "lose", "unconfirmed")
    spool.close()
    spool = open_spool(path)
    assert not spool.torn
    spool.close()


def test_a_move_that_the_table_does_not_have_is_refused_and_changes_nothing(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    with pytest.raises(JobMoveNotAllowed):
        spool.move("job-1", "confirm")
    assert spool.job("job-1").state == "queued"
    assert spool.reports() == ()
    spool.close()


def test_no_move_leads_back_from_what_was_sent_to_what_waits() -> None:
    assert all(after != "queued" for after in MOVES.values())


def test_a_job_that_nobody_added_is_an_error(path: Path) -> None:
    spool = open_spool(path)
    with pytest.raises(UnknownJob):
        spool.move("job-9", "send")
    spool.close()


def test_nothing_on_the_disk_can_be_read_without_the_key(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    spool.move("job-1", "send")
    spool.lose("job-1", "interrupted", factories.fresh_keys())
    spool.close()
    files = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert RECEIPT.keys.token.encode() not in files
    assert RECEIPT.case_number.encode() not in files
    assert RECEIPT.matter.encode() not in files
    assert path.stat().st_mode & 0o077 == 0


def test_another_key_is_noticed_when_the_spool_is_opened(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    spool.close()
    with pytest.raises(SpoolUnusable, match="key"):
        open_spool(path, bytes(32))


def test_a_sealed_row_cannot_be_moved_to_another_job(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    spool.add("job-2", factories.longest_receipt())
    spool.close()
    database = sqlite3.connect(path)
    database.execute("UPDATE job SET receipt = (SELECT receipt FROM job WHERE job_id = 'job-2') WHERE job_id = 'job-1'")
    database.commit()
    database.close()
    again = open_spool(path)
    with pytest.raises(RowUnreadable):
        again.job("job-1")
    again.close()


def damage(path: Path, job_id: str) -> None:
    database = sqlite3.connect(path)
    database.execute("UPDATE job SET receipt = x'00112233445566778899aabbccddeeff' WHERE job_id = ?", (job_id,))
    database.commit()
    database.close()


def test_a_waiting_job_whose_row_cannot_be_opened_fails_and_the_next_one_comes(path: Path) -> None:
    spool = open_spool(path)
    for job_id in ("a", "b"):
        spool.add(job_id, RECEIPT)
    spool.close()
    damage(path, "a")
    again = open_spool(path)
    job = again.next_queued()
    assert job is not None
    assert job.job_id == "b"
    assert [report.command for report in again.reports()] == [
        ReportPrint(job_id="a", case_number="", state="failed", detail="row_unreadable")
    ]
    again.close()


def test_a_sent_job_whose_row_cannot_be_opened_is_unknown_even_when_it_is_the_newest(path: Path) -> None:
    spool = open_spool(path)
    for job_id in ("a", "b"):
        spool.add(job_id, RECEIPT)
    spool.move("b", "send")
    spool.close()
    damage(path, "b")
    again = open_spool(path)
    assert again.sent() == ()
    assert again.reports()[-1].command == ReportPrint(
        job_id="b", case_number="", state="unknown", detail="row_unreadable"
    )
    again.close()


def test_a_report_that_cannot_be_opened_does_not_keep_the_others_back(path: Path) -> None:
    spool = open_spool(path)
    spool.add("a", RECEIPT)
    spool.move("a", "send")
    spool.move("a", "confirm")
    spool.close()
    database = sqlite3.connect(path)
    database.execute("UPDATE report SET body = x'00' WHERE place = 1")
    database.commit()
    database.close()
    again = open_spool(path)
    assert [report.place for report in again.reports()] == [2]
    again.close()


def test_two_programs_cannot_hold_one_spool(path: Path) -> None:
    spool = open_spool(path)
    with pytest.raises(SpoolUnusable, match="another kiosk"):
        open_spool(path)
    spool.close()


def test_a_finished_jobs_receipt_is_forgotten_after_a_week_but_never_printed_again(path: Path) -> None:
    then = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    spool = open_spool(path, now=lambda: then)
    for job_id in ("done", "waiting"):
        spool.add(job_id, RECEIPT)
    spool.move("done", "send")
    spool.move("done", "confirm")
    spool.close()
    later = open_spool(path, now=lambda: then + dt.timedelta(days=8))
    assert later.job("waiting").state == "queued"
    with pytest.raises(UnknownJob):
        later.job("done")
    assert not later.add("done", RECEIPT)
    order = []
    while job := later.next_queued():
        order.append(job.job_id)
        later.move(job.job_id, "send")
    assert order == ["waiting"]
    later.close()


def test_a_spool_whose_receipts_are_all_forgotten_opens(path: Path) -> None:
    then = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    spool = open_spool(path, now=lambda: then)
    spool.add("done", RECEIPT)
    spool.move("done", "fail")
    spool.close()
    for days in (8, 800):
        later = open_spool(path, now=lambda days=days: then + dt.timedelta(days=days))
        assert not later.add("done", RECEIPT)
        later.close()


def fill_the_disk(spool: Spool) -> None:
    """The file may not grow by a page any more; SQLite then says what it says on a full disk."""
    (pages,) = spool._database.execute("PRAGMA page_count").fetchone()
    spool._database.execute(f"PRAGMA max_page_count = {pages}")


def free_the_disk(spool: Spool) -> None:
    spool._database.execute("PRAGMA max_page_count = 1000000")


def test_a_full_disk_is_said_and_changes_nothing_and_is_over_when_there_is_room(path: Path) -> None:
    heard: list[Report] = []
    spool = open_spool(path, on_report=heard.append)
    spool.add("job-1", RECEIPT)
    fill_the_disk(spool)
    with pytest.raises(SpoolUnusable, match="full"):
        spool.add("x" * 100_000, RECEIPT)
    with pytest.raises(SpoolUnusable, match="full"):
        spool.trouble("job-1", "x" * 100_000)
    assert spool.reports() == tuple(heard)
    free_the_disk(spool)
    assert spool.add("job-100", RECEIPT)
    assert spool.move("job-1", "send").state == "sent"
    spool.close()


def test_a_transaction_that_sqlite_rolled_back_itself_is_not_rolled_back_again(path: Path) -> None:
    spool = open_spool(path)

    def fails_on_a_full_disk() -> None:
        with spool._change():
            spool._database.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(SpoolUnusable, match="full"):
        fails_on_a_full_disk()
    assert spool.add("job-1", RECEIPT)
    spool.close()


def test_reading_what_can_not_be_read_is_an_error_of_the_spool(path: Path) -> None:
    spool = open_spool(path)
    spool._database.execute("ALTER TABLE job RENAME TO gone")
    spool._database.execute("ALTER TABLE report RENAME TO gone_too")
    for read in (spool.next_queued, spool.sent, spool.reports, lambda: spool.job("job-1")):
        with pytest.raises(SpoolUnusable):
            read()
    spool.close()


def test_a_folder_that_cannot_be_made_is_an_error_of_the_spool(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SpoolUnusable):
        open_spool(tmp_path / "file" / "spool.db")


def test_commits_are_durable(path: Path) -> None:
    spool = open_spool(path)
    (synchronous,) = spool._database.execute("PRAGMA synchronous").fetchone()
    (journal,) = spool._database.execute("PRAGMA journal_mode").fetchone()
    assert (synchronous, journal) == (2, "wal")
    spool.close()


def test_the_slip_of_a_number_comes_out_again_without_keys_and_its_report_names_no_case(path: Path) -> None:
    spool = open_spool(path)
    slip = factories.a_number()
    assert spool.add("job-1", slip)
    assert not spool.add("job-1", slip)
    spool.move("job-1", "send")
    again = spool.lose("job-1", "connection_lost", factories.fresh_keys())
    assert again is not None
    assert again.paper == replace(slip, reprint=True)
    assert [report.command for report in spool.reports()] == [
        ReportPrint(job_id="job-1", case_number="", state="sent"),
        ReportPrint(job_id="job-1", case_number="", state="unknown", detail="connection_lost"),
    ]
    spool.close()
    kept = open_spool(path)
    assert kept.next_queued() == again
    kept.close()


def test_a_receipt_that_an_earlier_program_kept_is_printed(path: Path) -> None:
    spool = open_spool(path)
    spool.add("job-1", RECEIPT)
    spool.close()
    old = msgspec.to_builtins(RECEIPT)
    del old["type"]
    sealed = Sealer(KEY)._cipher.encrypt(bytes(12), msgspec.msgpack.encode(old), b"job-1")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE job SET receipt = ?", (bytes(12) + sealed,))
    db.close()
    again = open_spool(path)
    job = again.next_queued()
    assert job is not None
    assert job.paper == RECEIPT
    again.close()
