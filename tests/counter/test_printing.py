"""What a counter prints on its own printer, and what it says of that."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter.printing import Printing, printing_of
from hub.config import HallDirectory, hall_template
from printers.driver import Outcome
from printers.errors import LogoUnreadable, PaperOut
from printers.slip import Line, Slip
from tests.printers.factories import free_port
from tests.processes import until

SHEETS = [Slip((Line(text),)) for text in ("第 1 份", "第 2 份", "第 3 份")]


class Printer:
    """Says what it is told to of each job; `open_` holds it back until it is set."""

    def __init__(self, *said: Outcome | Exception) -> None:
        self.said = list(said)
        self.got: list[bytes] = []
        self.closed = 0
        self.open_ = threading.Event()

    def print_job(self, data: bytes) -> Outcome:
        assert self.open_.wait(10)
        said = self.said.pop(0)
        if isinstance(said, Exception):
            raise said
        self.got.append(data)
        return said

    def close(self) -> None:
        self.closed += 1


class Counter:
    """A counter's printing with such a printer."""

    def __init__(self, *said: Outcome | Exception, at_once: bool = True) -> None:
        self.printer, self.changes = Printer(*said), 0
        if at_once:
            self.printer.open_.set()
        self.printing = Printing(lambda _stopping: self.printer, lambda sheet: repr(sheet).encode(), self.changed)

    def changed(self) -> None:
        self.changes += 1

    def over(self) -> bool:
        self.printing.poll()
        return self.printing.state != "printing"


@pytest.fixture
def confirmed() -> Iterator[Counter]:
    made = Counter(*[Outcome("confirmed")] * 3)
    yield made
    made.printing.close()


def test_all_sheets_are_printed_in_their_order_and_only_then_it_is_said(confirmed: Counter) -> None:
    confirmed.printing.print(SHEETS)
    until("the papers", confirmed.over)
    assert (confirmed.printing.state, confirmed.printing.why) == ("printed", "")
    assert confirmed.printer.got == [repr(sheet).encode() for sheet in SHEETS]
    assert confirmed.printer.closed == 1
    assert confirmed.changes == 2


def test_it_stops_at_the_first_sheet_of_which_the_printer_does_not_say_yes() -> None:
    counter = Counter(Outcome("confirmed"), Outcome("unknown", "connection_lost"), Outcome("confirmed"))
    counter.printing.print(SHEETS)
    until("the papers", counter.over)
    assert (counter.printing.state, counter.printing.why) == ("unknown", "connection_lost")
    assert len(counter.printer.got) == 2


def test_a_printer_that_cannot_print_says_why_and_may_be_asked_again() -> None:
    counter = Counter(PaperOut("no paper"), Outcome("confirmed"))
    counter.printing.print(SHEETS[:1])
    until("the papers", counter.over)
    assert (counter.printing.state, counter.printing.why) == ("failed", "paper_out")
    assert counter.printing.possible
    counter.printing.print(SHEETS[:1])
    until("the papers", counter.over)
    assert counter.printing.state == "printed"


def test_a_second_press_while_it_prints_prints_nothing_twice() -> None:
    counter = Counter(Outcome("confirmed"), at_once=False)
    counter.printing.print(SHEETS[:1])
    assert not counter.printing.possible
    counter.printing.print(SHEETS[:1])
    counter.printing.forget()
    assert counter.printing.state == "printing"
    counter.printer.open_.set()
    until("the papers", counter.over)
    assert len(counter.printer.got) == 1


def test_what_became_of_a_paper_is_forgotten_with_the_page(confirmed: Counter) -> None:
    confirmed.printing.print(SHEETS[:1])
    until("the papers", confirmed.over)
    confirmed.printing.forget()
    assert confirmed.printing.state == ""


def test_a_terminal_without_a_printer_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_bytes(hall_template("shanting"))
    directory = HallDirectory(tmp_path)
    printing = printing_of(directory, directory.hall().terminal("window-1"), lambda: None)
    assert not printing.has_printer
    printing.print(SHEETS)
    assert printing.state == ""


@pytest.mark.rule("R69")
def test_nothing_of_a_form_is_written_to_this_machine(tmp_path: Path) -> None:
    nobody = f"127.0.0.1:{free_port()}".encode()
    (tmp_path / "hall.toml").write_bytes(hall_template("shanting").replace(b"127.0.0.1:19100", nobody))
    directory = HallDirectory(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    printing = printing_of(directory, directory.hall().terminal("kiosk-1"), lambda: None)
    printing.print(SHEETS[:1])
    until("the papers", lambda: (printing.poll(), printing.state != "printing")[1])
    assert (printing.state, printing.why) == ("failed", "printer_silent")
    assert sorted(tmp_path.rglob("*")) == before
    printing.close()


def test_a_broken_logo_is_said_where_somebody_prints(tmp_path: Path) -> None:
    def render(_sheet: Slip) -> bytes:
        raise LogoUnreadable("logo.png")

    printer = Printer()
    printing = Printing(lambda _stopping: printer, render, lambda: None)
    printing.print(SHEETS)
    until("the papers", lambda: (printing.poll(), printing.state != "printing")[1])
    assert (printing.state, printing.why) == ("failed", "logo_unreadable")
