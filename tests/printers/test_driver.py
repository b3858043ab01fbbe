from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from hub.domain.printer import Confirmation
from printers.conversation import Patience
from printers.driver import HEAD_ENDS, MEND, PUSH_OUT, Outcome, PrinterDriver
from printers.errors import (
    ConnectionLost,
    CoverOpen,
    CutterJam,
    Interrupted,
    NotReady,
    Overheated,
    PaperOut,
    PrinterFault,
    PrinterSilent,
)
from printers.profiles import PROFILES
from printers.status import ASB_ON, FENCE

JOB = b"\x1b@picture" * 700 + b"\x1dVB\x00"
PATIENCE = Patience()
PROCESS = b"\x1d(H\x06\x00\x30\x30"


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
        self.taken = self._printed = b""
        self._read = 0
        self.said = b""
        self.answers = {1: b"\x12", 2: b"\x12", 3: b"\x12", 4: b"\x12"}
        self.process = True
        self.fence: bytes = b"\x00"
        self.fences = 0
        self.after: Callable[[Line], None] = lambda line: None
        self.lost = False
        self.busy = False
        """Whether it has no time to answer yet."""
        self.closed = self.abandoned = 0

    @property
    def printed(self) -> bytes:
        """What is no question."""
        if self._read != len(self.taken):
            self._printed, self._read = re.sub(rb"\x10\x04[\x01-\x04]", b"", self.taken), len(self.taken)
        return self._printed

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        if self.lost:
            raise ConnectionLost("pulled out")
        self.after(self)
        taken = data[: self.room]
        self.taken += taken
        for at in range(max(2, len(self.taken) - len(taken)), len(self.taken)):
            if self.taken[at - 2 : at] == b"\x10\x04":
                self.said += self.answers[self.taken[at]]
        if taken.endswith(FENCE):
            self.fences += 1
            self.said += self.fence
        if taken.startswith(PROCESS) and len(taken) == 11 and self.process:
            self.said += b"\x37\x22" + taken[7:] + b"\x00"
        if self.busy:
            self.clock.now += 0 if taken else timeout_s
            return len(taken), b""
        if not taken and not self.said:
            self.clock.now += timeout_s
        said, self.said = self.said, b""
        return len(taken), said

    def close(self) -> None:
        self.closed += 1

    def abandon(self) -> None:
        self.abandoned += 1
        self.close()


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
    assert line.printed.endswith(ASB_ON + FENCE + JOB + FENCE)
    assert not line.abandoned
    assert driver.condition == "ready"


def test_all_bytes_arrive_in_order_however_few_the_line_takes_at_a_time(driver: PrinterDriver, line: Line) -> None:
    line.room = 7
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert JOB in line.printed


@pytest.mark.parametrize(
    ("n", "answer", "error", "condition"),
    [
        (4, b"\x7e", PaperOut, "paper_out"),
        (2, b"\x32", PaperOut, "paper_out"),
        (2, b"\x16", CoverOpen, "cover_open"),
        (2, b"\x52", PrinterFault, "fault"),
        (3, b"\x1a", CutterJam, "cutter_jam"),
        (3, b"\x52", Overheated, "overheated"),
        (3, b"\x32", PrinterFault, "fault"),
        (3, b"", PrinterFault, "fault"),
        (1, b"\x1a", PrinterFault, "fault"),
    ],
)
def test_nothing_is_sent_to_a_printer_that_is_not_ready(
    driver: PrinterDriver, line: Line, n: int, answer: bytes, error: type[NotReady], condition: str
) -> None:
    line.answers[n] = answer
    if n == 3:
        line.answers[2] = b"\x52"  # an error: which one is asked for
    started: list[bool] = []
    with pytest.raises(error):
        driver.print_job(JOB, sending=lambda: started.append(True))
    assert driver.condition == condition
    assert not started
    assert FENCE not in line.printed


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
    line.answers = dict.fromkeys((1, 2, 3, 4), b"")
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
        at.lost = JOB[:2000] in at.printed

    line.after = pull
    assert driver.print_job(JOB) == Outcome("unknown", "connection_lost")
    line.after, line.lost, line.taken = lambda at: None, False, b""
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert line.printed.index(MEND) < line.printed.index(ASB_ON) < line.printed.index(JOB)


