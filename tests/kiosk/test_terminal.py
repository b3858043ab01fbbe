"""The kiosk without its window: sessions, paper, and what reaches whom."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub.wire.messages import Answer, Command, Done, FileComplaint, ReportHealth, ReportPrint
from hub.wire.picture import Picture
from kiosk.modes import Modes
from kiosk.offline import OfflineSeries
from kiosk.outbox import Outbox, OutboxError
from kiosk.patience import QUIET_S
from kiosk.session import NotInThisStep
from kiosk.terminal import Terminal
from printers.errors import PrinterError, SpoolUnusable
from printers.receipt import ComplaintReceipt
from printers.spool import Report
from tests.factories import CASE_NUMBER, FILED_AT, a_hall, a_policy
from tests.kiosk.test_filing import KEY, FakeHub, accepted
from tests.kiosk.test_session import at_check


class Hub(FakeHub):
    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()
        self.heard_at: dt.datetime | None = None
        self.live = False
        self._numbers = itertools.count()
        self.due: list[tuple[str, Answer]] = []

    def send(self, command: Command, then: Callable[[Answer], None], command_id: str = "") -> str:
        return super().send(command, then, command_id or f"own-{next(self._numbers)}")

    def forget(self, command_id: str) -> None:
        self._then.pop(command_id, None)

    def poll(self) -> None:
        """Answers come when a test gives them, here or at once by `answer`."""
        due, self.due = self.due, []
        for command_id, answer in due:
            self.answer(command_id, answer)

    def of(self, kind: type) -> list[tuple[str, Command]]:
        return [(command_id, command) for command_id, command in self.sent if isinstance(command, kind)]


class Paper:
    def __init__(self) -> None:
        self.jobs: list[str] = []
        self.waiting: list[Report] = []
        self.told: list[Report] = []

        self.spool_failed = False
        self.broken = False

    def print(self, job_id: str, receipt: ComplaintReceipt) -> None:
        self._fails_when_broken()
        self.jobs.append(job_id)

    def reports(self, timeout_s: float = 0.0) -> list[Report]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def delivered(self, report: Report) -> None:
        self._fails_when_broken()
        self.told.append(report)

    def _fails_when_broken(self) -> None:
        if self.broken:
            raise SpoolUnusable("the disk is full")

    def say(self, job_id: str, state: str, detail: str = "") -> Report:
        command = ReportPrint(job_id=job_id, case_number=CASE_NUMBER, state=state, detail=detail)  # type: ignore[arg-type]
        report = Report(place=len(self.waiting) + 1, command_id="9" * 32, command=command)
        self.waiting.append(report)
        return report


class Kiosk:
    def __init__(
        self,
        path: Path,
        *,
        with_paper: bool = True,
        troubles: frozenset[str] = frozenset(),
        series: OfflineSeries | None = None,
    ) -> None:
        self.hub, self.paper, self.now_s = Hub(), Paper(), 0.0
        self.outbox = Outbox(path, KEY)
        counted = itertools.count(1)
        self.terminal = Terminal(
            a_hall(),
            a_policy(),
            self.hub,
            self.outbox,
            self.paper if with_paper else None,
            clock=lambda: FILED_AT,
            now_s=lambda: self.now_s,
            random_bytes=lambda size: bytes([next(counted)]) * size,
            troubles=troubles,
            series=series,
        )
        self.terminal.start()

    def submitted(self) -> str:
        """A submitted complaint's command id."""
        at_check(self.terminal.session)
        self.terminal.submit()
        return self.hub.of(FileComplaint)[-1][0]


def printer_troubles() -> set[str]:
    """The code of every error of printing that there is."""

    def below(kind: type[PrinterError]) -> set[str]:
        return {kind.code}.union(*(below(one) for one in kind.__subclasses__()))

    return below(PrinterError)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    kiosk = Kiosk(tmp_path / "outbox.db")
    yield kiosk
    kiosk.outbox.close()


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


def test_a_spool_that_is_broken_is_said_on_the_screen_instead_of_printing(tmp_path: Path) -> None:
    kiosk = Kiosk(tmp_path / "outbox.db")
    command_id = kiosk.submitted()
    kiosk.paper.broken = True
    kiosk.hub.answer(command_id, accepted())
    filed = kiosk.terminal.session.filed
    assert filed is not None
    assert (filed.answer, filed.trouble) == (accepted(), "spool_unusable")
    kiosk.outbox.close()


@pytest.mark.parametrize("code", sorted(printer_troubles()))
def test_whatever_the_printer_says_is_wrong_the_citizen_is_not_told_to_wait_for_paper(kiosk: Kiosk, code: str) -> None:
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    assert paper_of(kiosk) == "printing"
    kiosk.paper.say(command_id, "queued", code)
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "none"
    kiosk.paper.say(command_id, "confirmed")
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "taken"


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_a_receipt_that_may_not_have_been_printed_is_said_so_until_its_second_one_is(kiosk: Kiosk, state: str) -> None:
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    kiosk.paper.say(command_id, state, "connection_lost")
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "none"
    kiosk.paper.say(f"{command_id}/0a", "confirmed")
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "taken"


def test_a_spool_that_fails_while_it_prints_says_nothing_more_and_so_the_screen_does(kiosk: Kiosk) -> None:
    command_id = kiosk.submitted()
    kiosk.hub.answer(command_id, accepted())
    kiosk.paper.spool_failed = True
    kiosk.terminal.poll()
    assert paper_of(kiosk) == "none"


def test_before_there_is_a_number_the_paper_comes_later_and_without_a_printer_never(kiosk: Kiosk) -> None:
    kiosk.submitted()
    assert paper_of(kiosk) == "later"
    assert kiosk.terminal.session.filed is not None
    assert kiosk.terminal.session.filed.paper(printer=False) == "none"


def paper_of(kiosk: Kiosk) -> str:
    """What the screen says of the receipt."""
    filed = kiosk.terminal.session.filed
    assert filed is not None
    return filed.paper(printer=True)
