"""What a citizen typed, as the screen can show it: nothing is dropped, and what no font has is named."""

from __future__ import annotations

from functools import cache

from fontTools.ttLib import TTFont

from display.theme import fonts

SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
"""Variation selectors: the character before them is shown in its usual shape."""


def readable(text: str) -> str:
    """The text with each character that the screen's font lacks as its code: `〔U+2A6D7〕`."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "　")
    return "".join(_shown(one) for one in plain)


def _shown(one: str) -> str:
    if one == "\n" or ord(one) in _drawn():
        return one
    return "" if ord(one) in SELECTORS else f"〔U+{ord(one):04X}〕"


@cache
def _drawn() -> frozenset[int]:
    """Every code point that the text face draws."""
    with TTFont(str(fonts.face("Regular")), lazy=True) as font:
        return frozenset(font.getBestCmap())
