"""What a printer answers is told apart, question by question, and becomes what the hall's file can say."""

from __future__ import annotations

import io
import re
import tomllib
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from hub.domain.printer import Printer, mistakes
from printers.paper import Mechanics
from printers.probe import (
    DOTS_PER_MM,
    LABEL_EVERY_MM,
    RULER_DOTS,
    Found,
    Prober,
    ruler,
    suggestion,
    trouble,
    width_dots,
)

PRINTER = Printer(name="receipt-1", url="/dev/ttyUSB0", baud=9600)
EVERYTHING = {
    b"\x10\x04\x01": b"\x12",
    b"\x10\x04\x02": b"\x12",
    b"\x10\x04\x03": b"\x12",
    b"\x10\x04\x04": b"\x12",
    b"\x1dIA": b"_1.02\x00",
    b"\x1dIB": b"_EPSON\x00",
    b"\x1dIC": b"_TM-T82II\x00",
    b"\x1dID": b"_J4KF001234\x00",
    b"\x1dIE": b"_CHINA GB18030\x00",
    b"\x1da\xff": b"\x10\x00\x00\x00",
    b"\x1d(H\x06\x0000HALL": b"\x37\x22HALL\x00",
    b"\x1dr\x01": b"\x00",
}


class Line:
    """A printer that answers what it was given an answer for, one byte at a time; each wait lasts its time."""

    def __init__(self, answers: dict[bytes, bytes], greeting: bytes = b"") -> None:
        self.answers, self.said, self.now = answers, greeting, 0.0
        self.taken = b""

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        self.taken += data
        self.said += self.answers.get(data, b"")
        if not self.said:
            self.now += timeout_s
        said, self.said = self.said[:1], self.said[1:]
        return len(data), said

    def close(self) -> None: ...

    def abandon(self) -> None: ...


def found(answers: dict[bytes, bytes], greeting: bytes = b"") -> Found:
    line = Line(answers, greeting)
    return Prober(line, monotonic=lambda: line.now).probe()


def but(**changed: str) -> dict[bytes, bytes]:
    """Everything, with some answers changed: by the name of the question."""
    names = {
        "printer": b"\x10\x04\x01",
        "cause": b"\x10\x04\x02",
        "error": b"\x10\x04\x03",
        "paper": b"\x10\x04\x04",
        "maker": b"\x1dIB",
        "model": b"\x1dIC",
        "asb": b"\x1da\xff",
        "process": b"\x1d(H\x06\x0000HALL",
        "fence": b"\x1dr\x01",
    }
    return EVERYTHING | {names[name]: bytes.fromhex(answer) for name, answer in changed.items()}


def test_a_printer_that_answers_all_is_known_by_name_and_by_what_it_can() -> None:
    assert found(EVERYTHING) == Found(
        condition="ready",
        about={
            "maker": "EPSON",
            "model": "TM-T82II",
            "serial": "J4KF001234",
            "firmware": "1.02",
            "own fonts": "CHINA GB18030",
        },
        says_why=True,
        reports=True,
        process_id=True,
        fence=True,
        strange_bytes=0,
    )


@pytest.mark.parametrize(
    ("changed", "condition"),
    [
        ({"paper": "7e"}, "paper_out"),
        ({"cause": "32"}, "paper_out"),
        ({"cause": "16"}, "cover_open"),
        ({"cause": "52", "error": "1a"}, "cutter_jam"),
        ({"cause": "52", "error": "52"}, "overheated"),
        ({"cause": "52", "error": ""}, "fault"),
        ({"printer": "1a", "error": "12"}, "fault"),
        ({"paper": "1e"}, "paper_near_end"),
        ({"printer": ""}, "silent"),
        ({"paper": ""}, "silent"),
    ],
)
def test_how_it_is_stands_in_what_was_found(changed: dict[str, str], condition: str) -> None:
    assert found(but(**changed)).condition == condition
    assert bool(trouble(found(but(**changed)).condition)) == (condition in trouble_conditions)


trouble_conditions = {"paper_out", "cover_open", "cutter_jam", "overheated", "fault"}


