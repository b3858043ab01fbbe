from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub.wire.messages import ReplacePaperCode, ReportPrint
from printers import station
from printers.driver import Outcome
from printers.errors import Interrupted, NotReady, PaperOut, PaperTooNarrow, PrinterSilent, SpoolUnusable
from printers.jobs import Job
from printers.receipt import ComplaintReceipt
from printers.spool import Spool
from printers.station import Station
from printers.status import Condition
from tests.printers import factories

KEY = bytes(range(32))
WAIT_S = 20.0


class Printer:
    """Prints what it gets; each job may first meet the troubles in `troubles`, and ends as `outcomes` say."""

    def __init__(self) -> None:
        self.condition: Condition = "ready"
        self.troubles: list[NotReady] = []
        self.outcomes: list[Outcome | Exception] = []
        self.printed: list[bytes] = []
        self.closed = threading.Event()

    def check(self) -> None:
        pass

    def print_job(self, data: bytes, *, sending: Callable[[], None], learnt: Callable[[Condition], None]) -> Outcome:
        if self.troubles:
            raise self.troubles.pop(0)
        sending()
        self.printed.append(data)
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome("confirmed")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        self.closed.set()


class Bench:
    """A station with a scripted printer and a renderer that writes down number and mark."""

    def __init__(self, path: Path) -> None:
        self.spool = Spool(path, KEY)
        self.printer = Printer()
        self.stopping = threading.Event()
        self.station = Station(self.spool, self.printer, self.render, factories.fresh_keys, self.stopping)

    def render(self, receipt: ComplaintReceipt) -> bytes:
        return f"{receipt.number}{' again' if receipt.reprint else ''}".encode()

    def hear(self, count: int) -> list[ReportPrint | ReplacePaperCode]:
        heard: list[ReportPrint | ReplacePaperCode] = []
        while len(heard) < count:
            news = self.station.reports(timeout_s=WAIT_S)
            assert news, f"only {heard}"
            heard += [report.command for report in news]
        return heard

    def close(self) -> None:
        self.station.stop(WAIT_S)
        self.spool.close()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "spool.db")
    yield bench
    bench.close()


def states(heard: list[ReportPrint | ReplacePaperCode]) -> list[tuple[str, str] | str]:
    return [(told.state, told.detail) if isinstance(told, ReportPrint) else "replace" for told in heard]


def test_jobs_are_printed_in_order_and_each_outcome_is_told(bench: Bench) -> None:
    bench.station.print("a", factories.receipt(ticket_number="F001"))
    bench.station.print("b", factories.receipt(ticket_number="F002"))
    bench.station.start()
    assert states(bench.hear(4)) == [("sent", ""), ("confirmed", ""), ("sent", ""), ("confirmed", "")]
    assert bench.printer.printed == [b"F001", b"F002"]


def test_a_job_waits_for_paper_and_its_trouble_is_told_once(bench: Bench) -> None:
    bench.printer.troubles = [PaperOut("out"), PaperOut("still out")]
    bench.station.print("a", factories.receipt())
    bench.station.start()
    assert states(bench.hear(3)) == [("queued", "paper_out"), ("sent", ""), ("confirmed", "")]
    assert bench.printer.printed == [b"F012"]


def test_a_helped_printer_is_asked_at_once_and_what_waits_goes_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station, "LOOK_AT_STUCK_S", 1000.0)
    bench.printer.troubles = [PaperOut("out")]
    bench.station.print("a", factories.receipt())
    bench.station.start()
    assert states(bench.hear(1)) == [("queued", "paper_out")]
    assert bench.station.waiting == 1
    bench.station.look_again()
    assert states(bench.hear(2)) == [("sent", ""), ("confirmed", "")]
    assert bench.station.waiting == 0


def test_an_unknown_job_is_printed_again_marked_and_only_once(bench: Bench) -> None:
    bench.printer.outcomes = [Outcome("unknown", "connection_lost"), Outcome("unknown", "connection_lost")]
    bench.station.print("a", factories.receipt())
    bench.station.start()
    lost = ("unknown", "connection_lost")
    assert states(bench.hear(5)) == [("sent", ""), lost, "replace", ("sent", ""), lost]
    bench.station.print("b", factories.receipt(ticket_number="F013"))
    bench.hear(2)
    assert bench.printer.printed == [b"F012", b"F012 again", b"F013"]


def test_a_paper_that_no_printer_confirms_is_unknown_and_not_printed_twice(bench: Bench) -> None:
    bench.printer.outcomes = [Outcome("unknown", "unconfirmed")]
    bench.station.print("a", factories.receipt())
    bench.station.print("b", factories.receipt(ticket_number="F013"))
    bench.station.start()
    assert states(bench.hear(4)) == [("sent", ""), ("unknown", "unconfirmed"), ("sent", ""), ("confirmed", "")]
    assert bench.printer.printed == [b"F012", b"F013"]


