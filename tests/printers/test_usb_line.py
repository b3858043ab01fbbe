"""A printer on USB is found by what it is and by its number, and its pipes behave as any other line."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest
import usb.core
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from hub.domain.printer import Confirmation, Printer
from printers.connection import connector
from printers.driver import Outcome, PrinterDriver
from printers.errors import ConnectionLost, PrinterSilent
from printers.machine import Machine
from printers.profiles import PROFILES
from printers.render import render
from printers.usb_line import open_usb
from tests.printers import factories
from tests.printers.usb_bus import Bus, UsbPrinter

URL = "usb://04b8:0e28"
TICK_S = 0.01


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def plug_in(*printers: UsbPrinter) -> None:
        monkeypatch.setattr(usb.core, "find", functools.partial(usb.core.find, backend=Bus(*printers)))

    return plug_in


def refused(url: str) -> str:
    with pytest.raises(PrinterSilent) as wrong:
        connector(Printer(name="receipt-1", url=url))()
    return str(wrong.value)


def test_the_only_one_needs_no_number_and_is_taken_from_the_kernel(bus: Callable[..., None]) -> None:
    printer = UsbPrinter(None)
    bus(printer)
    line = open_usb(URL)
    assert printer.claimed == [1], "the printer's own interface, not the first"
    assert not printer.kernel_driver
    line.close()
    assert printer.claimed == []


def test_of_two_the_one_with_the_number_is_used(bus: Callable[..., None]) -> None:
    one, other = UsbPrinter("J4KF001"), UsbPrinter("J4KF002")
    bus(one, other)
    line = open_usb(f"{URL}/J4KF002")
    line.exchange(b"hello", TICK_S)
    assert (one.taken, other.taken) == (b"", b"hello")
    line.close()


def test_of_two_without_a_number_in_the_url_both_are_named(bus: Callable[..., None]) -> None:
    bus(UsbPrinter("J4KF001"), UsbPrinter(None))
    assert "2 such printers are plugged in (J4KF001, without a number); add /SERIAL" in refused(URL)


def test_one_that_is_not_there_is_said_so(bus: Callable[..., None]) -> None:
    bus(UsbPrinter("J4KF001"))
    assert "no such printer is plugged in; lsusb lists" in refused(f"{URL}/J4KF009")


def test_a_device_of_another_vendors_class_is_used_all_the_same(bus: Callable[..., None]) -> None:
    printer = UsbPrinter(None, kind=255)
    bus(printer)
    open_usb(URL).close()


def test_without_the_right_to_it_the_remedy_is_named(bus: Callable[..., None]) -> None:
    printer = UsbPrinter("J4KF001")
    printer.forbidden = True
    bus(printer)
    assert "udev rule" in refused(f"{URL}/J4KF001")


def test_another_program_that_has_it_is_named_as_a_reason(bus: Callable[..., None]) -> None:
    bus(UsbPrinter(None))
    line = open_usb(URL)
    assert "another program prints on it" in refused(URL)
    line.close()


def test_without_libusb_its_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_library(**_: object) -> None:
        raise usb.core.NoBackendError("No backend available")

    monkeypatch.setattr(usb.core, "find", no_library)
    assert "apt-get install libusb-1.0-0" in refused(URL)


def test_a_full_printer_takes_a_part_and_then_nothing_and_still_answers(bus: Callable[..., None]) -> None:
    printer = UsbPrinter(None)
    printer.room = 200
    bus(printer)
    line = open_usb(URL)
    data = bytes(range(250))
    assert line.exchange(data, TICK_S) == (192, b"")
    printer.said = b"\x18\x00\x0f\x00"
    assert line.exchange(data[192:], TICK_S) == (0, b"\x18\x00\x0f\x00")
    printer.room = 1000
    assert line.exchange(data[192:], TICK_S) == (58, b"")
    assert printer.taken == data
    line.close()


def test_silence_is_no_lost_line(bus: Callable[..., None]) -> None:
    bus(UsbPrinter(None))
    line = open_usb(URL)
    assert line.exchange(b"", TICK_S) == (0, b"")
    line.close()


def test_a_printer_that_has_no_way_to_answer_is_written_to(bus: Callable[..., None]) -> None:
    printer = UsbPrinter(None, answers=False)
    bus(printer)
    line = open_usb(URL)
    assert line.exchange(b"paper", TICK_S) == (5, b"")
    assert printer.taken == b"paper"
    line.close()


class RealPrinter(UsbPrinter):
    """With the works of the emulator behind its pipes."""

    def __init__(self, out: Path) -> None:
        super().__init__("J4KF001")
        self.machine = Machine(out, 576)
        self.machine.connect(self._say, lambda: None)

    def take(self, data: bytes) -> None:
        self.machine.receive(data)

    def _say(self, data: bytes) -> None:
        self.said += data


@pytest.mark.parametrize("confirmation", ["process_id", "fence"])
def test_a_receipt_comes_out_whole_and_confirmed_by_usb(
    bus: Callable[..., None], tmp_path: Path, confirmation: Confirmation
) -> None:
    bus(RealPrinter(tmp_path))
    profile = replace(PROFILES[80], confirmation=confirmation)
    driver = PrinterDriver(lambda: open_usb(f"{URL}/J4KF001"), profile)
    assert driver.print_job(render(factories.receipt(), profile)) == Outcome("confirmed")
    driver.close()
    with Image.open(tmp_path / "receipt-001.png") as paper:
        (code,) = zxingcpp.read_barcodes(paper.convert("L"))
    assert code.text == factories.receipt().address


def test_a_printer_pulled_out_within_a_receipt_is_found_again_and_nothing_is_sure(
    bus: Callable[..., None], tmp_path: Path
) -> None:
    printer = RealPrinter(tmp_path)
    bus(printer)
    driver = PrinterDriver(lambda: open_usb(f"{URL}/J4KF001"))
    job = render(factories.receipt(), PROFILES[80])
    whole = printer.take

    def pull(data: bytes) -> None:
        whole(data)
        printer.plugged_in = printer.machine.received < 9000

    printer.take = pull  # type: ignore[method-assign]
    assert driver.print_job(job) == Outcome("unknown", "connection_lost")
    printer.take, printer.plugged_in = whole, True  # type: ignore[method-assign]
    assert driver.print_job(job) == Outcome("confirmed")
    driver.close()


@pytest.mark.parametrize("data", [b"", b"half a receipt"])
def test_a_printer_pulled_out_is_a_lost_line_and_can_be_let_go(bus: Callable[..., None], data: bytes) -> None:
    printer = UsbPrinter("J4KF001")
    bus(printer)
    line = open_usb(f"{URL}/J4KF001")
    printer.plugged_in = False
    with pytest.raises(ConnectionLost, match="disconnected"):
        line.exchange(data, TICK_S)
    line.abandon()
    assert "plugged in" in refused(f"{URL}/J4KF001")
    printer.plugged_in = True
    open_usb(f"{URL}/J4KF001").close()
