"""Strokes and what they may be: read as each pen lifts, undone, cleared, picked. The recogniser is a small fake."""

from __future__ import annotations

import pytest

from kiosk.input.handwriting import FIELD, MOST_POINTS, MOST_STROKES, NEAR, Handwriting, Stroke


class Field:
    """A handwriting whose recogniser remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Stroke, ...]] = []
        self.writing = Handwriting(self._recognise)

    def draw(self, *points: tuple[int, int]) -> None:
        self.writing.down(*points[0])
        for point in points[1:]:
            self.writing.move(*point)
        self.writing.up()

    def _recognise(self, strokes: tuple[Stroke, ...]) -> tuple[str, ...]:
        self.asked.append(strokes)
        return ("十", "七")[: len(strokes)]


def test_strokes_are_read_as_each_pen_lifts_and_never_before() -> None:
    field = Field()
    field.writing.down(100, 500)
    field.writing.move(900, 500)
    assert field.asked == []
    field.writing.up()
    assert field.writing.candidates == ("十",)
    field.draw((500, 100), (500, 900))
    assert field.asked[-1] == (((100, 500), (900, 500)), ((500, 100), (500, 900)))
    assert field.writing.candidates == ("十", "七")


def test_picking_gives_the_character_and_empties_the_field() -> None:
    field = Field()
    field.draw((0, 0), (100, 0))
    assert field.writing.pick(0) == "十"
    assert field.writing.empty
    assert field.writing.candidates == ()
    with pytest.raises(IndexError):
        field.writing.pick(0)


def test_a_stroke_undone_is_read_without_it() -> None:
    field = Field()
    assert not field.writing.undo()
    field.draw((0, 0), (100, 0))
    field.draw((0, 0), (0, 100))
    assert field.writing.undo()
    assert field.asked[-1] == (((0, 0), (100, 0)),)
    field.writing.undo()
    assert (field.writing.candidates, len(field.asked)) == ((), 3)


def test_a_dot_is_a_stroke_and_a_trembling_finger_is_still() -> None:
    field = Field()
    field.draw((500, 500), (500 + NEAR - 1, 500))
    assert field.writing.strokes == (((500, 500),),)


def test_a_finger_that_slips_over_the_edge_writes_at_the_edge() -> None:
    field = Field()
    field.draw((10, 10), (-300, FIELD + 300))
    assert field.writing.strokes == (((10, 10), (0, FIELD)),)


def test_a_second_finger_does_not_begin_another_stroke() -> None:
    field = Field()
    assert field.writing.down(100, 100)
    assert not field.writing.down(800, 800)
    field.writing.up()
    assert field.writing.strokes == (((100, 100),),)


def test_scribbling_without_end_stays_small() -> None:
    field = Field()
    field.writing.down(0, 0)
    for at in range(MOST_POINTS * 3):
        field.writing.move(at % 2 * FIELD, at % FIELD)
    field.writing.up()
    assert len(field.writing.strokes[0]) == MOST_POINTS
    for _ in range(MOST_STROKES * 2):
        field.draw((0, 0), (100, 100))
    assert len(field.writing.strokes) == MOST_STROKES


def test_nothing_is_moved_or_lifted_that_was_not_put_down() -> None:
    field = Field()
    assert not field.writing.move(10, 10)
    field.writing.up()
    assert field.writing.empty
