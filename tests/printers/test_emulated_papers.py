"""Papers as an independent printer puts them on its roll: from its own font, and from a counter's press."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image

from counter.printing import Printing, printing_of
from hub.config import HallDirectory, hall_template
from printers.office_form import slip_of_form
from printers.paper import Mechanics
from printers.profiles import PROFILES
from printers.render import render_slip
from printers.slip import Qr, Slip
from tests.printers import every_paper
from tests.printers.conftest import EmulatedPrinter
from tests.processes import until

EVERY = every_paper.papers()


@pytest.mark.parametrize("mm", [80, 58])
@pytest.mark.parametrize(("name", "text"), list(product(EVERY, ("raster", "gb18030"))))
def test_a_printer_understands_every_byte_and_its_paper_s_code_is_read(
    name: str, text: str, mm: int, tmp_path: Path
) -> None:
    profile = replace(PROFILES[mm], text=text)
    works = Mechanics(tmp_path, profile.width_dots, lambda answer: None)
    works.take(render_slip(EVERY[name], profile))
    works.work(100_000)
    assert works.strange_bytes == 0
    wanted = [block.text for block in EVERY[name].blocks if isinstance(block, Qr)]
    with Image.open(tmp_path / "receipt-001.png") as paper:
        assert paper.width == profile.width_dots
        found = zxingcpp.read_barcodes(paper.convert("L"))
        assert [(one.text, one.ec_level) for one in found] == [(text, "M") for text in wanted]
        for one in found:
            assert quiet(paper, one), "four modules of blank paper around it"


def quiet(paper: Image.Image, code: zxingcpp.Barcode) -> bool:
    """Whether nothing is printed within four modules of a code; its module is what the ring of a finder is wide."""
    corners = code.position
    left, top, right, bottom = corners.top_left.x, corners.top_left.y, corners.bottom_right.x, corners.bottom_right.y
    grey = paper.convert("L")
    ring = [grey.getpixel((x, top + 2)) for x in range(left, right)]
    module = ring.index(255, 3) // 7
    margin = 4 * module - 2
    around = (left - margin, top - margin, right + margin, bottom + margin)
    assert 0 <= around[0] < around[2] <= paper.width
    blank = grey.crop(around)
    blank.paste(255, (margin - 2, margin - 2, blank.width - margin + 3, blank.height - margin + 3))
    return blank.getextrema() == (255, 255)


@pytest.mark.e2e
@pytest.mark.rule("R50", "R16")
def test_a_counter_prints_both_copies_of_a_refusal_and_a_work_order(
    emulate: Callable[..., EmulatedPrinter], tmp_path: Path
) -> None:
    emulator = emulate()
    hall = tmp_path / "hall"
    hall.mkdir()
    told = hall_template("wuxi").decode().replace("socket://127.0.0.1:19100", emulator.printer.url)
    told = told.replace('name = "window-1"\n', 'name = "window-1"\nprinter = "receipt-1"\n')
    (hall / "hall.toml").write_text(told)
    directory = HallDirectory(hall)
    printing = printing_of(directory, directory.hall().terminal("window-1"), lambda: None)
    try:
        printed(printing, [slip_of_form(one) for one in every_paper.some_refusals()])
        first, second = emulator.receipt(1), emulator.receipt(2)
        assert first.size == second.size
        assert first.tobytes() != second.tobytes(), "each says which copy it is"
        printed(printing, [slip_of_form(every_paper.a_transfer())])
        assert emulator.receipt(3).height > 1000
        emulator.tell("paper out")
        printing.print([slip_of_form(every_paper.a_transfer())])
        until("what is wrong", lambda: over(printing))
        assert (printing.state, printing.why) == ("failed", "paper_out")
    finally:
        printing.close()


def printed(printing: Printing, sheets: list[Slip]) -> None:
    printing.print(sheets)
    until("the papers", lambda: over(printing))
    assert (printing.state, printing.why) == ("printed", "")


def over(printing: Printing) -> bool:
    printing.poll()
    return printing.state != "printing"