def test_a_printer_that_is_away_is_tried_again_ever_less_often(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(bench.station._work, "wait", pauses.append)
    bench.printer.troubles = [PrinterSilent("cable out") for _ in range(6)]
    bench.station.print("a", factories.receipt())
    bench.station.start()
    assert states(bench.hear(3)) == [("queued", "printer_silent"), ("sent", ""), ("confirmed", "")]
    assert pauses[:6] == [1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


def test_what_an_earlier_program_left_sent_is_unknown_and_never_printed_unmarked(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db", KEY)
    spool.add("a", factories.receipt())
    spool.move("a", "send")
    spool.close()
    bench = Bench(tmp_path / "spool.db")
    bench.station.start()
    assert states(bench.hear(5)) == [
        ("sent", ""),
        ("unknown", "interrupted"),
        "replace",
        ("sent", ""),
        ("confirmed", ""),
    ]
    assert bench.printer.printed == [b"F012 again"]
    bench.close()


def test_a_receipt_that_cannot_be_drawn_fails_and_the_next_one_prints(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(receipt: ComplaintReceipt) -> bytes:
        if receipt.ticket_number == "F001":
            raise PaperTooNarrow("a QR code too wide")
        return b"drawn"

    monkeypatch.setattr(bench.station, "_render", render)
    bench.station.print("a", factories.receipt(ticket_number="F001"))
    bench.station.print("b", factories.receipt(ticket_number="F002"))
    bench.station.start()
    assert states(bench.hear(3)) == [("failed", "paper_too_narrow"), ("sent", ""), ("confirmed", "")]


@pytest.mark.parametrize("wrong", [OSError("a font file is torn"), ValueError("width"), MemoryError()])
def test_a_receipt_that_drawing_stumbles_over_fails_and_the_next_one_prints(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, wrong: Exception
) -> None:
    def render(receipt: ComplaintReceipt) -> bytes:
        if receipt.ticket_number == "F001":
            raise wrong
        return b"drawn"

    monkeypatch.setattr(bench.station, "_render", render)
    bench.station.print("a", factories.receipt(ticket_number="F001"))
    bench.station.print("b", factories.receipt(ticket_number="F002"))
    bench.station.start()
    assert states(bench.hear(3)) == [("failed", "not_drawable"), ("sent", ""), ("confirmed", "")]
    assert type(wrong).__name__ in caplog.text


def test_a_spool_that_fails_is_said_until_it_works_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printers.station.TRY_AGAIN_MOST_S", 0.01)
    move, failed = bench.spool.move, threading.Event()

    def full_once(*args: str) -> Job:
        if not failed.is_set():
            failed.set()
            raise SpoolUnusable("the disk is full")
        said.append(bench.station.spool_failed)
        return move(*args)  # type: ignore[arg-type]

    said: list[bool] = []
    monkeypatch.setattr(bench.spool, "move", full_once)
    bench.station.print("a", factories.receipt())
    bench.station.start()
    assert states(bench.hear(2)) == [("sent", ""), ("confirmed", "")]
    bench.station.stop(WAIT_S)
    assert said[0]
    assert not bench.station.spool_failed


def test_a_mistake_of_ours_is_logged_whole_and_the_worker_lives_on(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("printers.station.TRY_AGAIN_MOST_S", 0.01)
    bench.printer.outcomes = [ZeroDivisionError("ours")]
    bench.station.print("a", factories.receipt())
    bench.station.print("b", factories.receipt(ticket_number="F013"))
    bench.station.start()
    assert states(bench.hear(3)) == [("sent", ""), ("sent", ""), ("confirmed", "")]
    assert "ZeroDivisionError: ours" in caplog.text
    assert bench.spool.job("a").state == "sent"


def test_stopping_in_the_middle_leaves_the_job_sent_and_hangs_up(bench: Bench) -> None:
    bench.printer.outcomes = [Interrupted("stop")]
    bench.station.print("a", factories.receipt())
    bench.station.start()
    bench.hear(1)
    bench.station.stop(WAIT_S)
    assert bench.printer.closed.is_set()
    assert bench.spool.job("a").state == "sent"


def test_a_delivered_report_is_not_told_by_the_next_program(tmp_path: Path) -> None:
    first = Bench(tmp_path / "spool.db")
    first.station.print("a", factories.receipt())
    first.station.start()
    while len(reports := first.spool.reports()) < 2:
        first.station.reports(timeout_s=WAIT_S)
    first.station.delivered(reports[0])
    first.close()
    second = Bench(tmp_path / "spool.db")
    assert states(second.hear(1)) == [("confirmed", "")]
    second.close()
