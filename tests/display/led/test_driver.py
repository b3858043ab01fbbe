"""A board that answers, is busy, falls silent and comes back."""

from __future__ import annotations

import datetime as dt

import pytest
import serial

from display.led.driver import BACKOFF_FIRST_S, REFRESH_S, SILENT_AFTER_S, BoardFault, Driver
from display.led.frames import ANY, PC, Frame, Reply, parse, parse_dynamic_text, split
from display.led.onbon import Onbon
from hub.domain.hall import Board
from tests.display.led.wire import BOARDS, Bench as Wire, page

OK, BUSY, BROKEN, NO_COMMAND = (
    Reply(ok=True),
    Reply(ok=False, error=3),
    Reply(ok=False, error=5),
    Reply(ok=False, error=2),
)


class Line:
    """A connection to a board that answers each frame with the next of `answers`, `None` for silence."""

    def __init__(self, *answers: Reply | None) -> None:
        self.answers = list(answers)
        self.written: list[str] = []
        self.cut = False
        self.closed = False
        self._inbox = bytearray()
        self._outbox = b""

    def write(self, data: bytes) -> int:
        if self.cut:
            raise serial.SerialException("cable out")
        self._inbox += data
        for frame in split(self._inbox):
            first = parse_dynamic_text(parse(frame).data).areas[0]
            self.written.append(first.text.decode("gb2312")[len(r"\FO000\C2") :])
            answer = self.answers.pop(0) if self.answers else OK
            if answer is not None:
                self._outbox += Frame(data=answer.to_data(), dst=PC, src=ANY).to_bytes()
        return len(data)

    def ready(self) -> bool:
        return True

    def read(self) -> bytes:
        if self.cut:
            raise serial.SerialException("cable out")
        got, self._outbox = self._outbox, b""
        return got

    def close(self) -> None:
        self.closed = True


class Bench:
    """A driver on lines that can be exchanged, stepped through time."""

    def __init__(self, *lines: Line | OSError) -> None:
        self.lines = list(lines)
        self.opened: list[float] = []
        self.now_s = 0.0
        self.driver = Driver(self._connect, Onbon(Board(name="board", url="/dev/ttyS0")))

    def _connect(self) -> Line:
        self.opened.append(self.now_s)
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        if isinstance(line, OSError):
            raise line
        return line

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds * 20)):
            self.driver.step(self.now_s)
            self.now_s += 0.05


def test_a_page_is_written_once_and_again_only_to_refresh():
    line = Line()
    bench = Bench(line)
    bench.driver.show(page("等候"))
    bench.run(REFRESH_S - 0.5)
    assert line.written == ["等候"]
    bench.run(1)
    assert line.written == ["等候"] * 2
    assert bench.driver.fault == BoardFault.NONE


def test_at_most_one_write_a_second_and_the_newest_page_wins():
    line = Line()
    bench = Bench(line)
    for number in range(40):
        bench.driver.show(page(f"F{number:03d}"))
        bench.run(0.1)
    assert len(line.written) == 4
    bench.run(1.1)
    assert line.written[-1] == "F039"


@pytest.mark.parametrize("refusal", [BUSY, BROKEN])
def test_a_refused_write_is_tried_again(refusal: Reply):
    line = Line(refusal)
    bench = Bench(line)
    bench.driver.show(page("F012"))
    bench.run(2)
    assert line.written == ["F012"] * 2
    assert bench.driver.fault == BoardFault.NONE


def test_a_board_that_stays_busy_is_reported_until_it_takes_a_page():
    line = Line(BUSY, BUSY, BUSY, BUSY)
    bench = Bench(line)
    bench.driver.show(page("F012"))
    bench.run(3.5)
    assert bench.driver.fault == BoardFault.REFUSES
    assert "error 3" in bench.driver.last_error
    bench.run(2)
    assert bench.driver.fault == BoardFault.NONE


def test_a_board_that_does_not_know_the_command_is_reported_at_once():
    bench = Bench(Line(NO_COMMAND))
    bench.driver.show(page("F012"))
    bench.run(0.2)
    assert bench.driver.fault == BoardFault.REFUSES


def test_three_writes_without_an_answer_are_silence_and_the_line_is_opened_anew():
    silent, well = Line(None, None, None, None), Line()
    bench = Bench(silent, well)
    bench.driver.show(page("F012"))
    bench.run(6.3)
    assert silent.closed
    bench.run(BACKOFF_FIRST_S + 1.2)
    assert well.written[:1] == ["F012"]
    assert bench.driver.fault == BoardFault.NONE


