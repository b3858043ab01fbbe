from __future__ import annotations

import re
import warnings
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from hub.config import hall_templates
from hub.domain.words import LANGUAGES
from printers.drawing import draw
from printers.paper import Mechanics
from printers.profiles import PROFILES, Profile
from printers.receipt_slip import slip_of
from printers.render import render, render_slip
from printers.slip import Line, Slip
from printers.strips import STRIP_ROWS, doubled, inside_the_line, of
from tests.printers import every_paper, factories
from tests.printers.reading import read

WIDE = PROFILES[80]
NARROW = PROFILES[58]
PAPERS = every_paper.papers()


def printed(data: bytes, width: int, out: Path) -> tuple[Image.Image, Mechanics]:
    """What an independent reader of ESC/POS puts on paper."""
    works = Mechanics(out, width, lambda answer: None)
    works.take(data)
    works.work(100_000)
    with Image.open(out / "receipt-001.png") as paper:
        return paper.copy(), works


@pytest.mark.parametrize("printer", [WIDE, NARROW], ids=["80mm", "58mm"])
def test_a_printer_puts_the_very_picture_on_paper(printer: Profile, tmp_path: Path) -> None:
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
def test_the_longest_receipt_is_small_enough_for_a_serial_line(printer: Profile) -> None:
    assert len(render(factories.longest_receipt(), printer)) <= 60_000


@pytest.mark.parametrize("name", PAPERS)
def test_no_citizen_s_paper_of_80_mm_takes_more_than_60_kb_and_no_form_more_than_70(name: str) -> None:
    assert len(render_slip(PAPERS[name], WIDE)) <= (70_000 if name in ("transfer", "refusal") else 60_000)


@pytest.mark.parametrize(("name", "language"), list(product(hall_templates(), LANGUAGES)))
def test_no_hall_s_longest_receipt_takes_more_than_60_kb_in_any_language(name: str, language: str) -> None:
    assert len(render(factories.longest_receipt_of(name, language), WIDE)) <= 60_000


def test_a_strip_is_as_wide_as_its_ink_wherever_that_stands() -> None:
    picture = Image.new("1", (576, 40), 1)
    for top, left, right in ((0, 0, 100), (10, 250, 330), (20, 500, 576)):
        picture.paste(0, (left, top, right, top + 9))
        picture.putpixel((left, top + 4), 1)
    data = of(picture)
    strips = re.findall(rb"(?:\x1ba(.))?\x1dv0\x00(.)\x00", data, re.DOTALL)
    assert strips == [(b"", bytes((13,))), (b"\x01", bytes((12,))), (b"\x02", bytes((10,)))]
    assert data.endswith(b"\x1ba\x00"), "what comes behind it stands at the left again"


def test_rows_that_reach_further_are_a_strip_of_their_own() -> None:
    picture = Image.new("1", (576, 31), 1)
    picture.paste(0, (0, 0, 9, 31))
    picture.paste(0, (0, 15, 561, 16))
    strips = re.findall(rb"\x1dv0\x00(.)\x00(.)\x00", of(picture), re.DOTALL)
    assert strips == [(b"\x02", b"\x0f"), (b"\x47", b"\x01"), (b"\x02", b"\x0f")]