@pytest.mark.parametrize(
    ("changed", "confirmation"),
    [
        ({}, "process_id"),
        ({"process": ""}, "fence"),
        ({"process": "37 22 41 41 41 41 00"}, "fence"),
        ({"process": "", "fence": ""}, "none"),
        ({"process": "", "fence": "80"}, "none"),
    ],
)
def test_the_best_confirmation_it_answers_is_proposed(changed: dict[str, str], confirmation: str) -> None:
    assert found(but(**changed)).confirmation == confirmation


def test_a_clone_that_knows_no_names_is_not_asked_for_all_of_them() -> None:
    line = Line(but(maker="", model=""))
    assert Prober(line, monotonic=lambda: line.now).probe().about == {}
    assert b"\x1dIE" not in line.taken


def test_what_an_earlier_program_was_answered_counts_for_nothing() -> None:
    assert found({}, greeting=b"\x00\x37\x22HALL\x00\x12").answers is False


def test_nobody_there_answers_nothing_and_noise_is_counted() -> None:
    assert not found({}).answers
    noisy = found(dict.fromkeys(EVERYTHING, b"\x80\x80"))
    assert not noisy.answers
    assert noisy.strange_bytes


def test_automatic_status_is_switched_off_again() -> None:
    line = Line(EVERYTHING)
    Prober(line, monotonic=lambda: line.now).probe()
    assert line.taken.index(b"\x1da\xff") < line.taken.index(b"\x1da\x00")


@pytest.mark.parametrize(("dots", "last_mm"), [(384, 48), (512, 64), (576, 72)])
def test_the_ruler_shows_where_a_printer_ends(dots: int, last_mm: int, tmp_path: Any) -> None:
    works = Mechanics(tmp_path, dots, lambda answer: None)
    works.take(ruler() + b"\x1dVB\x00")
    works.work(10_000)
    with Image.open(tmp_path / "receipt-001.png") as paper:
        last = [mm for mm in range(1, RULER_DOTS // DOTS_PER_MM) if is_whole_line(paper, mm)][-1]
    assert last == last_mm
    assert width_dots(last_mm) == dots
    assert works.strange_bytes == 0


def is_whole_line(paper: Image.Image, mm: int) -> bool:
    column = mm * DOTS_PER_MM - 1
    return (
        mm % LABEL_EVERY_MM == 0
        and column < paper.width
        and all(paper.getpixel((column, row)) == 0 for row in range(64))
    )


def told(printer: Printer, found: Found, last_mm: int | None = None, *, slow: bool = False) -> dict[str, Any]:
    """The suggestion, read as the hall's file is."""
    (said,) = tomllib.load(io.BytesIO(suggestion(printer, found, last_mm, slow=slow).encode()))["printers"]
    assert mistakes(Printer(**said)) == []
    return said


@pytest.mark.parametrize(
    ("last_mm", "said"),
    [
        (48, {"paper_mm": 58}),
        (72, {"paper_mm": 80}),
        (64, {"paper_mm": 80, "width_dots": 512}),
        (None, {"paper_mm": 80}),
    ],
)
def test_what_to_write_is_what_the_halls_file_takes(last_mm: int | None, said: dict[str, int]) -> None:
    usual = {"name": "receipt-1", "url": "/dev/ttyUSB0", "baud": 9600, "confirmation": "process_id"}
    assert told(PRINTER, found(EVERYTHING), last_mm) == usual | said


def test_on_a_slow_line_its_own_font_is_proposed() -> None:
    assert told(PRINTER, found(EVERYTHING), slow=True)["text"] == "gb18030"
    older = replace(found(EVERYTHING), about={"own fonts": "CHINA GB2312"})
    assert told(PRINTER, older, slow=True)["text"] == "gb2312"
    assert "text" not in told(PRINTER, replace(older, about={}), slow=True)


def test_what_the_hall_has_set_already_stays() -> None:
    own = replace(PRINTER, ending="tear", density=2, feed_rows=40)
    said = told(own, found(EVERYTHING))
    assert (said["ending"], said["density"], said["feed_rows"]) == ("tear", 2, 40)


def test_a_ruler_is_no_receipt_and_is_not_cut() -> None:
    assert not re.search(rb"\x1dV", ruler())
