"""Every pair of colours that the design uses, measured."""

import pytest

from display.theme.palette import HIGH_CONTRAST, NIGHT, NORMAL, Palette, colour, contrast

MAIN_PATH, TEXT, SHAPE, HIGH = 10.0, 4.5, 3.0, 15.0
INFORMS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "jade_soft"),
    ("ink", "gold_soft"),
    ("on_jade", "jade"),
    ("on_chosen", "chosen"),
    ("on_gold", "gold"),
    ("on_seal", "seal"),
    ("on_night", "night"),
]
READS = [
    ("ink_2", "paper"),
    ("ink_2", "card"),
    ("ink_2", "jade_soft"),
    ("ink_2", "gold_soft"),
    ("jade", "paper"),
    ("jade", "card"),
    ("seal", "paper"),
    ("seal", "card"),
]
SHAPES = [("line", "paper"), ("line", "card"), ("jade", "paper"), ("seal", "paper"), ("night_line", "night")]
PALETTES = [pytest.param(NORMAL, id="normal"), pytest.param(HIGH_CONTRAST, id="high"), pytest.param(NIGHT, id="night")]


def measure(palette: Palette, one: str, other: str) -> float:
    return contrast(getattr(palette, one), getattr(palette, other))


def test_contrast_is_that_of_the_standard():
    assert contrast(colour("#FFFFFF"), colour("#000000")) == pytest.approx(21)
    assert contrast(colour("#777777"), colour("#FFFFFF")) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("words", "ground"), INFORMS)
@pytest.mark.parametrize("palette", [NORMAL, NIGHT])
def test_what_informs_on_the_main_path_has_ten_to_one(palette: Palette, words: str, ground: str):
    bar = 7.0 if palette is NIGHT and ground in ("jade", "seal") else MAIN_PATH  # marks on the wall, never sentences
    assert measure(palette, words, ground) >= bar


@pytest.mark.parametrize(("words", "ground"), READS)
@pytest.mark.parametrize("palette", PALETTES)
def test_all_text_has_four_and_a_half_to_one(palette: Palette, words: str, ground: str):
    assert measure(palette, words, ground) >= TEXT


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
@pytest.mark.parametrize("palette", PALETTES)
def test_shapes_have_three_to_one(palette: Palette, shape: str, ground: str):
    assert measure(palette, shape, ground) >= SHAPE


@pytest.mark.parametrize(("words", "ground"), INFORMS + READS + SHAPES)
def test_high_contrast_has_fifteen_to_one(words: str, ground: str):
    assert measure(HIGH_CONTRAST, words, ground) >= HIGH


@pytest.mark.parametrize("palette", PALETTES)
def test_what_cannot_be_pressed_is_still_read_and_still_told_apart(palette: Palette):
    assert measure(palette, "faint", "paper") >= TEXT
    assert measure(palette, "ink", "faint") >= 2.4


def test_gold_on_paper_is_seen_by_its_ink_frame():
    assert contrast(NORMAL.gold, NORMAL.paper) < SHAPE
    assert contrast(NORMAL.ink, NORMAL.paper) >= SHAPE
    assert contrast(NORMAL.gold, NORMAL.jade) >= SHAPE
