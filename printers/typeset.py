"""Breaks text into lines (避头尾): no closing mark begins a line, no opening one ends it, no number or word is torn."""

from __future__ import annotations

import re
from collections.abc import Callable

CLOSING = "，。、；：？！）》」』】”’…·%"
OPENING = "（《「『【“‘"
# A number and its unit (12月, 6 个) are one piece, and so are a word of letters (can’t, 430621-0007) and its marks.
_PIECE = re.compile(
    rf"[{OPENING}]*(?:[0-9]+ ?[^\W0-9A-Za-z]|(?:[^\s\u2e80-\U0010ffff…—·]|\u00a0)+|\s|.)[{CLOSING}]*",
    re.DOTALL,
)


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than `width` in the unit of `measure`; a piece wider than that alone is cut between characters."""
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if not line or measure((line + piece).rstrip()) <= width:
            line += piece if line else piece.lstrip()
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
        while measure(line.rstrip()) > width and len(line) > 1:
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or measure(line[:n]) <= width)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines
