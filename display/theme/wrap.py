"""Where lines break: Chinese between any characters, but punctuation neither starts nor ends a line wrongly; Latin
between words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

NEVER_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…—·%％,.;:!?)]}")
NEVER_LAST = frozenset("（《〈「『【〔“‘([{")


def lines(text: str, width: float, advance: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `width`; only a single piece that is too wide by itself is cut by characters.

    `advance` gives the width of one character. Latin words and numbers stay whole.
    """
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, width, advance)]


def _paragraph(text: str, width: float, advance: Callable[[str], float]) -> Iterator[str]:
    if sum(map(advance, text)) <= width:
        yield text.rstrip()
        return
    begin, used = 0, 0.0
    for start, end, wide in _pieces(text, advance):
        bare = wide - sum(map(advance, text[start + len(text[start:end].rstrip()) : end]))
        if start > begin and used + bare > width:
            yield text[begin:start].rstrip()
            begin, used = start, 0.0
        if wide <= width:
            used += wide
            continue
        for at in range(start, end):  # too wide by itself
            if at > begin and used + advance(text[at]) > width:
                yield text[begin:at]
                begin, used = at, 0.0
            used += advance(text[at])
    yield text[begin:].rstrip()


def _pieces(text: str, advance: Callable[[str], float]) -> Iterator[tuple[int, int, float]]:
    """From where to where, and how wide, the smallest pieces that a break may not split, punctuation clinging."""
    start, wide, before = 0, 0.0, ""
    for at, one in enumerate(text):
        if before and _may_break(before, one):
            yield start, at, wide
            start, wide = at, 0.0
        wide, before = wide + advance(one), one
    yield start, len(text), wide


def _may_break(before: str, after: str) -> bool:
    if after in NEVER_FIRST or before in NEVER_LAST or after == " ":
        return False
    return before == " " or not (_latin(before) and _latin(after))


def _latin(one: str) -> bool:
    return one < "\u2e80" and one not in "…—·"
