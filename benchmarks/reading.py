"""Reading called numbers off a picture, glyph by glyph: what a person across the hall could see, and no model knows.

Capitals and digits only. Small words beside a number are told from it by their height.
"""

from __future__ import annotations

import string
from functools import cache
from itertools import pairwise

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from display.theme import fonts

GLYPH = (24, 32)
"""Every glyph is brought to this size before it is compared."""
TALL = 0.8
"""A glyph of a number is at least so high in parts of the highest."""
WORDS_DIFFER = 64
"""Words differ from their ground by so many of 255 levels of grey at least."""
LIKE = 60.0
"""A mean difference (0 to 255) above which a glyph is no letter at all."""


def tall_words(picture: Image.Image) -> str:
    """The capitals and digits that are highest, line by line from left to right; `?` for what is neither."""
    lines = _runs(_ink(picture).transpose(Image.Transpose.TRANSPOSE))
    if not lines:
        return ""
    highest = max(line.width for line in lines)
    upright = [line.transpose(Image.Transpose.TRANSPOSE) for line in lines if line.width >= TALL * highest]
    glyphs = [run.crop(run.getbbox()) for line in upright for run in _runs(line)]
    return "".join(_letter(glyph) for glyph in glyphs if glyph.height >= TALL * highest)


def _ink(picture: Image.Image) -> Image.Image:
    """White where there are words: what differs most from the ground, which fills most of the picture."""
    grey = picture.convert("L")
    darkest, lightest = grey.getextrema()
    if lightest - darkest < WORDS_DIFFER:
        return Image.new("L", picture.size)
    ground = max(range(256), key=grey.histogram().__getitem__)
    middle = (darkest + lightest) // 2
    return grey.point(lambda level: 255 * (level > middle)) if ground < middle else grey.point(_below(middle))


def _below(middle: int) -> list[int]:
    return [255 * (level <= middle) for level in range(256)]


def _runs(ink: Image.Image) -> list[Image.Image]:
    """Parts with ink in each of their columns, from left to right."""
    blank = [True, *(ink.crop((x, 0, x + 1, ink.height)).getbbox() is None for x in range(ink.width)), True]
    edges = [x for x in range(ink.width + 1) if blank[x] != blank[x + 1]]
    return [ink.crop((begins, 0, ends, ink.height)) for begins, ends in pairwise(edges) if not blank[begins + 1]]


def _letter(glyph: Image.Image) -> str:
    wanted, narrow = glyph.resize(GLYPH), glyph.width / glyph.height
    differences = {
        letter: ImageStat.Stat(ImageChops.difference(wanted, drawn)).mean[0] + 100 * abs(narrow - its_narrow)
        for letter, (drawn, its_narrow) in _drawn().items()
    }
    best = min(differences, key=differences.__getitem__)
    return best if differences[best] < LIKE else "?"


@cache
def _drawn() -> dict[str, tuple[Image.Image, float]]:
    font = ImageFont.truetype(str(fonts.face("Black")), 120)
    drawn = {}
    for letter in string.digits + string.ascii_uppercase:
        square = Image.new("L", (240, 240))
        ImageDraw.Draw(square).text((40, 40), letter, fill=255, font=font)
        glyph = square.crop(square.getbbox()).point(lambda level: 255 * (level > 127))
        drawn[letter] = (glyph.resize(GLYPH), glyph.width / glyph.height)
    return drawn