def test_an_earlier_programs_torn_job_is_mended_first(line: Line, clock: Clock) -> None:
    driver = PrinterDriver(lambda: line, torn=True, monotonic=clock)
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert MEND in line.printed
    line.taken = b""
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert MEND not in line.printed


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
        if JOB[:3000] in at.printed:
            at.room = 0

    line.after = fill
    assert driver.print_job(JOB) == Outcome("unknown", "write_timed_out")
    assert clock.now >= PATIENCE.write_s


def test_a_printer_that_says_its_paper_is_out_is_waited_for_and_the_job_is_in_two_pieces(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    heard: list[str] = []

    def run_out(at: Line) -> None:
        if JOB[:3000] in at.printed and at.room == 1000:
            at.room, at.said = 0, bytes.fromhex("18 00 0F 00")
        if clock.now > 3600 and at.room == 0:
            at.room, at.said = 999, bytes.fromhex("10 00 00 00")

    line.after = run_out
    assert driver.print_job(JOB, learnt=heard.append) == Outcome("unknown", "paper_out")
    assert heard == ["ready", "paper_out", "ready"]


def test_a_printer_without_automatic_status_is_asked_while_it_waits_for_paper(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    def run_out(at: Line) -> None:
        if JOB in at.printed and at.fence and at.fences == 1:
            at.fence, at.answers[4] = b"", b"\x7e"
        if clock.now > 300 and not at.fence:
            at.fence, at.answers[4], at.said = b"\x00", b"\x12", b"\x00"

    line.after = run_out
    assert driver.print_job(JOB) == Outcome("unknown", "paper_out")


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
        if JOB[:2000] in at.printed:
            stopping.set()

    line.after = stop
    with pytest.raises(Interrupted):
        driver.print_job(JOB)


def driver_of(confirmation: Confirmation, line: Line, clock: Clock, **more: Any) -> PrinterDriver:
    ids = iter((b"AAAA", b"BBBB", b"CCCC", b"DDDD"))
    profile = replace(PROFILES[80], confirmation=confirmation)
    return PrinterDriver(lambda: line, profile, monotonic=clock, fresh_id=lambda: next(ids), **more)


def late(answer: bytes) -> Callable[[Line], None]:
    """Comes once, while the job's own confirmation is waited for."""
    due = [answer]

    def come(at: Line) -> None:
        if due and JOB in at.printed and not at.printed.endswith(JOB):
            at.said += due.pop()

    return come


def test_a_job_is_confirmed_by_its_own_process_id(line: Line, clock: Clock) -> None:
    line.fence = b""
    assert driver_of("process_id", line, clock).print_job(JOB) == Outcome("confirmed")
    assert line.printed.endswith(ASB_ON + PROCESS + b"AAAA" + JOB + PROCESS + b"BBBB")


@pytest.mark.parametrize("answer", ["37 22 41 41 41 41 00", "00", "10 00 00 00"])
def test_another_jobs_late_answer_confirms_nothing_where_ids_are_given(line: Line, clock: Clock, answer: str) -> None:
    def deaf_to_the_job(at: Line) -> None:
        at.process = JOB not in at.printed
        come(at)

    come = late(bytes.fromhex(answer))
    line.after = deaf_to_the_job
    assert driver_of("process_id", line, clock).print_job(JOB) == Outcome("unknown", "fence_unanswered")


def test_a_printer_without_process_ids_gets_no_job_where_the_hall_says_it_has_them(line: Line, clock: Clock) -> None:
    line.process = False
    with pytest.raises(PrinterSilent, match=r"GS \( H; bancheng printer probe"):
        driver_of("process_id", line, clock).print_job(JOB, sending=lambda: pytest.fail("nothing was to be sent"))


@pytest.mark.parametrize("piece", ["00 00 00", "00 03 00", "80 00"], ids=["of-a-block", "of-another", "noise"])
def test_a_piece_of_a_block_is_not_taken_for_the_fence(driver: PrinterDriver, line: Line, piece: str) -> None:
    def garbled(at: Line) -> None:
        at.fence = bytes.fromhex(piece) if at.fences == 1 else b"" if at.fences > 1 else b"\x00"

    line.after = garbled
    assert driver.print_job(JOB) == Outcome("unknown", "fence_unanswered")
    assert line.fences == 3, "asked once more, where nothing may stand beside the answer"


def test_answers_that_never_stand_alone_are_nonsense(driver: PrinterDriver, line: Line) -> None:
    def noisy(at: Line) -> None:
        at.fence = b"\x00\x80" if at.fences else b"\x00"

    line.after = noisy
    assert driver.print_job(JOB) == Outcome("unknown", "nonsense_answer")


def test_what_an_opened_line_still_brings_is_no_answer_to_this_program(driver: PrinterDriver, line: Line) -> None:
    line.said = b"\x00\x00"

    def no_answer_to_the_job(at: Line) -> None:
        if at.fences == 1:
            at.fence = b""

    line.after = no_answer_to_the_job
    assert driver.print_job(JOB) == Outcome("unknown", "fence_unanswered")


def test_one_answer_that_came_before_the_question_confirms_nothing(line: Line, clock: Clock) -> None:
    driver = PrinterDriver(lambda: line, torn=True, monotonic=clock)
    due = [b"\x00"]

    def early(at: Line) -> None:
        if due and JOB[:2000] in at.printed and JOB not in at.printed:
            at.said, at.fence = due.pop(), b""

    line.after = early
    assert driver.print_job(JOB) == Outcome("unknown", "fence_unanswered")


def test_after_a_lost_line_the_next_job_opens_a_new_one(line: Line, clock: Clock) -> None:
    broken = Line(clock)
    broken.after = lambda at: setattr(at, "lost", JOB[:2000] in at.printed)
    lines = [broken, line]
    driver = PrinterDriver(lambda: lines.pop(0), monotonic=clock)
    assert driver.print_job(JOB) == Outcome("unknown", "connection_lost")
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert JOB in line.printed


def test_a_lost_jobs_bytes_die_with_its_line(driver: PrinterDriver, line: Line) -> None:
    def pull(at: Line) -> None:
        at.lost = JOB[:2000] in at.printed

    line.after = pull
    driver.print_job(JOB)
    assert line.abandoned == 1


def test_a_printer_switched_off_and_on_while_it_had_no_paper_has_printed_nothing_for_sure(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    def run_out_and_switch(at: Line) -> None:
        if JOB[:3000] in at.printed and at.room == 1000:
            at.room, at.said = 0, bytes.fromhex("18 00 0F 00")
        if clock.now > 600 and at.room == 0:
            at.room = 999  # it takes bytes again, and never said that there is paper

    line.after = run_out_and_switch
    assert driver.print_job(JOB) == Outcome("unknown", "switched_off")


def test_a_printer_switched_off_and_on_while_its_answer_is_awaited_is_noticed(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    def run_out_and_switch(at: Line) -> None:
        if at.fences == 1 and JOB in at.printed and at.fence:
            at.fence, at.said = b"", bytes.fromhex("18 00 0F 00")
        at.answers[4] = b"\x7e" if 1 < clock.now < 600 else b"\x12"

    line.after = run_out_and_switch
    assert driver.print_job(JOB) == Outcome("unknown", "switched_off")
    assert 600 <= clock.now < 660


def test_a_printer_switched_off_and_on_within_a_job_is_not_taken_at_its_word_for_the_rest(
    driver: PrinterDriver, line: Line
) -> None:
    def switch(at: Line) -> None:
        off = JOB[:2000] in at.printed and JOB[:4000] not in at.printed
        at.answers = dict.fromkeys((1, 2, 3, 4), b"" if off else b"\x12")

    line.after = switch
    assert driver.print_job(JOB) == Outcome("unknown", "switched_off")


def test_a_full_printer_that_answers_late_was_not_switched_off(driver: PrinterDriver, line: Line, clock: Clock) -> None:
    def busy(at: Line) -> None:
        at.busy = JOB[:2000] in at.printed and clock.now < 5

    line.after = busy
    assert driver.print_job(JOB) == Outcome("confirmed")
    assert clock.now > 5


def test_a_printer_that_is_helped_without_saying_so_at_once_is_waited_for(
    driver: PrinterDriver, line: Line, clock: Clock
) -> None:
    """Its buffer is full, so that it does not even answer questions."""

    def full(at: Line) -> None:
        if at.fences == 1 and JOB in at.printed and at.fence:
            at.fence, at.said = b"", bytes.fromhex("38 00 00 00")
        stuck = bool(at.fences == 2 and clock.now < 900)
        at.answers = dict.fromkeys((1, 2, 3, 4), b"" if stuck else b"\x12")
        if at.fences == 2 and not stuck and due:
            at.said = due.pop()

    due = [bytes.fromhex("10 00 00 00 00")]  # its report that it goes on, and the fence
    line.after = full
    assert driver.print_job(JOB) == Outcome("confirmed")


def test_a_printer_that_confirms_nothing_leaves_its_job_unknown_and_whole(line: Line, clock: Clock) -> None:
    line.fence, line.process = b"", False
    driver = driver_of("none", line, clock)
    assert driver.print_job(JOB) == Outcome("unknown", "unconfirmed")
    assert JOB in line.printed
    assert FENCE not in line.printed
    assert MEND not in line.printed
    assert driver.print_job(JOB) == Outcome("unknown", "unconfirmed")
    assert MEND not in line.printed


def test_a_mute_printer_gets_its_job_where_the_hall_says_it_confirms_nothing(line: Line, clock: Clock) -> None:
    line.answers = dict.fromkeys((1, 2, 3, 4), b"")
    assert driver_of("none", line, clock).print_job(JOB) == Outcome("unknown", "unconfirmed")
    assert JOB in line.printed


def test_a_printer_that_answered_once_and_falls_silent_is_away(line: Line, clock: Clock) -> None:
    driver = driver_of("none", line, clock)
    driver.check()
    line.answers = dict.fromkeys((1, 2, 3, 4), b"")
    with pytest.raises(PrinterSilent):
        driver.print_job(JOB, sending=lambda: pytest.fail("nothing was to be sent"))


def test_a_torn_piece_is_pushed_out_where_there_is_no_knife(line: Line, clock: Clock) -> None:
    driver = PrinterDriver(lambda: line, replace(PROFILES[58], ending="tear"), torn=True, monotonic=clock)
    driver.print_job(JOB)
    assert line.printed.index(MEND + PUSH_OUT) < line.printed.index(JOB)


def test_another_jobs_answer_while_the_job_is_being_sent_is_not_taken_for_its_own(
    driver: PrinterDriver, line: Line
) -> None:
    def answer_an_older_job(at: Line) -> None:
        if JOB[:2000] in at.printed and JOB not in at.printed:
            at.said, at.fence = b"\x00", b""

    line.after = answer_an_older_job
    assert driver.print_job(JOB) == Outcome("unknown", "fence_unanswered")


def test_before_any_question_after_a_torn_job_the_head_of_its_picture_is_ended(line: Line, clock: Clock) -> None:
    driver = PrinterDriver(lambda: line, torn=True, monotonic=clock)
    driver.check()
    assert line.taken.index(HEAD_ENDS) < line.taken.index(b"\x10\x04")
