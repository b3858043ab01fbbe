"""Papers as codes of the printer's own font, read back by a reader that knows nothing of how they were made."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import product, zip_longest
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image, ImageChops

from printers.charset import code_of
from printers.errors import PaperTooNarrow
from printers.profiles import PROFILES, Profile
from printers.render import render_slip
from printers.slip import Divider, Field, Line, Qr, Ruler, Slip, Stamp, Table
from tests.printers import every_paper
from tests.printers.reading import DRAWN, Printed, read

GOLDENS = Path(__file__).parents[1] / "goldens" / "printers"
WIDE, NARROW = (replace(PROFILES[mm], text="gb18030") for mm in (80, 58))
CLONE = replace(WIDE, text="gb2312")
EVERY = every_paper.papers()
QR_CODES = [name for name, slip in EVERY.items() if any(isinstance(block, Qr) for block in slip.blocks)]


@cache
def printed(name: str, profile: Profile) -> Printed:
    return read(render_slip(EVERY[name], profile))


def said(slip: Slip) -> Iterator[tuple[str, str]]:
    """What the left and the right column say, a pair for each piece of a slip that is text."""
    for block in slip.blocks:
        match block:
            case Line() if found := re.match(r"(?:□ )?[0-9]+\. ", block.text):
                yield found[0], block.text[found.end() :]
            case Line(size="title", centred=True) if not all(code_of(one, "gb18030") for one in block.text):
                pass  # drawn whole
            case Line() | Stamp():
                yield block.text, ""
            case Field():
                yield block.label + block.label_below, block.text + block.text_below
            case Divider():
                yield "┄", ""
            case Table():
                for row in block.rows:
                    yield "─", ""
                    yield row.label, "".join(map(str, row.boxes)) + row.text
                yield "─", ""
            case Qr() | Ruler():
                pass


def squeezed(text: str) -> str:
    """Without the blanks that a line's end takes away, and with what the font lacks marked."""
    plain = "".join(text.split())
    return "".join(one if one == DRAWN or code_of(one, "gb18030") else DRAWN for one in plain)


@pytest.mark.parametrize(("name", "profile"), list(product(EVERY, (WIDE, NARROW))))
def test_what_is_printed_decodes_as_gb18030_to_the_exact_text_of_the_slip(name: str, profile: Profile) -> None:
    out = printed(name, profile)
    lines = iter(out.lines)
    for wanted in said(EVERY[name]):
        left, right = (squeezed(one) for one in wanted)
        rule = left in ("┄", "─")
        told = ["", ""]
        while told != [left, right]:
            for run in next(lines):
                told[run.left > 0] += squeezed(run.text)
            if rule:
                assert set(told[0]) == {left}
                break
            assert left.startswith(told[0])
            assert right.startswith(told[1])
    assert next(lines, None) is None, "nothing else is printed"
    text = "".join(out.texts())
    assert out.chinese_bytes.decode("gb18030") == text.replace(DRAWN, "")
    assert text.count(DRAWN) == len(out.small)


@pytest.mark.parametrize("profile", [WIDE, NARROW], ids=["80mm", "58mm"])
@pytest.mark.parametrize("name", list(EVERY))
def test_every_line_fits_the_paper(name: str, profile: Profile) -> None:
    for line in printed(name, profile).lines:
        for run, after in zip_longest(line, line[1:]):
            assert run.left + run.dots <= (after.left if after else profile.width_dots), run.text


