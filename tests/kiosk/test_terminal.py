"""The kiosk without its window: sessions, paper, and what reaches whom."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from hub.wire.messages import Done, FileComplaint, PrintSlips, ReportHealth
from kiosk.modes import Modes
from kiosk.offline import OfflineSeries
from kiosk.outbox import OutboxError
from kiosk.patience import QUIET_S
from kiosk.session import NotInThisStep
from tests.factories import a_hall
from tests.kiosk.bare_kiosk import Kiosk, kiosk as kiosk
from tests.kiosk.filing_desk import accepted
from tests.kiosk.test_session import at_check


def test_screen_and_paper_have_secrets_of_their_own(kiosk: Kiosk) -> None:
    kiosk.submitted()
    complaint = kiosk.hub.of(FileComplaint)[0][1]
    assert isinstance(complaint, FileComplaint)
    assert complaint.on_screen is not None
    assert complaint.on_screen.token != complaint.on_paper.token


def test_a_second_touch_on_submit_makes_no_second_complaint(kiosk: Kiosk) -> None:
    kiosk.submitted()
    with pytest.raises(NotInThisStep):
        kiosk.terminal.submit()
    assert len(kiosk.hub.of(FileComplaint)) == 1


def test_the_answer_and_the_printers_word_reach_the_citizen_who_stands_there(kiosk: Kiosk) -> None:
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    kiosk.paper.say(command_id, "queued", "paper_out")
    kiosk.terminal.poll()
    filed = kiosk.terminal.session.filed
    assert filed is not None
    assert (filed.answer, filed.printed, filed.trouble) == (accepted(), "queued", "paper_out")
    kiosk.paper.say(f"{command_id}/ab12", "confirmed")
    kiosk.terminal.poll()
    assert kiosk.terminal.session.filed is not None
    assert (kiosk.terminal.session.filed.printed, kiosk.terminal.session.filed.trouble) == ("confirmed", "")


def test_the_next_citizen_sees_nothing_of_the_one_before_and_the_receipt_still_prints(kiosk: Kiosk) -> None:
    command_id = kiosk.submitted()
    kiosk.terminal.begin()
    changes: list[str] = []
    kiosk.terminal.changed = lambda: changes.append("changed")
    kiosk.hub.answer(command_id, accepted())
    kiosk.paper.say(command_id, "confirmed")
    kiosk.terminal.poll()
    assert changes == []
    assert kiosk.terminal.session.filed is None
    assert kiosk.paper.jobs == [command_id]


def test_a_printers_report_is_off_the_spool_only_when_the_hub_answered_it(kiosk: Kiosk) -> None:
    report = kiosk.paper.say("0a" * 16, "confirmed")
    kiosk.terminal.poll()
    assert kiosk.paper.told == []
    kiosk.hub.answer(report.command_id, Done())
    assert kiosk.paper.told == [report]


def test_calling_staff_is_a_trouble_in_the_next_report_of_health(kiosk: Kiosk) -> None:
    heard: list[str] = []
    kiosk.terminal.call_staff(lambda: heard.append("heard"))
    kiosk.terminal.poll()
    command_id, report = kiosk.hub.of(ReportHealth)[0]
    assert report == ReportHealth(troubles=("staff_called",), outbox=0)
    kiosk.hub.answer(command_id, Done())
    assert heard == ["heard"]


def test_what_waits_for_the_hub_is_reported(kiosk: Kiosk) -> None:
    kiosk.submitted()
    kiosk.terminal.poll()
    assert kiosk.hub.of(ReportHealth)[0][1] == ReportHealth(troubles=(), outbox=1)


@pytest.mark.rule("R67")
def test_an_outbox_that_fails_puts_the_kiosk_out_of_service_and_tells_staff(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutboxError("the disk is full")

    monkeypatch.setattr(kiosk.outbox, "put", full)
    at_check(kiosk.terminal.session)
    with pytest.raises(OutboxError):
        kiosk.terminal.submit()
    assert kiosk.hub.of(FileComplaint) == []
    assert kiosk.terminal.fault == "outbox_failed"
    kiosk.terminal.poll()
    assert kiosk.hub.of(ReportHealth)[0][1] == ReportHealth(troubles=("outbox_failed",), outbox=0)


def last_troubles(kiosk: Kiosk) -> tuple[str, ...]:
    """What the kiosk tells of itself next, its last word answered."""
    kiosk.terminal.poll()
    command_id, report = kiosk.hub.of(ReportHealth)[-1]
    assert isinstance(report, ReportHealth)
    kiosk.hub.due.append((command_id, Done()))
    return report.troubles


def test_a_spool_and_an_outbox_that_fail_in_the_middle_of_a_poll_end_nothing(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutboxError("the disk is full")

    command_id = kiosk.submitted()
    report = kiosk.paper.say("0a" * 16, "confirmed")
    assert last_troubles(kiosk) == ()
    kiosk.paper.broken = True
    kiosk.hub.due += [(command_id, accepted()), (report.command_id, Done())]
    assert last_troubles(kiosk) == ("spool_failed",)
    with monkeypatch.context() as broken:
        for name in ("answered", "count"):
            broken.setattr(kiosk.outbox, name, full)
        kiosk.now_s = 60.0
        assert last_troubles(kiosk) == ("spool_failed",)
        assert last_troubles(kiosk) == ("outbox_failed", "spool_failed")
        assert kiosk.hub.of(ReportHealth)[-1][1].outbox == 1  # type: ignore[attr-defined]
    kiosk.paper.broken = False
    kiosk.hub.due += [(command_id, accepted()), (report.command_id, Done())]
    assert last_troubles(kiosk) == ("outbox_failed",)  # until it could be counted again
    assert kiosk.paper.jobs == [command_id]
    assert kiosk.paper.told == [report]
    assert last_troubles(kiosk) == ()
    assert kiosk.hub.of(ReportHealth)[-1][1] == ReportHealth(troubles=(), outbox=0)


@pytest.mark.rule("R65")
def test_a_block_of_slips_that_cannot_be_read_keeps_no_citizen_from_complaining(tmp_path: Path) -> None:
    path = tmp_path / "outbox.db"
    Kiosk(path).outbox.close()
    with sqlite3.connect(path) as damaged:
        damaged.execute("INSERT INTO slip_block VALUES (1, x'00')")
    kiosk = Kiosk(path)
    assert kiosk.terminal.fault == ""
    assert not kiosk.terminal.blocks.is_usable
    kiosk.terminal.blocks.ask("general", 20, "c" * 32)
    assert kiosk.hub.of(PrintSlips) == []
    assert kiosk.submitted()
    kiosk.outbox.close()


def test_what_a_printers_worker_cannot_write_is_told_as_a_trouble(kiosk: Kiosk) -> None:
    kiosk.paper.spool_failed = True
    assert last_troubles(kiosk) == ("spool_failed",)


def test_with_a_broken_spool_complaints_go_out_and_staff_are_told(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path / "outbox.db", with_paper=False, troubles=frozenset({"spool_unusable"}))
    command_id = kiosk.submitted()
    assert kiosk.terminal.fault == ""
    assert kiosk.terminal.paper is None
    assert last_troubles(kiosk) == ("spool_unusable",)
    kiosk.hub.answer(command_id, accepted())
    assert kiosk.outbox.waiting() == []
    kiosk.outbox.close()


def test_since_is_offered_in_the_citizen_s_language(kiosk: Kiosk) -> None:
    kept = ("today", "2026-11", "2026-10", "2026-09", "before 2026-09")
    assert kiosk.terminal.since() == tuple(zip(("今天", "11月", "10月", "9月", "更早"), kept, strict=True))
    kiosk.terminal.switch(Modes(language="en"))
    shown = ("Today", "November", "October", "September", "Earlier")
    assert kiosk.terminal.since() == tuple(zip(shown, kept, strict=True))


def test_the_epoch_that_the_picture_says_is_heard_at_each_poll(kiosk: Kiosk) -> None:
    kiosk.hub.picture.epoch = "e" * 32
    kiosk.terminal.poll()
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    kiosk.hub.picture.epoch = "f" * 32
    kiosk.terminal.poll()
    again = kiosk.hub.of(FileComplaint)
    assert [one for one, _ in again] == [command_id, command_id]
    assert kiosk.paper.jobs == [command_id]


def test_an_outbox_that_cannot_be_read_in_a_new_epoch_is_said_to_staff_until_it_can(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> list[object]:
        raise OutboxError("the disk is away")

    kiosk.hub.picture.epoch = "e" * 32
    with monkeypatch.context() as away:
        away.setattr(kiosk.outbox, "kept", broken)
        kiosk.terminal.poll()
    assert kiosk.hub.of(ReportHealth)[-1][1] == ReportHealth(troubles=("outbox_failed",))
    kiosk.hub.answer(kiosk.hub.of(ReportHealth)[-1][0], Done())
    kiosk.terminal.poll()
    assert kiosk.hub.of(ReportHealth)[-1][1] == ReportHealth()


def test_with_speech_on_a_citizen_has_two_minutes_and_the_next_one_begins_with_one(kiosk: Kiosk) -> None:
    terminal = kiosk.terminal
    terminal.switch(terminal.modes.switched("speech"))
    assert terminal.patience.mood(QUIET_S) == "calm"
    terminal.begin()
    assert terminal.patience.mood(QUIET_S) == "warning"


def test_a_mistake_of_ours_is_told_to_staff_and_a_second_one_puts_the_kiosk_out_of_service(kiosk: Kiosk) -> None:
    assert not kiosk.terminal.stumble()
    assert kiosk.terminal.fault == ""
    assert last_troubles(kiosk) == ("kiosk_stumbled",)
    kiosk.now_s = 300.0
    kiosk.terminal.poll()
    assert last_troubles(kiosk) == ()
    assert not kiosk.terminal.stumble()
    assert kiosk.terminal.stumble()
    assert kiosk.terminal.fault == "kiosk_stumbled"


def test_while_the_hub_is_away_the_citizen_reads_the_kiosk_s_own_number_and_sees_no_other(tmp_path: Path) -> None:
    hall = a_hall()
    kiosk = Kiosk(tmp_path / "outbox.db", series=OfflineSeries.of(hall, hall.terminal("kiosk-1")))
    command_id = kiosk.submitted()
    kiosk.terminal.poll()
    filed = kiosk.terminal.session.filed
    assert filed is not None
    assert filed.numbers == ("K001", "370406-20261123-011001-5")
    kiosk.hub.answer(command_id, accepted())
    assert kiosk.terminal.session.filed is not None
    assert kiosk.terminal.session.filed.numbers == ("K001", "370406-20261123-011001-5")
    assert kiosk.paper.jobs == [command_id]
    kiosk.outbox.close()
