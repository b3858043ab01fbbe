"""The trial page, drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
import zxingcpp
from fontTools.ttLib import TTCollection

from hub.domain.errors import UnknownCode
from hub.domain.words import Words
from printers.drawing import draw
from printers.lettering import FONTS, PLACE
from printers.slip import Line, Ruler, Slip
from printers.trial import Trial, slip_of_trial, trial
from tests.factories import FILED_AT, a_hall

WIDTHS = [576, 384]


def a_trial() -> Trial:
    return trial(a_hall(), "kiosk-1", FILED_AT, "0.1.0")


@pytest.mark.parametrize("width", WIDTHS)
def test_its_code_opens_the_look_up_page(width: int) -> None:
    (found,) = zxingcpp.read_barcodes(draw(slip_of_trial(a_trial()), width).convert("L"))
    assert found.text == f"{a_hall().page_url}/"


def test_it_says_whose_it_is_and_when_in_the_hall_s_time() -> None:
    said = str(slip_of_trial(a_trial()))
    for wanted in ("山亭区政务服务大厅", "kiosk-1", "2026-11-23 09:31:00", "0.1.0"):
        assert wanted in said


def test_every_character_of_it_is_in_the_font() -> None:
    with TTCollection(str(FONTS / "NotoSansCJK-Regular.ttc"), lazy=True) as faces:
        drawable = set(faces.fonts[PLACE["SC"]].getBestCmap())
    words = Words("printers", "zh_Hans")
    said = "".join(words(key) for key in sorted(words.keys()) if key.startswith("trial."))
    assert {one for one in said if ord(one) not in drawable} == set()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_ruler_has_a_stroke_each_millimetre_up_to_the_paper_s_edge(width: int) -> None:
    drawn = draw(Slip((Ruler(), Line("below"))), width).convert("L")
    row = drawn.crop((0, 12, width, 13)).tobytes()
    strokes = [x for x in range(1, width) if row[x] < 128 <= row[x - 1]]
    assert [x - before for before, x in pairwise(strokes)] == [8] * (width // 8 - 2)
    assert strokes[-1] == width - 8


def test_a_terminal_without_a_printer_has_no_trial_page() -> None:
    with pytest.raises(UnknownCode):
        trial(a_hall(), "window-1", FILED_AT, "0.1.0")
