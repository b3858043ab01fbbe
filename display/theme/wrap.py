"""Where lines break: Chinese between any characters, but punctuation neither starts nor ends a line wrongly; Latin
between words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

NEVER_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…—·%％,.;:!?)]}")
NEVER_LAST = frozenset("（《〈「『【〔“‘([{")


def lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `width`; only a single piece that is too wide by itself is cut by characters.

    `measure` gives the width of a string. Latin words and numbers stay whole.
    """
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, measure)]


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line, used = "", 0.0
    for piece in _pieces(text):
        wide = measure(piece)
        if line and used + measure(piece.rstrip()) > width:
            yield line.rstrip()
            line, used = "", 0.0
            piece = piece.lstrip()
            wide = measure(piece)
        if wide > width:
            for one in piece:
                if line and used + measure(one) > width:
                    yield line
                    line, used = "", 0.0
                line, used = line + one, used + measure(one)
            continue
        line, used = line + piece, used + wide
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """The smallest pieces that a break may not split, each with the punctuation that clings to it."""
    piece = ""
    for one in text:
        if piece and _may_break(piece[-1], one):
            yield piece
            piece = ""
        piece += one
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST or after == " ":
        return False
    return before == " " or not (_latin(before) and _latin(after))


def _latin(one: str) -> bool:
    return one < "\u2e80" and one not in "…—·"
