"""The faces that Kivy opens are the Chinese ones, whole."""

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTCollection, TTFont

from display.theme import fonts

RARE = "䶮𠮷〇①堃（“办不成事”）"


def outline(font: TTFont, character: str) -> list[object]:
    pen = RecordingPen()
    glyphs = font.getGlyphSet()
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    return pen.value


@pytest.mark.parametrize("region", ["SC", "TC"])
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_a_face_is_of_its_region_and_weight(weight: fonts.Weight, region: fonts.Region):
    with TTFont(fonts.face(weight, region), lazy=True) as font:
        assert font["name"].getDebugName(1) == f"Noto Sans CJK {region}"
        assert font["name"].getDebugName(2) == weight


def test_shapes_are_chinese_where_the_collections_first_face_is_japanese():
    collection = TTCollection(str(fonts.COLLECTIONS / "NotoSansCJK-Regular.ttc"), lazy=True)
    with collection, TTFont(fonts.face("Regular"), lazy=True) as ours:
        assert all(outline(ours, one) != outline(collection.fonts[0], one) for one in "骨直角誤返令")


@pytest.mark.parametrize("region", ["SC", "TC"])
@pytest.mark.parametrize("weight", ["Regular", "Bold", "Black"])
def test_capital_letters_are_as_high_as_the_millimetres_count_on(weight: fonts.Weight, region: fonts.Region):
    with TTFont(fonts.face(weight, region), lazy=True) as font:
        assert font["OS/2"].sCapHeight / font["head"].unitsPerEm == fonts.CAPITAL_HEIGHT


@pytest.mark.parametrize("region", ["SC", "TC"])
@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_rare_characters_of_names_have_glyphs(weight: fonts.Weight, region: fonts.Region):
    with TTFont(fonts.face(weight, region), lazy=True) as font:
        known = font.getBestCmap()
        assert [one for one in RARE if ord(one) not in known] == []


def test_a_face_is_saved_once():
    saved = fonts.face("Bold").stat().st_mtime_ns
    fonts.face.cache_clear()
    assert fonts.face("Bold").stat().st_mtime_ns == saved


def test_a_missing_collection_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(fonts, "COLLECTIONS", tmp_path)
    fonts.face.cache_clear()
    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        fonts.face("Regular")
    fonts.face.cache_clear()


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
@pytest.mark.parametrize("region", ["SC", "TC"])
def test_every_chinese_character_is_as_wide_as_the_font_size(weight: fonts.Weight, region: fonts.Region) -> None:
    with TTFont(str(fonts.face(weight, region)), lazy=True) as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        known = {
            number: widths[glyph][0]
            for number, glyph in font.getBestCmap().items()
            if fonts.FIRST_SQUARE <= number <= fonts.LAST_SQUARE or number >= fonts.RARE_SQUARE
        }
    assert {ord("办"), ord("䶮"), ord("𠮷")} <= known.keys()
    assert {chr(number) for number, width in known.items() if width != em} == set()
