"""Faces that slips are drawn with, and how long words are in them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PIL import ImageFont

from printers.errors import FontMissing
from printers.slip import Region
from printers.typeset import break_lines

FONTS = Path("/usr/share/fonts/opentype/noto")
PLACE = {"SC": 2, "TC": 3}
"""Of the faces in the collection; the first is Japanese."""
ORPHAN = 0.2
"""A last line of no more than so much of the paper is spared where letters a dot smaller do it."""


@cache
def face(weight: str, size_dots: int, region: Region = "SC") -> ImageFont.FreeTypeFont:
    path = FONTS / f"NotoSansCJK-{weight}.ttc"
    try:
        return ImageFont.truetype(path, size_dots, index=PLACE[region], layout_engine=ImageFont.Layout.BASIC)
    except OSError as wrong:
        raise FontMissing(f"{path} cannot be read; install it with: apt-get install fonts-noto-cjk") from wrong


@cache
def sized(font: ImageFont.FreeTypeFont, size_dots: int) -> ImageFont.FreeTypeFont:
    """The same face in another size."""
    return font.font_variant(size=size_dots)


OPENING, CLOSING = frozenset("“「"), frozenset("”」")
QUOTES = re.compile("([“”「」])")
AFTER_QUOTE = re.compile("(?<=[”」])(?=.)")


MARKER = re.compile(r"(?:□ )?[0-9]+\. ")
"""What begins a point of a list: its other lines stand below its first word."""


def length(text: str, font: ImageFont.FreeTypeFont) -> float:
    """Width in dots, with “ ” 「 and 」 half as wide as the font has them: their other half is blank."""
    return sum(map(_advances(font).__getitem__, text))


class _Advances(dict[str, float]):
    """How far each character moves on, as they are asked for."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self._font = font

    def __missing__(self, character: str) -> float:
        half = self._font.size / 2 if QUOTES.match(character) else 0
        self[character] = advance = self._font.getlength(character) - half
        return advance


@cache
def _advances(font: ImageFont.FreeTypeFont) -> _Advances:
    return _Advances(font)


def shrunk(font: ImageFont.FreeTypeFont, text: str, room: float, least: float) -> ImageFont.FreeTypeFont:
    """The face a little smaller where that spares a line, never below `least` of its size."""
    wide = length(text, font)
    return sized(font, int(font.size * room / wide)) if room < wide <= room / least else font


def broken(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    return break_lines(text, room, lambda part: length(part, font))


def evenly(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """As few lines as it takes, of like length."""
    lines = broken(text, font, room)
    if len(lines) > 1:
        even = max(length(text, font) / len(lines) + font.size, room / 2)
        lines = min((broken(text, font, wide) for wide in (min(even, room), room)), key=len)
    return lines


def unorphaned(font: ImageFont.FreeTypeFont, text: str, room: float) -> ImageFont.FreeTypeFont:
    """The face a dot smaller where that spares a last line of a few characters."""
    lines = broken(text, font, room)
    if len(lines) > 1 and length(lines[-1], font) <= ORPHAN * room:
        smaller = sized(font, int(font.size) - 1)
        return smaller if len(broken(text, smaller, room)) < len(lines) else font
    return font
