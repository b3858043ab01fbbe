"""A board that answers, is busy, falls silent and comes back."""

from __future__ import annotations

import pytest
import serial

from display.led.driver import BACKOFF_FIRST_S, REFRESH_S, BoardFault, Driver
from display.led.frames import ANY, PC, Area, DynamicText, Frame, Reply, parse, parse_dynamic_text, split

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
        self.written: list[DynamicText] = []
        self.cut = False
        self.closed = False
        self._inbox = bytearray()
        self._outbox = b""

    def write(self, data: bytes) -> int:
        if self.cut:
            raise serial.SerialException("cable out")
        self._inbox += data
        for frame in split(self._inbox):
            self.written.append(parse_dynamic_text(parse(frame).data))
            answer = self.answers.pop(0) if self.answers else OK
            if answer is not None:
                self._outbox += Frame(data=answer.to_data(), dst=PC, src=ANY).to_bytes()
        return len(data)

    def read(self, size: int) -> bytes:
        if self.cut:
            raise serial.SerialException("cable out")
        got, self._outbox = self._outbox[:size], self._outbox[size:]
        return got

    def close(self) -> None:
        self.closed = True


class Bench:
    """A driver on lines that can be exchanged, stepped through time."""

    def __init__(self, *lines: Line | OSError) -> None:
        self.lines = list(lines)
        self.opened: list[float] = []
        self.now_s = 0.0
        self.driver = Driver(self._connect)

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


def page(words: str) -> DynamicText:
    return DynamicText(areas=(Area(area_id=0, x=0, y=0, width=128, height=16, text=words.encode("gb2312")),))


def test_a_page_is_written_once_and_again_only_to_refresh():
    line = Line()
    bench = Bench(line)
    bench.driver.show(page("等候"))
    bench.run(REFRESH_S - 0.5)
    assert line.written == [page("等候")]
    bench.run(1)
    assert line.written == [page("等候")] * 2
    assert bench.driver.fault == BoardFault.NONE


def test_at_most_one_write_a_second_and_the_newest_page_wins():
    line = Line()
    bench = Bench(line)
    for number in range(40):
        bench.driver.show(page(f"F{number:03d}"))
        bench.run(0.1)
    assert len(line.written) == 4
    bench.run(1.1)
    assert line.written[-1] == page("F039")


@pytest.mark.parametrize("refusal", [BUSY, BROKEN])
def test_a_refused_write_is_tried_again(refusal: Reply):
    line = Line(refusal)
    bench = Bench(line)
    bench.driver.show(page("F012"))
    bench.run(2)
    assert line.written == [page("F012")] * 2
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
    assert bench.driver.fault == BoardFault.SILENT
    assert silent.closed
    bench.run(BACKOFF_FIRST_S + 1.2)
    assert well.written == [page("F012")]
    assert bench.driver.fault == BoardFault.NONE


def test_a_cut_cable_is_reported_and_the_page_returns_with_the_cable():
    first, second = Line(), Line()
    bench = Bench(first, OSError("no such device"), OSError("no such device"), second)
    bench.driver.show(page("F012"))
    bench.run(0.5)
    first.cut = True
    bench.run(0.5)
    assert bench.driver.fault == BoardFault.SILENT
    assert "cable out" in bench.driver.last_error
    bench.run(15)
    assert second.written[0] == page("F012")
    assert bench.driver.fault == BoardFault.NONE
    waits = [later - sooner for sooner, later in zip(bench.opened, bench.opened[1:], strict=False)]
    assert waits == sorted(waits)


def test_nothing_is_written_before_there_is_something_to_show():
    line = Line()
    bench = Bench(line)
    bench.run(3)
    assert line.written == []
