"""A rounded surface, with a frame where it can be touched."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, SmoothRoundedRectangle
from kivy.properties import ColorProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout

CLEAR = (0.0, 0.0, 0.0, 0.0)


class Panel(BoxLayout):
    """A box layout with a surface: `fill`, `radius_px`, and a `frame` of `frame_px` (0: none)."""

    fill = ColorProperty(CLEAR)
    frame = ColorProperty(CLEAR)
    frame_px = NumericProperty(0)
    radius_px = NumericProperty(28)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        with self.canvas.before:
            self._frame_tint = Color()
            self._outer = SmoothRoundedRectangle()
            self._fill_tint = Color()
            self._inner = SmoothRoundedRectangle()
        for name in ("pos", "size", "fill", "frame", "frame_px", "radius_px"):
            self.fbind(name, self._draw)
        self._draw()

    def _draw(self, *_: Any) -> None:
        inset = self.frame_px if self.frame[3] else 0
        self._frame_tint.rgba = self.frame if inset else CLEAR
        self._fill_tint.rgba = self.fill
        for shape, by in ((self._outer, 0), (self._inner, inset)):
            shape.pos = (self.x + by, self.y + by)
            shape.size = (max(0, self.width - 2 * by), max(0, self.height - 2 * by))
            shape.radius = [max(1, min(self.radius_px - by, shape.size[0] / 2, shape.size[1] / 2))]
