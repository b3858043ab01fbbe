"""A character being written by hand: strokes, and what they may be, read anew as each pen lifts. Pure."""

from __future__ import annotations

from collections.abc import Callable

FIELD = 1000
"""Strokes are counted in thousandths of the writing field's side, from its top left corner, y downwards."""
MOST_STROKES, MOST_POINTS = 64, 400
"""The busiest character that the model knows has 30 strokes; beyond twice that it is a child's drawing."""
NEAR = 6
"""A finger that moved less than this has not moved."""

Point = tuple[int, int]
Stroke = tuple[Point, ...]
Recognise = Callable[[tuple[Stroke, ...]], tuple[str, ...]]


class Handwriting:
    """Pen down, moved, up: `candidates` follow each stroke; nothing is offered while a stroke is still being drawn."""

    def __init__(self, recognise: Recognise) -> None:
        self._recognise = recognise
        self.strokes: tuple[Stroke, ...] = ()
        self.candidates: tuple[str, ...] = ()
        self._drawing: list[Point] | None = None

    @property
    def empty(self) -> bool:
        return not self.strokes and self._drawing is None

    def down(self, x: int, y: int) -> bool:
        """A new stroke; whether it was begun: one finger writes at a time, and not without end."""
        if self._drawing is not None or len(self.strokes) >= MOST_STROKES:
            return False
        self._drawing = [_inside(x, y)]
        return True

    def move(self, x: int, y: int) -> bool:
        """The stroke goes on; whether a point was added."""
        if self._drawing is None or len(self._drawing) >= MOST_POINTS:
            return False
        (last_x, last_y), (x, y) = self._drawing[-1], _inside(x, y)
        if abs(x - last_x) < NEAR and abs(y - last_y) < NEAR:
            return False
        self._drawing.append((x, y))
        return True

    def up(self) -> None:
        """The stroke is whole; a mere dot is one as well (丶)."""
        if self._drawing is None:
            return
        self.strokes += (tuple(self._drawing),)
        self._drawing = None
        self._read()

    def undo(self) -> bool:
        """撤一笔: the last stroke was not meant; whether there was one."""
        if not self.strokes:
            return False
        self.strokes = self.strokes[:-1]
        self._read()
        return True

    def pick(self, at: int) -> str:
        """The candidate's character, and an empty field for the next; raises `IndexError` where there is none."""
        picked = self.candidates[at]
        self.clear()
        return picked

    def pick_first(self) -> str:
        """The likeliest character; nothing where the strokes look like none. The field is empty afterwards."""
        if self.candidates:
            return self.pick(0)
        self.clear()
        return ""

    def clear(self) -> None:
        self.strokes, self.candidates, self._drawing = (), (), None

    def _read(self) -> None:
        self.candidates = self._recognise(self.strokes) if self.strokes else ()


def _inside(x: int, y: int) -> Point:
    """A finger that slips over the edge goes on writing at the edge."""
    return min(max(x, 0), FIELD), min(max(y, 0), FIELD)
