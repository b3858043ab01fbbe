"""From a confirmed complaint to the paper in the spool, whatever happens in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.wire.messages import Answer, Command, FileComplaint, PrintedNumber, Rejected
from kiosk.filing import ASK_AGAIN_S, Filing
from kiosk.outbox import Entry, Outbox, OutboxError
from kiosk.receipts import Receipts
from tests.factories import CASE_NUMBER, FILED_AT, a_complaint, a_hall, a_policy
from tests.kiosk.filing_desk import COMMAND_ID, KEY, Desk, FakeHub, Glass, accepted


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "outbox.db")
    yield desk
    desk.outbox.close()


def test_a_complaint_is_in_the_outbox_before_it_is_sent(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", KEY)
    at_sending: list[int] = []

    def send(_command: Command, _then: Callable[[Answer], None], _command_id: str) -> None:
        at_sending.append(len(outbox.waiting()))

    Filing(outbox, send, Receipts(None, a_hall(), a_policy()), Glass()).file(COMMAND_ID, a_complaint(), FILED_AT)
    assert at_sending == [1]
    outbox.close()


def test_what_cannot_be_made_durable_is_neither_sent_nor_promised(desk: Desk) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    with pytest.raises(OutboxError):
        desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    assert len(desk.hub.sent) == 1
    assert desk.filing.troubles == {"outbox_failed"}


def test_the_answer_puts_one_receipt_into_the_spool_and_the_row_waits_no_more(desk: Desk) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    assert desk.filing.waiting == 1
    desk.hub.answer(COMMAND_ID, accepted())
    assert [job for job, _ in desk.paper.jobs] == [COMMAND_ID]
    assert desk.paper.jobs[0][1].ticket_number == "F012"
    assert desk.filing.waiting == 0
    assert desk.glass.told == [(COMMAND_ID, accepted())]


def test_after_a_restart_the_same_complaint_goes_out_under_the_same_id(desk: Desk) -> None:
    complaint = a_complaint(text="第一次说缺契税完税证明")
    desk.filing.file(COMMAND_ID, complaint, FILED_AT)
    desk.restart()
    assert desk.hub.sent == [(COMMAND_ID, complaint)]
    desk.hub.answer(COMMAND_ID, accepted())
    desk.restart()
    assert desk.hub.sent == []


def test_killed_between_spool_and_mark_the_job_comes_again_under_the_same_id(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    monkeypatch.setattr(desk.outbox, "answered", _killed)
    with pytest.raises(KeyboardInterrupt):
        desk.hub.answer(COMMAND_ID, accepted())
    desk.restart()
    desk.hub.answer(COMMAND_ID, accepted())
    assert [job for job, _ in desk.paper.jobs] == [COMMAND_ID, COMMAND_ID]  # the spool takes an id once


def _killed(_entry: Entry) -> None:
    raise KeyboardInterrupt


def test_a_rejected_complaint_is_kept_and_staff_are_told_now_and_after_a_restart(desk: Desk) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, Rejected(code="too_long", text="text has at most 4000 characters"))
    assert desk.outbox.rejections() == {COMMAND_ID: "too_long"}
    assert desk.filing.troubles == {"complaint_rejected"}
    assert desk.paper.jobs == []
    desk.restart()
    assert desk.filing.troubles == {"complaint_rejected"}


def test_a_rejected_complaint_is_offered_once_more_at_each_start_and_may_be_accepted_then(desk: Desk) -> None:
    complaint = a_complaint(text="窗口说缺契税完税证明")
    desk.filing.file(COMMAND_ID, complaint, FILED_AT)
    desk.hub.answer(COMMAND_ID, Rejected(code="unknown_code", text="no matter 'transfer'"))
    desk.poll(0.0)
    desk.poll(ASK_AGAIN_S)
    assert len(desk.hub.sent) == 1
    desk.restart()
    assert desk.hub.sent == [(COMMAND_ID, complaint)]
    desk.hub.answer(COMMAND_ID, Rejected(code="unknown_code", text="still"))
    assert desk.outbox.rejections() == {COMMAND_ID: "unknown_code"}
    desk.restart()
    desk.hub.answer(COMMAND_ID, accepted())
    assert desk.outbox.rejections() == {}
    assert desk.filing.troubles == frozenset()
    assert [job for job, _ in desk.paper.jobs] == [COMMAND_ID]
    desk.restart()
    assert desk.hub.sent == []


@pytest.mark.parametrize("code", ["internal", "store_failed", "calendar_not_published", "a_code_of_a_newer_hub"])
def test_a_refusal_that_is_not_about_the_complaint_leaves_it_waiting_and_it_is_asked_again(
    desk: Desk, code: str
) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.poll(0.0)
    desk.hub.answer(COMMAND_ID, Rejected(code=code, text="its log says why"))
    assert desk.outbox.rejections() == {}
    assert desk.filing.waiting == 1
    assert desk.glass.told == []  # the citizen still reads that it is saved and being registered
    assert desk.filing.troubles == {"complaint_waits"}
    desk.poll(ASK_AGAIN_S - 1)
    assert len(desk.hub.sent) == 1
    desk.poll(ASK_AGAIN_S)
    desk.poll(ASK_AGAIN_S * 2)
    assert desk.hub.sent == [desk.hub.sent[0]] * 2
    desk.hub.answer(COMMAND_ID, accepted())
    assert desk.filing.waiting == 0
    assert desk.filing.troubles == frozenset()


def test_an_answer_that_cannot_be_noted_is_asked_for_again_while_the_kiosk_runs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_entry: Entry) -> None:
        raise OutboxError("the disk is full")

    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    with monkeypatch.context() as broken:
        broken.setattr(desk.outbox, "answered", full)
        desk.hub.answer(COMMAND_ID, accepted())
    assert desk.glass.told == [(COMMAND_ID, accepted())]
    assert desk.filing.troubles == {"outbox_failed"}
    assert desk.filing.waiting == 1
    desk.poll(0.0)
    desk.hub.answer(COMMAND_ID, accepted())
    assert desk.filing.waiting == 0
    assert desk.filing.troubles == frozenset()


def test_a_spool_that_had_no_room_is_tried_again_while_the_kiosk_runs(desk: Desk) -> None:
    desk.paper.broken = True
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    desk.paper.broken = False
    desk.poll(0.0)
    assert desk.filing.troubles == {"spool_failed"}
    desk.hub.answer(COMMAND_ID, accepted())
    assert [job for job, _ in desk.paper.jobs] == [COMMAND_ID]
    assert desk.filing.waiting == 0
    assert desk.filing.troubles == frozenset()


def test_a_spool_that_cannot_be_written_leaves_the_row_for_the_next_start(desk: Desk) -> None:
    desk.paper.broken = True
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    assert desk.glass.told == [(COMMAND_ID, accepted())]  # the citizen has the number all the same
    assert desk.filing.troubles == {"spool_failed"}
    desk.paper.broken = False
    desk.restart()
    desk.hub.answer(COMMAND_ID, accepted())
    assert [job for job, _ in desk.paper.jobs] == [COMMAND_ID]


def test_a_matter_that_the_hall_dropped_since_still_gets_its_paper(desk: Desk) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(matter="abolished", reasons=("abolished",)), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    assert desk.paper.jobs[0][1].case_number == CASE_NUMBER


def test_a_kiosk_without_a_printer_files_as_well(tmp_path: Path) -> None:
    hub, outbox = FakeHub(), Outbox(tmp_path / "outbox.db", KEY)
    filing = Filing(outbox, hub.send, Receipts(None, a_hall(), a_policy()), Glass())
    filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    hub.answer(COMMAND_ID, accepted())
    assert filing.waiting == 0
    outbox.close()


def test_answered_rows_older_than_seven_days_go_at_the_next_start(desk: Desk) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT - dt.timedelta(days=8))
    desk.hub.answer(COMMAND_ID, accepted())
    assert len(desk.outbox.kept()) == 1
    desk.restart()
    assert desk.outbox.kept() == []


def test_the_sent_command_is_the_complaint_itself(desk: Desk) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    assert isinstance(desk.hub.sent[0][1], FileComplaint)


# --- a hub that was restored from its backup

FIRST, RESTORED = "e" * 32, "f" * 32


def test_a_new_epoch_files_again_what_another_one_answered_under_the_number_of_its_paper(desk: Desk) -> None:
    complaint = a_complaint(text="窗口说缺契税完税证明")
    desk.filing.hear_epoch(FIRST)
    desk.filing.file(COMMAND_ID, complaint, FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    desk.filing.hear_epoch(FIRST)
    assert len(desk.hub.sent) == 1
    desk.filing.hear_epoch(RESTORED)
    paper = PrintedNumber(
        business_date=FILED_AT.date(), printed_at=FILED_AT, case_number=CASE_NUMBER, ticket_number="F012"
    )
    assert desk.hub.sent[1:] == [(COMMAND_ID, replace(complaint, printed_number=paper))]


def test_a_complaint_filed_again_prints_no_second_receipt_and_is_filed_once_an_epoch(desk: Desk) -> None:
    desk.filing.hear_epoch(FIRST)
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    desk.filing.hear_epoch(RESTORED)
    desk.hub.answer(COMMAND_ID, accepted())
    desk.filing.hear_epoch(RESTORED)
    desk.restart()
    desk.filing.hear_epoch(RESTORED)
    assert desk.hub.sent == []
    assert [job for job, _ in desk.paper.jobs] == [COMMAND_ID]


def test_a_kiosk_that_was_off_during_the_restore_files_again_all_the_same(desk: Desk) -> None:
    desk.filing.hear_epoch(FIRST)
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    desk.restart()
    desk.filing.hear_epoch("")
    assert desk.hub.sent == []
    desk.filing.hear_epoch(RESTORED)
    assert [command_id for command_id, _ in desk.hub.sent] == [COMMAND_ID]


def test_killed_before_the_restored_hub_answered_it_files_again_at_the_next_start(desk: Desk) -> None:
    desk.filing.hear_epoch(FIRST)
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    desk.filing.hear_epoch(RESTORED)
    desk.restart()
    desk.filing.hear_epoch(RESTORED)
    assert [command_id for command_id, _ in desk.hub.sent] == [COMMAND_ID]


def test_what_was_answered_before_the_epoch_was_known_is_filed_again_once(desk: Desk) -> None:
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    desk.filing.hear_epoch(FIRST)
    assert len(desk.hub.sent) == 2
    desk.hub.answer(COMMAND_ID, accepted())
    desk.restart()
    desk.filing.hear_epoch(FIRST)
    assert desk.hub.sent == []


def test_an_outbox_that_could_not_be_read_is_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[Entry]:
        raise OutboxError("the disk is away")

    desk.filing.hear_epoch(FIRST)
    desk.filing.file(COMMAND_ID, a_complaint(), FILED_AT)
    desk.hub.answer(COMMAND_ID, accepted())
    with monkeypatch.context() as away:
        away.setattr(desk.outbox, "kept", broken)
        with pytest.raises(OutboxError):
            desk.filing.hear_epoch(RESTORED)
    desk.filing.hear_epoch(RESTORED)
    assert len(desk.hub.sent) == 2
