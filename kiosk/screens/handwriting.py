"""The field to write a character in: a 米字格 on the glass, strokes drawn under the finger as it moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.graphics import Color, InstructionGroup, Line, SmoothLine

from display.theme import touchmap
from display.theme.widgets import Panel
from kiosk.input.handwriting import FIELD, Handwriting, Point
from kiosk.screens.kit import Kit
from kiosk.screens.trails import Trails

STROKE_MM = 3.6
_GUIDE_ALPHA = 0.3
_PIECES = 4
"""Each bend between two points of the finger is drawn in so many pieces."""


class WritingField(Panel):
    """Writes into a `Handwriting` and calls `lifted` after each stroke. While a stroke grows nothing else is drawn."""

    def __init__(self, kit: Kit, lifted: Callable[[], None]) -> None:
        palette = kit.palette
        super().__init__(fill=palette.card, frame=palette.line, frame_px=3, radius_px=20, size_hint=(None, None))
        touchmap.name(self, "hand.field")
        self._lifted = lifted
        self._handwriting: Handwriting | None = None
        self._width_px = kit.scale.px(STROKE_MM) / 2
        self._ink = palette.ink
        self.inks: list[Ink] = []
        self._trails = Trails(self)
        with self.canvas:
            Color(*palette.seal[:3], _GUIDE_ALPHA)
            self._guides = [Line(width=1.2) for _ in range(4)]
        self._drawn = InstructionGroup()
        self.canvas.add(self._drawn)
        self.bind(pos=self._rule, size=self._rule)

    def take(self, handwriting: Handwriting) -> None:
        self._handwriting = handwriting
        self.show()

    def show(self) -> None:
        """The strokes as they are: after one was undone, all were cleared or a character was picked."""
        strokes = self._handwriting.strokes if self._handwriting else ()
        while len(self.inks) > len(strokes):
            self._drawn.remove(self.inks.pop().group)
        if len(self.inks) < len(strokes):  # another screen or another size: drawn anew
            self._drawn.clear()
            self.inks = []
            for stroke in strokes:
                ink = self._new_ink(stroke[0])
                for point in stroke[1:]:
                    ink.go_on(*self._on_glass(point))

    def wipe(self) -> None:
        if self._handwriting is not None:
            self._handwriting.clear()
        self._trails.wipe()
        self._drawn.clear()
        self.inks = []

    # --- the finger

    def on_touch_down(self, touch: Any) -> bool:
        if touch.is_mouse_scrolling or not self.collide_point(*touch.pos):
            return False
        trail = self._trails.of(touch)
        begun = self._in_field(*trail[0])
        if self._handwriting is not None and self._handwriting.down(*begun):
            touch.grab(self)
            self._new_ink(begun)
            for x, y in trail[1:]:
                self._go_on(x, y)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        for x, y in self._trails.of(touch):
            self._go_on(x, y)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        for x, y in self._trails.of(touch):
            self._go_on(x, y)
        if self._handwriting is not None and not self._handwriting.empty:
            self._handwriting.up()
            self._lifted()
        return True

    def _go_on(self, x: float, y: float) -> None:
        if self._handwriting is not None and self._handwriting.move(*self._in_field(x, y)) and self.inks:
            self.inks[-1].go_on(min(max(x, self.x), self.right), min(max(y, self.y), self.top))

    # --- drawing

    def _new_ink(self, point: Point) -> Ink:
        ink = Ink(self._ink, self._width_px, *self._on_glass(point))
        self.inks.append(ink)
        self._drawn.add(ink.group)
        return ink

    def _in_field(self, x: float, y: float) -> Point:
        return round((x - self.x) / self.width * FIELD), round((self.top - y) / self.height * FIELD)

    def _on_glass(self, point: Point) -> tuple[float, float]:
        return self.x + point[0] * self.width / FIELD, self.top - point[1] * self.height / FIELD

    def _rule(self, *_: Any) -> None:
        """米字格: the cross and the diagonals, dashed."""
        left, bottom, right, top = self.x + 6, self.y + 6, self.right - 6, self.top - 6
        x, y = self.center
        for line, ends in zip(
            self._guides,
            ((left, y, right, y), (x, bottom, x, top), (left, bottom, right, top), (left, top, right, bottom)),
            strict=True,
        ):
            line.points = ends
        self.inks = []
        self._drawn.clear()
        self.show()


class Ink:
    """One stroke on the glass: round at its ends, bent softly between the points where the finger was seen."""

    def __init__(self, colour: Any, width_px: float, x: float, y: float) -> None:
        self.group = InstructionGroup()
        self.group.add(Color(*colour))
        self._body = Line(width=width_px - 0.5, cap="round", joint="round")
        self._edge = SmoothLine(width=width_px, overdraw_width=1.4)
        self.group.add(self._edge)
        self.group.add(self._body)
        self._curve = [x, y]
        self._last = (x, y)
        self._draw(x, y)

    def go_on(self, x: float, y: float) -> None:
        """Bends towards the new point: a curve up to the middle of the way, straight for the rest."""
        (corner_x, corner_y), (from_x, from_y) = self._last, self._curve[-2:]
        to_x, to_y = (corner_x + x) / 2, (corner_y + y) / 2
        for piece in range(1, _PIECES + 1):
            part = piece / _PIECES
            for start, corner, end in ((from_x, corner_x, to_x), (from_y, corner_y, to_y)):
                self._curve.append((1 - part) ** 2 * start + 2 * (1 - part) * part * corner + part**2 * end)
        self._last = (x, y)
        self._draw(x, y)

    def _draw(self, x: float, y: float) -> None:
        points = [*self._curve, x + 0.1, y]  # a dot is a very short line
        self._body.points = points
        self._edge.points = points
