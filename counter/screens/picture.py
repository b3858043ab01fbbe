"""A scanned or photographed paper on the screen: drawn from memory, the right way up, as wide as there is room."""

from __future__ import annotations

import io
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget
from PIL import Image, ImageOps

from counter.screens.parts import Scroll

WIDE_PX, HIGH_PX = 1700, 4000
"""As many dots as are drawn at most: the screen has no more, and a graphics card has a limit."""
PIXELS_AT_MOST = 40_000_000
"""A sheet of A4 at 600 dots an inch; more would stop the screen for too long."""


def picture_of(content: bytes) -> Scroll | None:
    """The picture in a view that scrolls; None for bytes that are none after all."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > PIXELS_AT_MOST:
                return None
            opened.draft("RGB", (WIDE_PX, HIGH_PX))  # a photograph is decoded no larger than it is shown
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((WIDE_PX, HIGH_PX))
    view = Scroll(_Picture(upright))
    view.to_top()
    return view


class _Picture(Widget):
    """As large as its dots, smaller where there is less room; in the middle."""

    def __init__(self, drawn: Image.Image) -> None:
        super().__init__(size_hint_y=None, height=drawn.height)
        self._size = drawn.size
        texture = Texture.create(size=drawn.size, colorfmt="rgb")
        texture.flip_vertical()
        texture.blit_buffer(drawn.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
        with self.canvas:
            Color(1, 1, 1, 1)
            self._shape = Rectangle(texture=texture)
        self.fbind("pos", self._place)
        self.fbind("width", self._place)

    def _place(self, *_: Any) -> None:
        wide, high = self._size
        shrink = min(1.0, self.width / wide)
        self.height = high * shrink
        self._shape.size = (wide * shrink, high * shrink)
        self._shape.pos = (self.x + (self.width - wide * shrink) / 2, self.y)