def test_a_cut_cable_is_reported_and_the_page_returns_with_the_cable():
    first, second = Line(), Line()
    bench = Bench(first, OSError("no such device"), OSError("no such device"), second)
    bench.driver.show(page("F012"))
    bench.run(0.5)
    first.cut = True
    bench.run(0.5)
    assert "cable out" in bench.driver.last_error
    assert bench.driver.fault == BoardFault.NONE, "a cable that is put in again at once is nobody's trouble"
    bench.run(15)
    assert second.written[0] == "F012"
    assert bench.driver.fault == BoardFault.NONE
    waits = [later - sooner for sooner, later in zip(bench.opened, bench.opened[1:], strict=False)]
    assert waits == sorted(waits)


def test_nothing_is_written_before_there_is_something_to_show():
    line = Line()
    bench = Bench(line)
    bench.run(3)
    assert line.written == []


@pytest.mark.parametrize("kind", list(BOARDS))
@pytest.mark.parametrize("since_s", [0.125 * step for step in range(1, 41, 3)])
def test_whenever_a_board_falls_silent_it_is_reported_within_ten_seconds(kind: str, since_s: float):
    wire = Wire(BOARDS[kind])
    wire.driver.show(page("照常办理"))
    wire.run(10 + since_s)
    assert wire.driver.fault == BoardFault.NONE
    wire.deaf_until_s, silent_since_s = float("inf"), wire.now_s
    told: list[float] = []

    def look() -> None:
        if wire.driver.fault == BoardFault.SILENT:
            told.append(wire.now_s - silent_since_s)

    wire.run(10, look)
    assert told
    assert told[0] < 9.5
    wire.deaf_until_s = wire.now_s
    wire.run(10)
    assert wire.driver.fault == BoardFault.NONE
    assert wire.lines()[0] == "照常办理"


def test_one_lost_answer_is_nobodys_trouble():
    line = Line(OK, OK, None)
    bench = Bench(line)
    bench.driver.show(page("F012"))
    seen = set()
    for _ in range(30):
        bench.run(0.5)
        seen.add(bench.driver.fault)
    assert seen == {BoardFault.NONE}


def test_a_board_that_was_never_reached_is_reported():
    bench = Bench(OSError("no such device"))
    bench.driver.show(page("F012"))
    bench.run(SILENT_AFTER_S + 0.2)
    assert bench.driver.fault == BoardFault.SILENT
    assert "no such device" in bench.driver.last_error


def test_a_line_that_never_opens_is_given_up_and_tried_again():
    class Opening(Line):
        def ready(self) -> bool:
            return False

    line, well = Opening(), Line()
    bench = Bench(line, well)
    bench.driver.show(page("F012"))
    bench.run(2.2)
    assert line.closed
    assert "take the connection" in bench.driver.last_error
    bench.run(1.5)
    assert well.written == ["F012"]


def test_a_line_that_takes_only_some_bytes_gets_the_rest_later():
    class Slow(Line):
        def write(self, data: bytes) -> int:
            return super().write(data[:7])

    line = Slow()
    bench = Bench(line)
    bench.driver.show(page("F012"))
    bench.run(3)
    assert line.written == ["F012"]
    assert bench.driver.stands


def test_an_answer_to_nothing_changes_nothing():
    line = Line()
    bench = Bench(line)
    bench.driver.show(page("F012"))
    bench.run(1)
    line._outbox = Frame(data=BROKEN.to_data(), dst=PC, src=ANY).to_bytes()
    bench.run(0.5)
    assert bench.driver.stands
    assert bench.driver.fault == BoardFault.NONE


def test_a_line_that_takes_nothing_any_more_is_given_up_and_opened_again():
    class Full(Line):
        def write(self, data: bytes) -> int:
            return 0

    full, well = Full(), Line()
    bench = Bench(full, well)
    bench.driver.show(page("F012"))
    bench.run(2.2)
    assert full.closed
    assert "whole write" in bench.driver.last_error
    bench.run(1.5)
    assert well.written == ["F012"]


def test_a_setting_whose_answer_is_lost_is_asked_again():
    wire = Wire(BOARDS["onbon-serial"])
    wire.driver.show(page("照常办理"))
    wire.run(2)
    wire.settings = wire.dialect.settings(dt.datetime(2026, 11, 23, 9, 41, tzinfo=dt.UTC), ())
    wire.driver.look_after()
    (setting,) = wire.settings
    asked: list[bytes] = []
    heard = wire.card.hear

    def once_deaf(data: bytes, now_s: float) -> bytes:
        asked.append(data)
        return b"" if asked.count(setting.question) == 1 and data == setting.question else heard(data, now_s)

    wire.card.hear = once_deaf  # type: ignore[method-assign]
    wire.run(8)
    assert asked.count(setting.question) == 2
    assert asked.count(setting.change) == 1