@pytest.mark.parametrize("dots", [384, 420, 576])
def test_the_printer_is_told_how_wide_the_paper_is(dots: int) -> None:
    """A head may be wider, and what stands at the right or in the middle would be elsewhere."""
    job = render(factories.receipt(), replace(WIDE, width_dots=dots))
    assert job[6:10] == b"\x1dW" + (dots // 8 * 8).to_bytes(2, "little")


def test_strips_have_at_most_128_rows_and_blank_rows_are_fed() -> None:
    picture = Image.new("1", (576, 701), 1)
    picture.paste(0, (9, 0, 16, 300))
    picture.paste(0, (9, 690, 16, 700))
    data = of(picture)
    heights = [int.from_bytes(found[1], "little") for found in re.finditer(rb"\x1dv0\x00..(..)", data, re.DOTALL)]
    assert heights == [STRIP_ROWS, STRIP_ROWS, 44, 10]
    assert re.findall(rb"\x1bJ(.)", data, re.DOTALL) == [bytes((255,)), bytes((135,))], "none behind the last dot"
    assert len(data) < 700


def test_what_stands_in_squares_of_four_dots_is_sent_as_a_quarter_of_them(tmp_path: Path) -> None:
    picture = Image.new("1", (576, 300), 1)
    for at in range(0, 100, 4):
        picture.paste(0, (100 + at, 0, 102 + at, 300))
    data = of(picture)
    assert re.findall(rb"\x1dv0(.)..(..)", data, re.DOTALL) == [(b"\x03", b"\x80\x00"), (b"\x03", b"\x16\x00")]
    (paper,) = read(data).pictures
    assert paper.crop((0, 0, 208, 300)).tobytes() == picture.crop((0, 0, 208, 300)).tobytes()
    picture.putpixel((100, 7), 1)
    heights = re.findall(rb"\x1dv0(.)..(..)", of(picture), re.DOTALL)
    assert heights == [(b"\x00", b"\x08\x00"), (b"\x03", b"\x80\x00"), (b"\x03", b"\x12\x00")], "dot for dot there"


@pytest.mark.parametrize("density", [-6, 3])
def test_density_is_sent_where_the_hall_set_one(density: int) -> None:
    assert read(render(factories.receipt(), replace(WIDE, density=density))).density == density
    assert read(render(factories.receipt(), WIDE)).density is None


@pytest.mark.parametrize("text", ["raster", "gb18030"])
def test_paper_that_is_torn_off_is_fed_past_the_edge_and_not_cut(text: Any) -> None:
    cut = read(render(factories.receipt(), replace(WIDE, text=text)))
    torn = read(render(factories.receipt(), replace(WIDE, text=text, ending="tear", feed_rows=300)))
    assert (cut.cuts, torn.cuts) == (1, 0)
    assert torn.fed - cut.fed == 300


@pytest.mark.parametrize("text", ["raster", "gb18030", "gb2312"])
def test_the_hall_s_logo_stands_above_every_paper(text: Any) -> None:
    profile = replace(NARROW, text=text)
    mark = Image.new("RGBA", (300, 100), "black")
    slip = Slip((Line("上"),))
    plain, marked = (render_slip(slip, profile, logo) for logo in (None, mark))
    first = read(marked).pictures[0].convert("L")
    assert first.histogram()[0] >= 230 * 76
    assert len(marked) > len(plain)


def test_feeding_counts_in_dots_whatever_the_model_starts_with() -> None:
    assert render_slip(Slip(()), WIDE).startswith(b"\x1b@\x1dP" + bytes((203, 203)))


def test_a_picture_never_spells_a_real_time_command() -> None:
    spelling = bytes.fromhex("10 04 01 10 14 01 10 05 02") * 64
    picture = Image.frombytes("1", (576, 8), bytes(byte ^ 0xFF for byte in spelling))
    assert not re.search(rb"\x10[\x04\x05\x14]", of(picture))
    assert not re.search(rb"\x10[\x04\x05\x14]", doubled(picture))
    cell = Image.frombytes("1", (24, 24), bytes(byte ^ 0xFF for byte in spelling[:72])).transpose(
        Image.Transpose.TRANSPOSE
    )
    assert not re.search(rb"\x10[\x04\x05\x14]", inside_the_line(cell))
    (paper,) = read(of(picture)).pictures
    assert paper.height == 8


def test_paper_whose_width_is_no_whole_number_of_bytes_has_no_ink_at_its_edge() -> None:
    picture = Image.new("1", (420, 2), 1)
    picture.putpixel((0, 0), 0)
    strips = re.findall(rb"\x1dv0\x00(..)(..)(.)", of(picture), re.DOTALL)
    assert strips == [(b"\x01\x00", b"\x01\x00", b"\x80")]


def test_ends_with_a_cut() -> None:
    assert render(factories.receipt(), WIDE).endswith(b"\x1dVB\x00")


def test_the_renderer_warns_of_nothing_and_writes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        render(factories.receipt(), NARROW)
    assert capfd.readouterr() == ("", "")