@pytest.mark.parametrize("profile", [WIDE, NARROW], ids=["80mm", "58mm"])
@pytest.mark.parametrize("name", QR_CODES)
def test_the_qr_code_of_a_native_paper_is_read_as_the_address(name: str, profile: Profile) -> None:
    (wanted,) = (block.text for block in EVERY[name].blocks if isinstance(block, Qr))
    code = printed(name, profile).pictures[-1]
    on_paper = Image.new("1", (profile.width_dots, code.height + 64), 1)
    on_paper.paste(code, ((profile.width_dots - code.width) // 2, 32))
    (found,) = zxingcpp.read_barcodes(on_paper.convert("L"))
    assert (found.text, found.ec_level) == (wanted, "M")
    corners = found.position
    assert corners.top_right.x - corners.top_left.x >= 25 * 8 - 2


def test_lines_are_read_in_the_order_of_the_slip() -> None:
    out = printed("receipt-plain", WIDE)
    assert out.texts()[:4] == ["岳阳县不动产登记中心", "“办不成事”反映登记回执", "F012", "前面 2 人 · 3 号窗口"]
    assert out.centred[:4] == [True] * 4


def test_a_number_is_as_large_as_the_paper_takes_it_and_a_title_at_least_twice_as_high() -> None:
    for profile in (WIDE, NARROW):
        lines = printed("receipt-plain", profile).lines
        (title,), (number,) = lines[1], lines[2]
        assert title.high == 2
        assert number.high * 24 >= 16 * 8, "16 mm"
    assert printed("receipt-plain", WIDE).lines[1][0].wide == 2


def test_a_reprint_is_marked_white_on_black_from_edge_to_edge() -> None:
    for profile in (WIDE, NARROW):
        (mark,) = (line for line in printed("receipt-longest", profile).lines if line and line[0].reverse)
        assert mark[0].text.strip() == "补打 · 以本张为准"
        assert mark[0].dots == profile.width_dots


def test_a_rare_character_is_drawn_inside_its_line() -> None:
    out = read(render_slip(Slip((Field("找谁", "王䶮和𠮷田"),)), WIDE))
    assert out.texts() == [f"找谁王{DRAWN}和{DRAWN}田"]
    first, second = out.small
    assert first.getbbox() == (0, 0, 24, 24)
    assert first.tobytes() != second.tobytes()
    for one in (first, second):
        dark = one.convert("L").histogram()[0]
        assert 24 * 24 * 0.15 < dark < 24 * 24 * 0.7, "ink, and no box"


def test_what_an_older_clone_lacks_is_drawn_too_and_the_rest_stays_text() -> None:
    text = "辦理登記：王喆，申请人"
    out = read(render_slip(Slip((Line(text),)), CLONE))
    assert out.texts() == [f"{DRAWN}理登{DRAWN}：王{DRAWN}，申请人"]
    whole = read(render_slip(Slip((Line(text),)), WIDE))
    assert whole.texts() == [text]


def test_no_control_character_of_a_text_reaches_the_printer() -> None:
    """A citizen's own words stand on a work order: `ESC p` would open the drawer, `DLE ENQ` recover from a fault."""
    out = read(render_slip(Slip((Line("请\x1bp\x00核\x10\x05\x02实\ue000"),)), WIDE))
    assert out.texts() == [f"请{DRAWN}p{DRAWN}核{DRAWN * 3}实{DRAWN}"]


def test_a_clone_is_sent_nothing_that_gb2312_lacks() -> None:
    for name in EVERY:
        printed(name, CLONE).chinese_bytes.decode("gb2312")


def test_a_large_line_with_a_rare_character_is_drawn_whole() -> None:
    out = read(render_slip(Slip((Line("王䶮办事处", "title", bold=True, centred=True),)), WIDE))
    assert out.texts() == []
    assert out.pictures[0].height > 30


@pytest.mark.parametrize("name", list(EVERY))
def test_no_job_spells_a_real_time_command(name: str) -> None:
    for profile in (WIDE, NARROW, CLONE, PROFILES[80]):
        assert not re.search(rb"\x10[\x04\x05\x14]", render_slip(EVERY[name], profile))


@pytest.mark.parametrize("profile", [WIDE, NARROW], ids=["80mm", "58mm"])
def test_the_longest_receipt_is_a_few_kilobytes(profile: Profile) -> None:
    assert max(len(render_slip(slip, profile)) for name, slip in EVERY.items() if name.startswith("receipt")) < 6_000


@pytest.mark.parametrize("mm", [80, 58])
@pytest.mark.parametrize("name", list(EVERY))
def test_the_bytes_are_those_that_were_approved(name: str, mm: int) -> None:
    """After a wanted change: `REDRAW=1 python -m pytest tests/printers/test_native.py`. Small pictures may differ."""
    golden = GOLDENS / f"{name}-{mm}.escpos"
    made = render_slip(EVERY[name], WIDE if mm == 80 else NARROW)
    if os.environ.get("REDRAW"):
        golden.write_bytes(made)
    ours, approved = read(made), read(golden.read_bytes())
    assert ours.lines == approved.lines
    assert (ours.centred, ours.fed, ours.cuts, ours.chinese_bytes) == (
        approved.centred,
        approved.fed,
        approved.cuts,
        approved.chinese_bytes,
    )
    for one, other in zip(ours.small + ours.pictures, approved.small + approved.pictures, strict=True):
        assert one.size == other.size
        differing = ImageChops.logical_xor(one, other).convert("L").histogram()[255]
        assert differing <= one.width * one.height // 50


def test_paper_too_narrow_for_two_columns_says_what_to_set() -> None:
    with pytest.raises(PaperTooNarrow, match="raster"):
        render_slip(EVERY["receipt-plain"], replace(NARROW, width_dots=240))
