"""Text as the board's GB2312 fonts can show it: what they lack is replaced visibly, never dropped. Pure."""

from __future__ import annotations

CELL = 8
"""Dots a Latin letter is wide; a Chinese character is two cells. Both are 16 dots high."""

LINE_DOTS = 16
LACKING = "□"
"""Stands for a character that GB2312 does not have, such as 䶮 or 𠮷."""

_READ_AS = {
    "〇": "○",  # the zero of 二〇二六
    "—": "―",
    "–": "-",
    "•": "·",
    "⋯": "…",
    "\u00a0": " ",
    "\u3000": "  ",
    "\t": " ",
    "\\": "＼",  # the board would read an escape
}


def shown(text: str) -> str:
    """The text in characters that the board has, one for one where it can be."""
    return "".join(_shown(one) for one in text)


def encoded(text: str) -> bytes:
    """What the board reads: GB2312, after `shown`."""
    return shown(text).encode("gb2312")


def cells(text: str) -> int:
    """How many cells of 8 dots the text is wide on the board."""
    return sum(1 if one < "\x7f" else 2 for one in shown(text))


def _shown(one: str) -> str:
    one = _READ_AS.get(one, one)
    if one != "\n" and not one.isprintable():
        return LACKING
    try:
        one.encode("gb2312")
    except UnicodeEncodeError:
        return LACKING
    return one
