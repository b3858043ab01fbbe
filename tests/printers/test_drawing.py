"""Pictures of receipts. After a wanted change: `REDRAW=1 python -m pytest tests/printers/test_drawing.py`; then look at
them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from hub.domain.hall import Matter
from printers import drawing
from printers.drawing import draw
from printers.errors import FontMissing, PaperTooNarrow
from printers.papers import Paper, slip_of
from printers.slip import Field, Line, Qr, Slip
from tests.printers import factories

GOLDENS = Path(__file__).parents[1] / "goldens" / "printers"
WIDTHS = [576, 384]


PAPERS: dict[str, Paper] = {
    "receipt-plain": factories.receipt(),
    "receipt-longest": factories.longest_receipt(),
    "receipt-english": factories.english_receipt(),
    "number-plain": factories.a_number(),
    "number-green": factories.a_number(green="asked", number="B1014", lane="appointment", not_before=factories.FILED),
    "number-en": factories.a_number("en", green="asked"),
    "time": factories.a_time(),
}


def picture_of(paper: Paper, width: int) -> Image.Image:
    return draw(slip_of(paper), width)


def ink(picture: Image.Image) -> int:
    return picture.convert("L").histogram()[0]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(PAPERS))
def test_a_paper_looks_as_it_was_approved(name: str, width: int) -> None:
    golden = GOLDENS / f"{name}-{width}.png"
    drawn = picture_of(PAPERS[name], width)
    if os.environ.get("REDRAW"):
        drawn.save(golden, optimize=True)
    with Image.open(golden) as approved:
        assert drawn.size == approved.size
        differing = ImageChops.logical_xor(drawn, approved).convert("L").histogram()[255]
    assert differing <= drawn.width * drawn.height // 500, "other fonts move single dots, not 0.2 % of the paper"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_qr_code_is_read_as_the_address(width: int) -> None:
    receipt = factories.longest_receipt()
    (found,) = zxingcpp.read_barcodes(picture_of(receipt, width).convert("L"))
    assert found.text == receipt.address
    assert found.ec_level == "M"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_qr_code_is_at_least_25_mm_with_a_quiet_zone_of_4_modules(width: int) -> None:
    whole = draw(Slip((Line("上", bold=True), Qr(factories.receipt().address), Line("下", bold=True))), width)
    (found,) = zxingcpp.read_barcodes(whole.convert("L"))
    corners = found.position
    side = corners.top_right.x - corners.top_left.x + 1
    assert side >= 25 * 8 - 2
    modules = 33  # version 4, what an address of this length needs
    quiet = round(side / modules) * 4
    around = (
        corners.top_left.x - quiet + 1,
        corners.top_left.y - quiet + 1,
        corners.bottom_right.x + quiet - 1,
        corners.top_left.y - 1,
    )
    assert ink(whole.crop(around)) == 0
    below = (around[0], corners.bottom_right.y + 2, around[2], corners.bottom_right.y + quiet - 1)
    assert ink(whole.crop(below)) == 0


@pytest.mark.parametrize("character", list("䶮𠮷〇①（“"))
def test_rare_characters_are_drawn_and_not_replaced_by_a_box(character: str) -> None:
    missing = draw(Slip((Line("\U000f0000"),)), 384)
    drawn = draw(Slip((Line(character),)), 384)
    assert ink(drawn) > 0
    assert drawn.tobytes() != missing.tobytes()


def test_chinese_has_its_simplified_shapes_not_the_japanese_ones() -> None:
    japanese = drawing.FONTS / "NotoSansCJK-Regular.ttc"
    as_first_face = drawing.ImageFont.truetype(japanese, 26, index=0)
    ours = drawing.face("Regular", 26)
    assert bytes(ours.getmask("骨")) != bytes(as_first_face.getmask("骨"))
    assert ours.getname()[0] == "Noto Sans CJK SC"


def test_traditional_script_has_its_own_shapes() -> None:
    ours, traditional = drawing.face("Regular", 26), drawing.face("Regular", 26, "TC")
    assert bytes(ours.getmask("骨")) != bytes(traditional.getmask("骨"))
    assert traditional.getname()[0] == "Noto Sans CJK TC"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_cut_off_at_the_edges(width: int) -> None:
    at = factories.hall(matters=(Matter(code="transfer", name="W" * 70),))
    drawn = picture_of(factories.receipt(at=at, case_number="430621-20261123-123456-4"), width)
    assert ink(drawn.crop((width - 4, 0, width, drawn.height))) == 0
    assert ink(drawn.crop((0, 0, 4, drawn.height))) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_number_is_drawn_smaller_rather_than_cut(width: int) -> None:
    drawn = draw(Slip((Line("F123456789", "number", bold=True),)), width)
    assert ink(drawn.crop((width - 4, 0, width, drawn.height))) == 0


def test_a_longer_text_makes_a_longer_paper() -> None:
    short, long = (draw(Slip((Field("反映事项", "继承" * n),)), 384) for n in (2, 40))
    assert long.height > short.height


def test_a_paper_may_be_longer_than_one_sheet() -> None:
    """What lay beyond the sheet came out black."""
    drawn = draw(Slip(tuple(Line("继承", bold=True) for _ in range(200))), 384)
    assert drawn.height > drawing.SHEET_MM * 8 * 2
    rows = drawn.convert("L")
    assert ink(rows.crop((200, 0, 384, rows.height))) == 0
    lowest = draw(Slip((Line("继承", bold=True), Qr(factories.receipt().address))), 384)
    long = draw(Slip((*(Line("继承", bold=True) for _ in range(60)), Qr(factories.receipt().address))), 384)
    assert ink(long.crop((0, long.height - 250, 384, long.height))) == ink(
        lowest.crop((0, lowest.height - 250, 384, lowest.height))
    )


def test_a_qr_code_too_wide_for_the_paper_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(PaperTooNarrow, match="page_url"):
        draw(Slip((Qr("https://example.org/" + "a" * 900),)), 384)


def test_paper_wider_than_a_receipt_printers_is_refused() -> None:
    with pytest.raises(PaperTooNarrow, match="576"):
        draw(Slip(()), 832)


def test_a_missing_font_says_which_package_to_install() -> None:
    with pytest.raises(FontMissing, match="fonts-noto-cjk"):
        drawing.face("NoSuchWeight", 20)
