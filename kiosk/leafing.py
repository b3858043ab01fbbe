"""Lines of text onto leaves of one height. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from hub.domain.hall import Value


class Line(Value, frozen=True):
    """A line as it was broken, and which paragraph it is of."""

    paragraph: int
    text: str


Leaf = list[tuple[int, str]]
"""Paragraphs, or parts of them, by their place, with their lines."""


def leaves(lines: Sequence[Line], room: float, pitch: float, apart: float) -> list[Leaf]:
    """Leaves that hold all lines in their order, each at least one; `room`, `pitch` and `apart` in font sizes."""
    made: list[list[list[Line]]] = [[]]
    used = 0.0
    for line in lines:
        parts = made[-1]
        begins = not parts or parts[-1][0].paragraph != line.paragraph
        need = pitch + (apart if begins and parts else 0.0)
        if parts and used + need > room:
            made.append([])
            parts, begins, used, need = made[-1], True, 0.0, pitch
        if begins:
            parts.append([])
        parts[-1].append(line)
        used += need
    return [[(part[0].paragraph, "\n".join(one.text for one in part)) for part in parts] for parts in made]
