"""Pictures of papers. After a wanted change: `REDRAW=1 python -m pytest tests/printers/test_drawing.py`; then look at
them in `tests/goldens/printers`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from hub.domain.hall import Matter
from printers import drawing, lettering
from printers.drawing import draw
from printers.errors import FontMissing, PaperTooNarrow
from printers.papers import slip_of
from printers.slip import Box, Field, Line, Qr, Row, Slip, Table
from tests.printers import every_paper, factories

GOLDENS = Path(__file__).parents[1] / "goldens" / "printers"
WIDTHS = [576, 384]


PAPERS = every_paper.papers()
QR_CODES = [name for name, slip in PAPERS.items() if any(isinstance(block, Qr) for block in slip.blocks)]


def ink(picture: Image.Image) -> int:
    return picture.convert("L").histogram()[0]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(PAPERS))
def test_a_paper_looks_as_it_was_approved(name: str, width: int) -> None:
    golden = GOLDENS / f"{name}-{width}.png"
    drawn = draw(PAPERS[name], width)
    if os.environ.get("REDRAW"):
        drawn.save(golden, optimize=True)
    with Image.open(golden) as approved:
        assert drawn.size == approved.size
        differing = ImageChops.logical_xor(drawn, approved).convert("L").histogram()[255]
    assert differing <= drawn.width * drawn.height // 500, "other fonts move single dots, not 0.2 % of the paper"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", QR_CODES)
def test_the_qr_code_is_read_as_what_the_paper_says(name: str, width: int) -> None:
    (wanted,) = (block.text for block in PAPERS[name].blocks if isinstance(block, Qr))
    (found,) = zxingcpp.read_barcodes(draw(PAPERS[name], width).convert("L"))
    assert (found.text, found.ec_level) == (wanted, "M")


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
    japanese = lettering.FONTS / "NotoSansCJK-Regular.ttc"
    as_first_face = lettering.ImageFont.truetype(japanese, 26, index=0)
    ours = lettering.face("Regular", 26)
    assert bytes(ours.getmask("骨")) != bytes(as_first_face.getmask("骨"))
    assert ours.getname()[0] == "Noto Sans CJK SC"


def test_traditional_script_has_its_own_shapes() -> None:
    ours, traditional = lettering.face("Regular", 26), drawing.face("Regular", 26, "TC")
    assert bytes(ours.getmask("骨")) != bytes(traditional.getmask("骨"))
    assert traditional.getname()[0] == "Noto Sans CJK TC"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_cut_off_at_the_edges(width: int) -> None:
    at = factories.hall(matters=(Matter(code="transfer", name="W" * 70),))
    drawn = draw(slip_of(factories.receipt(at=at, case_number="430621-20261123-123456-4")), width)
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
        lettering.face("NoSuchWeight", 20)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["transfer", "refusal"])
def test_a_form_is_framed_from_its_first_field_to_its_last_and_nothing_leaves_the_frame(name: str, width: int) -> None:
    (table,) = (block for block in PAPERS[name].blocks if isinstance(block, Table))
    drawn = draw(Slip((table,)), width)
    left, top, right, bottom = drawn.convert("L").point(lambda dot: 255 - dot).getbbox() or (0, 0, 0, 0)
    for side in ((left, top, left + 2, bottom), (right - 2, top, right, bottom)):
        assert ink(drawn.crop(side)) == 2 * (bottom - top)
    for edge in ((left, top, right, top + 2), (left, bottom - 2, right, bottom)):
        assert ink(drawn.crop(edge)) == 2 * (right - left)


def test_a_ticked_box_has_more_ink_than_one_that_is_not() -> None:
    ticked, empty = (draw(Slip((Table((Row("类型", boxes=(Box("一般", one),)),)),)), 576) for one in (True, False))
    assert ink(ticked) > ink(empty)


def test_a_field_for_the_hand_is_high_enough_to_write_in() -> None:
    empty, filled = (draw(Slip((Table((Row("承办人", text),)),)), 576).height for text in ("", "王"))
    assert empty - filled >= 4 * 8
    assert draw(Slip((Table((Row("备注", room_mm=20.0),)),)), 576).height >= 20 * 8


def test_the_lines_of_a_point_hang_below_its_first_word() -> None:
    drawn = draw(Slip((Line("□ 1. " + "申请人身份证明" * 6),)), 384)
    lower = drawn.crop((0, 40, 384, drawn.height)).convert("L").point(lambda dot: 255 - dot).getbbox()
    assert lower is not None
    assert lower[0] >= 50


def test_a_last_line_of_a_character_or_two_is_spared() -> None:
    text = "前面人数和等候时间是取号时的估计。"
    tall, short = (draw(Slip((Line(one, "small"),)), 384).height for one in (text * 2, text))
    assert short < tall
    assert abs(short - draw(Slip((Line("前面人数", "small"),)), 384).height) <= 2


def test_a_logo_stands_in_the_middle_above_the_paper_no_higher_than_12_mm() -> None:
    slip = Slip(())
    mark = Image.new("RGBA", (400, 200), "black")
    plain, marked = draw(slip, 576), draw(slip, 576, logo=mark)
    assert 12 * 8 < marked.height - plain.height <= 14 * 8
    left, _, right, _ = marked.convert("L").point(lambda dot: 255 - dot).getbbox() or (0, 0, 0, 0)
    assert abs((left + right) / 2 - 288) <= 1
    assert right - left == 192
