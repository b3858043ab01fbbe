"""A rounded surface, with a frame where it can be touched."""

from __future__ import annotations

from typing import Any

from kivy.graphics import BorderImage, Color
from kivy.properties import ColorProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout

from display.theme.widgets.surface import shape

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
            Color(1, 1, 1, 1)
            self._surface = BorderImage(auto_scale="off")
        for name in ("pos", "size", "fill", "frame", "frame_px", "radius_px"):
            self.fbind(name, self._draw)
        self._draw()

    def _draw(self, *_: Any) -> None:
        frame_px = self.frame_px if self.frame[3] else 0
        shown = self.fill[3] or frame_px
        place = (self.x, self.y, self.width, self.height) if shown else (0, 0, 0, 0)
        drawn = shape(place, tuple(self.fill), tuple(self.frame), frame_px, self.radius_px)
        for name, value in drawn.items():
            setattr(self._surface, name, value)
