"""A station, the driver and a real emulator process: what the citizen gets, and what the hub is told."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import serial
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from hub.domain.printer import Printer
from hub.wire.messages import ReplacePaperCode, ReportPrint
from printers import strips
from printers.connection import connector
from printers.driver import PrinterDriver
from printers.errors import NonsenseAnswer, PrinterSilent
from printers.profiles import PROFILES
from printers.render import render
from printers.spool import Spool
from printers.station import open_station
from printers.status import ASK_PRINTER, ask
from tests.printers import factories
from tests.printers.conftest import DEADLINE_S, HASTE, KEY, Desk, EmulatedPrinter

pytestmark = pytest.mark.e2e

Emulate = Callable[..., EmulatedPrinter]
DeskAt = Callable[[Printer], Desk]


def address_on(paper: Image.Image) -> str:
    """What a phone reads off the paper; empty when there is no whole code on it."""
    found = zxingcpp.read_barcodes(paper.convert("L"))
    return found[0].text if found else ""


def is_marked(paper: Image.Image) -> bool:
    """Whether the paper carries the black band of a 补打: the only rows that are nearly all ink."""
    return any(
        paper.crop((0, y, paper.width, y + 1)).convert("L").histogram()[0] > paper.width * 0.6
        for y in range(0, paper.height, 4)
    )


@pytest.mark.parametrize("pty", [False, True], ids=["tcp", "pty"])
def test_a_receipt_is_confirmed_when_the_printer_says_that_it_printed(
    emulate: Emulate, desk_at: DeskAt, pty: bool
) -> None:
    emulator = emulate(pty=pty)
    desk = desk_at(emulator.printer)
    receipt = factories.receipt()
    desk.station.print("job-1", receipt)
    desk.station.print("job-1", receipt)
    desk.hear_state("confirmed")
    paper = emulator.receipt(1)
    assert address_on(paper) == receipt.address
    assert not is_marked(paper)
    assert desk.told() == [("sent", "", False), ("confirmed", "", False)]
    status = emulator.tell("status")
    assert (status["receipts"], status["strange_bytes"]) == (1, 0)
    assert desk.station.condition == "ready"
    desk.station.print("job-2", factories.longest_receipt())
    desk.hear_state("confirmed", reprint=True)
    assert is_marked(emulator.receipt(2))


@pytest.mark.parametrize("pty", [False, True], ids=["tcp", "pty"])
def test_without_paper_the_job_waits_and_prints_once_after_the_refill(
    emulate: Emulate, desk_at: DeskAt, pty: bool
) -> None:
    emulator = emulate(pty=pty)
    emulator.tell("paper out")
    desk = desk_at(emulator.printer)
    desk.station.print("job-1", factories.receipt())
    desk.hear_until(lambda told: isinstance(told, ReportPrint) and told.detail == "paper_out")
    assert desk.station.condition == "paper_out"
    assert emulator.tell("status")["received"] < 100  # questions only, nothing of the job
    emulator.tell("paper in")
    desk.hear_state("confirmed")
    assert address_on(emulator.receipt(1)) == factories.receipt().address
    assert desk.told() == [("queued", "paper_out", False), ("sent", "", False), ("confirmed", "", False)]
    assert emulator.tell("status")["receipts"] == 1


@pytest.mark.parametrize(
    ("fault", "remedy", "code"),
    [
        ("cover open", "cover closed", "cover_open"),
        ("head hot", "head cool", "overheated"),
        ("knife sticks", "knife free", "cutter_jam"),
    ],
)
def test_a_printer_that_stops_in_the_middle_goes_on_after_help(
    emulate: Emulate, desk_at: DeskAt, fault: str, remedy: str, code: str
) -> None:
    emulator = emulate("--rows-per-s", "2000", "--buffer-bytes", "4096")
    desk = desk_at(emulator.printer)
    desk.station.print("job-1", factories.receipt())
    emulator.tell("wait printed 200")
    emulator.tell(fault)
    desk.hear_until(lambda told: isinstance(told, ReportPrint) and told.detail == code)
    assert desk.told()[-1] == ("sent", code, False)
    emulator.tell(remedy)
    desk.hear_state("confirmed")
    assert address_on(emulator.receipt(1)) == factories.receipt().address
    assert emulator.tell("status")["receipts"] == 1


def test_a_roll_that_ends_within_a_receipt_leaves_two_pieces_and_a_marked_reprint(
    emulate: Emulate, desk_at: DeskAt
) -> None:
    emulator = emulate("--rows-per-s", "2000", "--buffer-bytes", "4096")
    desk = desk_at(emulator.printer)
    desk.station.print("job-1", factories.receipt())
    emulator.tell("wait printed 200")
    emulator.tell("paper left 100")
    desk.hear_until(lambda told: isinstance(told, ReportPrint) and told.detail == "paper_out")
    emulator.tell("paper in")
    assert desk.hear_state("unknown").detail == "paper_out"
    replaced = desk.hear_until(lambda told: isinstance(told, ReplacePaperCode))
    desk.hear_state("confirmed", reprint=True)
    assert isinstance(replaced, ReplacePaperCode)
    assert [is_marked(emulator.receipt(number)) for number in (1, 2, 3)] == [False, False, True]
    assert address_on(emulator.receipt(3)).endswith(replaced.on_paper.token)


def test_a_printer_switched_off_within_a_receipt_on_a_serial_line_has_not_printed_it(
    emulate: Emulate, desk_at: DeskAt
) -> None:
    emulator = emulate(pty=True)
    desk = desk_at(replace(emulator.printer, confirmation="process_id"))
    emulator.tell("after 9000 power off")
    desk.station.print("job-1", factories.receipt())
    assert desk.hear_state("unknown").detail == "printer_silent"
    emulator.tell("power on")
    replaced = desk.hear_until(lambda told: isinstance(told, ReplacePaperCode))
    desk.hear_state("confirmed", reprint=True)
    assert isinstance(replaced, ReplacePaperCode)
    papers = [emulator.receipt(number + 1) for number in range(emulator.tell("status")["receipts"])]
    assert address_on(papers[-1]).endswith(replaced.on_paper.token)
    assert is_marked(papers[-1])


def test_a_line_that_breaks_in_the_middle_ends_in_a_marked_reprint_with_a_fresh_code(
    emulate: Emulate, desk_at: DeskAt
) -> None:
    emulator = emulate()
    emulator.tell("after 10000 drop connection")
    desk = desk_at(emulator.printer)
    lost = factories.receipt()
    desk.station.print("job-1", lost)
    assert desk.hear_state("unknown").detail == "connection_lost"
    replaced = desk.hear_until(lambda told: isinstance(told, ReplacePaperCode))
    desk.hear_state("confirmed", reprint=True)
    torn, paper = emulator.receipt(1), emulator.receipt(2)
    assert isinstance(replaced, ReplacePaperCode)
    assert (replaced.case_number, replaced.lost) == (lost.case_number, lost.keys.token)
    assert address_on(torn) == ""
    assert address_on(paper) == f"https://bcs.yueyang.gov.cn/p/{replaced.on_paper.token}"
    assert is_marked(paper)
    assert [state for state, _, _ in desk.told()] == ["sent", "unknown", "sent", "confirmed"]
    status = emulator.tell("status")
    assert (status["receipts"], status["strange_bytes"]) == (2, 0)


def test_a_program_killed_while_printing_leaves_one_receipt_and_one_marked_reprint(
    emulate: Emulate, desk_at: DeskAt, tmp_path: Path
) -> None:
    emulator = emulate("--rows-per-s", "400")
    kiosk = subprocess.Popen(
        [sys.executable, "-m", "tests.printers.station_program", str(tmp_path / "spool.db"), emulator.url]
    )
    emulator.tell("wait printed 200")
    kiosk.send_signal(signal.SIGKILL)
    kiosk.wait(DEADLINE_S)
    emulator.tell("speed 0")
    desk = desk_at(emulator.printer)
    assert desk.hear_state("unknown").detail == "interrupted"
    desk.hear_state("confirmed", reprint=True)
    papers = [emulator.receipt(number + 1) for number in range(emulator.tell("status")["receipts"])]
    whole = [(is_marked(paper), address_on(paper)) for paper in papers if address_on(paper)]
    assert [marked for marked, _ in whole][-1:] == [True]
    assert len([marked for marked, _ in whole if not marked]) <= 1
    assert len([marked for marked, _ in whole if marked]) == 1
    assert len({address for _, address in whole}) == len(whole)
    assert desk.spool.next_queued() is None


def test_reports_that_the_hub_has_not_answered_come_again_after_a_restart(emulate: Emulate, desk_at: DeskAt) -> None:
    emulator = emulate()
    first = desk_at(emulator.printer)
    first.station.print("job-1", factories.receipt())
    first.hear_state("confirmed")
    first.station.delivered(first.reports[0])
    first.close()
    again = desk_at(emulator.printer)
    assert again.hear_state("confirmed").job_id == "job-1"
    assert [report.command_id for report in again.reports] == [report.command_id for report in first.reports[1:]]
    assert emulator.tell("status")["receipts"] == 1


def test_a_printer_that_is_away_is_reported_once_and_prints_when_it_comes(emulate: Emulate, desk_at: DeskAt) -> None:
    emulator = emulate()
    emulator.tell("silent on")
    desk = desk_at(emulator.printer)
    desk.station.print("job-1", factories.receipt())
    assert desk.hear_state("queued").detail == "printer_silent"
    assert desk.station.condition == "silent"
    emulator.tell("silent off")
    desk.hear_state("confirmed")
    assert desk.told() == [("queued", "printer_silent", False), ("sent", "", False), ("confirmed", "", False)]


def test_a_printer_that_falls_silent_after_taking_the_job_has_not_printed_for_sure(
    emulate: Emulate, desk_at: DeskAt
) -> None:
    emulator = emulate("--rows-per-s", "1500")
    desk = desk_at(emulator.printer)
    desk.station.print("job-1", factories.receipt())
    emulator.tell("wait printed 100")
    emulator.tell("silent on")
    assert desk.hear_state("unknown").detail == "printer_silent"
    emulator.tell("silent off")
    desk.hear_state("confirmed", reprint=True)


def test_nonsense_is_never_taken_for_a_printed_receipt(emulate: Emulate, desk_at: DeskAt) -> None:
    emulator = emulate()
    emulator.tell("nonsense on")
    desk = desk_at(emulator.printer)
    desk.station.print("job-1", factories.receipt())
    assert desk.hear_state("queued").detail == "nonsense_answer"
    assert emulator.tell("status")["receipts"] == 0
    emulator.tell("nonsense off")
    desk.hear_state("confirmed")


def test_paper_near_its_end_is_known_and_still_prints(emulate: Emulate) -> None:
    emulator = emulate()
    emulator.tell("near end")
    driver = PrinterDriver(connector(emulator.printer), patience=HASTE)
    try:
        outcome = driver.print_job(render(factories.receipt(), PROFILES[80]))
        assert outcome.state == "confirmed"
        assert driver.condition == "paper_near_end"
    finally:
        driver.close()


def test_an_address_where_nobody_listens_is_a_silent_printer() -> None:
    nobody = Printer(name="nobody", url=f"socket://127.0.0.1:{factories.free_port()}")
    with pytest.raises(PrinterSilent, match="nobody"):
        PrinterDriver(connector(nobody), patience=HASTE).check()


def test_a_device_that_speaks_something_else_says_nonsense(emulate: Emulate) -> None:
    emulator = emulate(pty=True)
    emulator.tell("nonsense on")
    with pytest.raises(NonsenseAnswer, match="baud"):
        PrinterDriver(connector(emulator.printer), patience=HASTE).check()


def test_the_bytes_kept_beside_a_receipt_print_it_again(emulate: Emulate, desk_at: DeskAt) -> None:
    emulator = emulate()
    desk = desk_at(emulator.printer)
    desk.station.print("job-1", factories.receipt())
    desk.hear_state("confirmed")
    emulator.receipt(1)
    kept = (emulator.out / "receipt-001.bin").read_bytes()
    assert render(factories.receipt(), PROFILES[80]) in kept.replace(ask(ASK_PRINTER), b"")
    other = emulate()
    driver = PrinterDriver(connector(other.printer), patience=HASTE)
    try:
        job = kept[kept.index(b"\x1b@") :]  # without the questions in front of it
        assert driver.print_job(job).state == "confirmed"
    finally:
        driver.close()
    assert other.receipt(1).tobytes() == emulator.receipt(1).tobytes()


def test_an_opened_station_prints_on_58_mm_paper(emulate: Emulate, tmp_path: Path) -> None:
    emulator = emulate("--width-dots", "384", pty=True)
    narrow = Printer(name="narrow", url=emulator.url, paper_mm=58)
    spool = Spool(tmp_path / "spool.db", KEY)
    station = open_station(
        spool, connector(narrow), lambda receipt: render(receipt, PROFILES[58]), factories.fresh_keys
    )
    station.print("job-1", factories.receipt())
    station.start()
    try:
        paper = emulator.receipt(1)
        assert paper.width == 384
        assert address_on(paper) == factories.receipt().address
    finally:
        station.stop(DEADLINE_S)
        spool.close()


def test_an_unknown_control_line_is_answered_with_an_error(emulate: Emulate) -> None:
    emulator = emulate()
    emulator._control.sendall(b"make coffee\n")
    assert "make coffee" in json.loads(emulator._lines.readline())["error"]


def test_an_emulated_serial_printer_whose_buffer_was_full_waits_for_no_bytes_that_nobody_sent(emulate: Emulate) -> None:
    """It was told of the same bytes twice, read them once, and stood still until somebody sent more."""
    emulator = emulate("--buffer-bytes", "64", pty=True)
    emulator.tell("paper out")
    picture = strips.of(Image.new("1", (576, 9), 0))
    with serial.Serial(emulator.url, timeout=DEADLINE_S) as line:
        line.write(picture)
        emulator.tell(f"wait received {len(picture)}")
        line.write(bytes(1000))
        emulator.tell("paper in")
        emulator.tell(f"wait received {len(picture) + 1000}")
        line.write(ask(ASK_PRINTER))
        assert line.read(1) == b"\x12"
        assert emulator.tell("status")["waiting_bytes"] == 0
