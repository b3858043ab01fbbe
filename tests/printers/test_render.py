from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hub.domain.hall import Printer
from printers.drawing import draw
from printers.paper import Mechanics
from printers.receipt_slip import slip_of
from printers.render import STRIP_ROWS, escpos_bytes, render
from tests.printers import factories

WIDE = Printer(name="wide", url="", width_dots=576)
NARROW = Printer(name="narrow", url="", width_dots=384)


def printed(data: bytes, width: int, out: Path) -> tuple[Image.Image, Mechanics]:
    """What an independent reader of ESC/POS puts on paper."""
    works = Mechanics(out, width, lambda answer: None)
    works.take(data)
    works.work(100_000)
    with Image.open(out / "receipt-001.png") as paper:
        return paper.copy(), works


@pytest.mark.parametrize("printer", [WIDE, NARROW], ids=["80mm", "58mm"])
def test_a_printer_puts_the_very_picture_on_paper(printer: Printer, tmp_path: Path) -> None:
    receipt = factories.longest_receipt()
    paper, works = printed(render(receipt, printer), printer.width_dots, tmp_path)
    wanted = draw(slip_of(receipt), printer.width_dots)
    inked = ImageChops.invert(wanted.convert("L")).getbbox()
    assert inked is not None
    head = wanted.crop((0, 0, wanted.width, inked[3]))  # blank rows at the end are left to the knife
    assert paper.size == head.size
    differing = ImageChops.logical_xor(paper, head).histogram()[255]
    assert differing <= 3, "only single dots may be taken out, where they spell a real-time command"
    assert works.strange_bytes == 0
    assert works.receipts == 1


@pytest.mark.parametrize("printer", [WIDE, NARROW], ids=["80mm", "58mm"])
def test_the_longest_receipt_is_small_enough_for_a_serial_line(printer: Printer) -> None:
    assert len(render(factories.longest_receipt(), printer)) <= 60_000


def test_strips_have_at_most_128_rows_and_blank_rows_are_fed() -> None:
    picture = Image.new("1", (576, 700), 1)
    picture.paste(0, (8, 0, 16, 300))
    picture.paste(0, (8, 690, 16, 700))
    data = escpos_bytes(picture)
    heights = [int.from_bytes(found[1], "little") for found in re.finditer(rb"\x1dv0\x00..(..)", data, re.DOTALL)]
    assert heights == [STRIP_ROWS, STRIP_ROWS, 44, 10]
    assert re.findall(rb"\x1bJ(.)", data, re.DOTALL) == [bytes((255,)), bytes((135,))]
    assert len(data) < 700


def test_feeding_counts_in_dots_whatever_the_model_starts_with() -> None:
    assert escpos_bytes(Image.new("1", (8, 1), 0)).startswith(b"\x1b@\x1dP" + bytes((203, 203)))


def test_a_picture_never_spells_a_real_time_command(tmp_path: Path) -> None:
    spelling = bytes.fromhex("10 04 01 10 14 01 10 05 02") * 64
    picture = Image.frombytes("1", (576, 8), bytes(byte ^ 0xFF for byte in spelling))
    data = escpos_bytes(picture)
    assert not re.search(rb"\x10[\x04\x05\x14]", data)
    paper, _ = printed(data, 576, tmp_path)
    assert paper.size == (576, 8)


def test_paper_whose_width_is_no_whole_number_of_bytes_has_no_ink_at_its_edge() -> None:
    picture = Image.new("1", (420, 2), 1)
    picture.putpixel((0, 0), 0)
    strips = re.findall(rb"\x1dv0\x00(..)(..)(.)", escpos_bytes(picture), re.DOTALL)
    assert strips == [(b"\x01\x00", b"\x01\x00", b"\x80")]


def test_ends_with_a_cut() -> None:
    assert render(factories.receipt(), WIDE).endswith(b"\x1dVB\x00")


def test_the_renderer_warns_of_nothing_and_writes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        render(factories.receipt(), NARROW)
    assert capfd.readouterr() == ("", "")
