from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from printers.characters import CELL_DOTS, glyph
from printers.machine import Machine
from printers.roll import Fallen

CUT = b"\x1dVB\x00"
CHINESE = b"\x1c&"


class Printer:
    """A machine in the hand: what it is given comes out as a picture."""

    def __init__(self, width_dots: int = 384, **abilities: object) -> None:
        self.fallen: list[Fallen] = []
        self.machine = Machine(Path(), width_dots, **abilities)  # type: ignore[arg-type]
        self.machine.works.roll.fell = self.fallen.append
        self.machine.connect(lambda said: None, lambda: None)

    def prints(self, data: bytes) -> Image.Image:
        self.machine.receive(data + CUT)
        return self.fallen[-1].picture()

    @property
    def strange_bytes(self) -> int:
        return self.machine.works.strange_bytes


@pytest.fixture
def printer() -> Printer:
    return Printer()


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


def is_glyph(picture: Image.Image, character: str, left: int, top: int = 0) -> bool:
    """Whether the character, and nothing else, stands in that cell."""
    cell = picture.crop((left, top, left + CELL_DOTS, top + CELL_DOTS)).convert("L")
    wanted = glyph(character, CELL_DOTS, CELL_DOTS, False)
    return ImageChops.difference(ImageChops.invert(cell), wanted).getbbox() is None


@pytest.mark.parametrize("text", ["办不成事", "骨直角", "䶮𠮷〇①", "（）：、"])
def test_chinese_text_comes_out_in_cells_of_24_dots(printer: Printer, text: str) -> None:
    paper = printer.prints(CHINESE + text.encode("gb18030") + b"\n")
    assert all(is_glyph(paper, character, place * CELL_DOTS) for place, character in enumerate(text))
    assert printer.strange_bytes == 0


def test_what_an_older_font_does_not_have_comes_out_blank_and_is_counted() -> None:
    printer = Printer(charset="gb2312")
    paper = printer.prints(CHINESE + "办龑事".encode("gb18030") + b"\n")
    assert is_glyph(paper, "办", 0)
    assert is_glyph(paper, "事", 2 * CELL_DOTS)
    assert ImageChops.invert(paper.convert("L")).crop((CELL_DOTS, 0, 2 * CELL_DOTS, CELL_DOTS)).getbbox() is None
    assert printer.strange_bytes == 2


def test_letters_are_half_as_wide(printer: Printer) -> None:
    paper = printer.prints(CHINESE + b"12" + "办".encode("gb18030") + b"\n")
    assert is_glyph(paper, "办", CELL_DOTS)


@pytest.mark.parametrize(
    ("command", "wide", "high"),
    [(b"\x1d!\x11", 2, 2), (b"\x1c!\x04", 2, 1), (b"\x1c!\x08", 1, 2), (b"\x1d!\x32", 4, 3)],
)
def test_sizes_enlarge_dot_by_dot(printer: Printer, command: bytes, wide: int, high: int) -> None:
    plain = ink(Printer().prints(CHINESE + "办".encode("gb18030") + b"\n"))
    large = ink(printer.prints(CHINESE + command + "办".encode("gb18030") + b"\n"))
    assert large == (plain[0] * wide, plain[1] * high, plain[2] * wide, plain[3] * high)


@pytest.mark.parametrize(("alignment", "left"), [(0, 0), (1, 180), (2, 360)])
def test_alignment_places_the_whole_line(printer: Printer, alignment: int, left: int) -> None:
    paper = printer.prints(b"\x1ba" + bytes((alignment,)) + CHINESE + "办".encode("gb18030") + b"\n")
    assert is_glyph(paper, "办", left)


def test_a_line_that_is_full_goes_on_below(printer: Printer) -> None:
    paper = printer.prints(CHINESE + ("办" * 16 + "事").encode("gb18030") + b"\n")
    assert is_glyph(paper, "事", 0, top=30)


def test_a_picture_in_a_line_stands_between_its_characters(printer: Printer) -> None:
    drawn = b"\x1b*\x21\x18\x00" + b"\xff\xff\xff" * CELL_DOTS
    paper = printer.prints(CHINESE + "办".encode("gb18030") + drawn + "事".encode("gb18030") + b"\n")
    assert is_glyph(paper, "办", 0)
    assert is_glyph(paper, "事", 2 * CELL_DOTS)
    assert set(paper.crop((CELL_DOTS, 0, 2 * CELL_DOTS, CELL_DOTS)).tobytes()) == {0}
    assert printer.strange_bytes == 0


def test_a_character_that_the_host_drew_itself_comes_out_as_drawn(printer: Printer) -> None:
    own = b"\x1c2\xfe\xa1" + b"\xff\xff\xff" * CELL_DOTS
    paper = printer.prints(CHINESE + own + b"\xfe\xa1\n")
    assert ink(paper) == (0, 0, CELL_DOTS, CELL_DOTS)
    assert printer.strange_bytes == 0


def test_inverse_and_underline_are_seen(printer: Printer) -> None:
    paper = printer.prints(b"\x1dB\x01 \x1dB\x00\x1b-\x01 \n")
    assert ink(paper.crop((0, 0, 12, 30))) == (0, 0, 12, 24)
    assert ink(paper.crop((12, 0, 24, 30))) == (0, 22, 12, 24)


@pytest.mark.parametrize("level", [48, 49, 50, 51])
def test_a_qr_code_of_its_own_reads_as_what_it_was_given(printer: Printer, level: int) -> None:
    address = b"https://bcs.yueyang.gov.cn/p/AbCdEfGhIjKlMnOpQrStUv"
    paper = printer.prints(
        b"\x1ba\x01\x1d(k\x03\x001C\x06"
        + b"\x1d(k\x03\x001E"
        + bytes((level,))
        + b"\x1d(k"
        + (len(address) + 3).to_bytes(2, "little")
        + b"1P0"
        + address
        + b"\x1d(k\x03\x001Q0"
    )
    framed = Image.new("L", (384, paper.height + 60), 255)
    framed.paste(paper, (0, 30))
    assert [found.text for found in zxingcpp.read_barcodes(framed)] == [address.decode()]
    assert printer.strange_bytes == 0
