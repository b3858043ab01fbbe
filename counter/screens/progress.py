"""How much of something is done: a bar and a word beside it, never the colour alone."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, SmoothRoundedRectangle
from kivy.properties import NumericProperty
from kivy.uix.widget import Widget

from display.theme.palette import NORMAL as P

HEIGHT_PX = 26


class Bar(Widget):
    """`part` from 0 to 1."""

    part = NumericProperty(0.0)

    def __init__(self, **settings: Any) -> None:
        super().__init__(size_hint_y=None, height=HEIGHT_PX, **settings)
        with self.canvas:
            Color(*P.line)
            self._frame = SmoothRoundedRectangle(radius=[HEIGHT_PX / 2])
            Color(*P.card)
            self._ground = SmoothRoundedRectangle(radius=[HEIGHT_PX / 2 - 2])
            Color(*P.jade)
            self._done = SmoothRoundedRectangle(radius=[HEIGHT_PX / 2 - 5])
        for name in ("pos", "size", "part"):
            self.fbind(name, self._draw)
        self._draw()

    def _draw(self, *_: Any) -> None:
        high = self.height
        for shape, by in ((self._frame, 0), (self._ground, 2)):
            shape.pos, shape.size = (self.x + by, self.y + by), (max(0, self.width - 2 * by), high - 2 * by)
        wide = max(0.0, (self.width - 10) * min(1.0, max(0.0, self.part)))
        self._done.pos = (self.x + 5, self.y + 5)
        self._done.size = (max(high - 10, wide) if self.part > 0 else 0, high - 10 if self.part > 0 else 0)
