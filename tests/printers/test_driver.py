from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from printers.conversation import Patience
from printers.driver import MEND, Outcome, PrinterDriver
from printers.errors import (
    ConnectionLost,
    CoverOpen,
    Interrupted,
    NotReady,
    PaperOut,
    PrinterFault,
    PrinterSilent,
)
from printers.status import ASB_ON, FENCE

JOB = b"\x1b@picture" * 700 + b"\x1dVB\x00"
PATIENCE = Patience()


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Line:
    """A printer at the other end, scripted: answers questions, takes `room` bytes at a time, lets time pass."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.room = 1000
        self.taken = b""
        self.said = b""
        self.answers = {1: b"\x12", 2: b"\x12", 4: b"\x12"}
        self.fence: bytes = b"\x00"
        self.fences = 0
        self.after: Callable[[Line], None] = lambda line: None
        self.lost = False
        self.closed = 0

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        if self.lost:
            raise ConnectionLost("pulled out")
        self.after(self)
        taken = data[: self.room]
        self.taken += taken
        if taken[:2] == b"\x10\x04" and len(taken) == 3:
            self.said += self.answers[taken[2]]
        if taken.endswith(FENCE):
            self.fences += 1
            self.said += self.fence
        if not taken and not self.said:
            self.clock.now += timeout_s
        said, self.said = self.said, b""
        return len(taken), said

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def line(clock: Clock) -> Line:
    return Line(clock)


@pytest.fixture
def driver(line: Line, clock: Clock) -> PrinterDriver:
    return PrinterDriver(lambda: line, patience=PATIENCE, monotonic=clock)


def test_a_job_is_confirmed_by_the_fence_behind_it(driver: PrinterDriver, line: Line) -> None:
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert line.taken.endswith(ASB_ON + FENCE + JOB + FENCE)
    assert driver.condition == "ready"


def test_all_bytes_arrive_in_order_however_few_the_line_takes_at_a_time(driver: PrinterDriver, line: Line) -> None:
    line.room = 7
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert JOB in line.taken


@pytest.mark.parametrize(
    ("n", "answer", "error", "condition"),
    [
        (4, b"\x7e", PaperOut, "paper_out"),
        (2, b"\x32", PaperOut, "paper_out"),
        (2, b"\x16", CoverOpen, "cover_open"),
        (2, b"\x52", PrinterFault, "fault"),
        (1, b"\x1a", PrinterFault, "fault"),
    ],
)
def test_nothing_is_sent_to_a_printer_that_is_not_ready(
    driver: PrinterDriver, line: Line, n: int, answer: bytes, error: type[NotReady], condition: str
) -> None:
    line.answers[n] = answer
    started: list[bool] = []
    with pytest.raises(error):
        driver.print_job(JOB, sending=lambda: started.append(True))
    assert driver.condition == condition
    assert not started
    assert FENCE not in line.taken


def test_a_printer_that_is_helped_between_two_questions_has_no_fault(driver: PrinterDriver, line: Line) -> None:
    line.answers[1] = b"\x1a"

    def help_it(at: Line) -> None:
        if b"\x10\x04\x01" in at.taken:
            at.answers[1] = b"\x12"

    line.after = help_it
    driver.check()
    assert driver.condition == "ready"


def test_a_lost_answer_is_asked_for_again(driver: PrinterDriver, line: Line) -> None:
    line.answers[4] = b""

    def second_try(at: Line) -> None:
        if at.taken.count(b"\x10\x04\x04") == 1:
            at.answers[4] = b"\x12"

    line.after = second_try
    driver.check()
    assert line.taken.count(b"\x10\x04\x04") == 2


def test_a_printer_that_answers_nothing_is_silent_and_its_line_is_opened_anew(
    driver: PrinterDriver, line: Line
) -> None:
    line.answers = {1: b"", 2: b"", 4: b""}
    with pytest.raises(PrinterSilent):
        driver.check()
    assert line.closed == 1
    assert driver.condition == "silent"
    line.answers = {1: b"\x12", 2: b"\x12", 4: b"\x12"}
    driver.check()
    assert driver.condition == "ready"


def test_a_line_lost_before_the_job_leaves_it_unsent(driver: PrinterDriver, line: Line) -> None:
    line.lost = True
    with pytest.raises(PrinterSilent):
        driver.print_job(JOB, sending=lambda: pytest.fail("nothing was to be sent"))


def test_a_line_lost_within_the_job_leaves_it_unknown_and_the_next_one_starts_clean(
    driver: PrinterDriver, line: Line
) -> None:
    def pull(at: Line) -> None:
        at.lost = JOB[:2000] in at.taken

    line.after = pull
    assert driver.print_job(JOB) == Outcome("unknown", "connection_lost")
    line.after, line.lost, line.taken = lambda at: None, False, b""
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert line.taken.index(MEND) < line.taken.index(ASB_ON) < line.taken.index(JOB)


def test_an_earlier_programs_torn_job_is_mended_first(line: Line, clock: Clock) -> None:
    driver = PrinterDriver(lambda: line, torn=True, monotonic=clock)
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert MEND in line.taken
    line.taken = b""
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert MEND not in line.taken


def test_an_answer_to_an_older_fence_is_not_taken_for_this_jobs(line: Line, clock: Clock) -> None:
    driver = PrinterDriver(lambda: line, torn=True, monotonic=clock)
    line.fence = b"\x00\x00"  # the older one's and ours, close together
    late = [b"\x00"]  # and one more that comes a second later

    def come_late(at: Line) -> None:
        if late and at.fences == 1 and clock.now > 0.9:
            at.said += late.pop()

    def no_answer_to_the_job(at: Line) -> None:
        come_late(at)
        if at.fences == 1:
            at.fence = b""

    line.after = no_answer_to_the_job
    assert driver.print_job(JOB) == Outcome("unknown", "fence_unanswered")
    assert not late


def test_a_printer_that_never_answers_a_fence_gets_no_job(driver: PrinterDriver, line: Line) -> None:
    line.fence = b""
    with pytest.raises(PrinterSilent, match="GS r 1"):
        driver.print_job(JOB, sending=lambda: pytest.fail("nothing was to be sent"))


def test_a_printer_that_takes_no_more_bytes_and_gives_no_reason_times_out(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    def fill(at: Line) -> None:
        if JOB[:3000] in at.taken:
            at.room = 0

    line.after = fill
    assert driver.print_job(JOB) == Outcome("unknown", "write_timed_out")
    assert clock.now >= PATIENCE.write_s


def test_a_printer_that_says_its_paper_is_out_is_waited_for_as_long_as_it_takes(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    heard: list[str] = []

    def run_out(at: Line) -> None:
        if JOB[:3000] in at.taken and at.room == 1000:
            at.room, at.said = 0, bytes.fromhex("18 00 0F 00")
        if clock.now > 3600 and at.room == 0:
            at.room, at.said = 999, bytes.fromhex("10 00 00 00")

    line.after = run_out
    assert driver.print_job(JOB, learnt=heard.append) == Outcome("confirmed")
    assert heard == ["ready", "paper_out", "ready"]


def test_a_printer_without_automatic_status_is_asked_while_it_waits_for_paper(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    def run_out(at: Line) -> None:
        if JOB in at.taken and at.fence and at.fences == 1:
            at.fence, at.answers[4] = b"", b"\x7e"
        if clock.now > 3600 and not at.fence:
            at.fence, at.answers[4], at.said = b"\x00", b"\x12", b"\x00"

    line.after = run_out
    assert driver.print_job(JOB) == Outcome("confirmed")


def test_a_fence_answered_with_paper_out_is_no_confirmation(driver: PrinterDriver, line: Line) -> None:
    def run_out(at: Line) -> None:
        if at.fences == 1:
            at.fence = b"\x0f"

    line.after = run_out
    assert driver.print_job(JOB) == Outcome("unknown", "paper_out")


def test_a_stopped_program_leaves_the_job_where_it_is(line: Line, clock: Clock) -> None:
    stopping = threading.Event()
    driver = PrinterDriver(lambda: line, stopping=stopping, monotonic=clock)

    def stop(at: Line) -> None:
        if JOB[:2000] in at.taken:
            stopping.set()

    line.after = stop
    with pytest.raises(Interrupted):
        driver.print_job(JOB)
