"""Small marks: progress in steps, badges, QR codes, separators."""

from __future__ import annotations

from typing import Any

import qrcode
from kivy.clock import Clock
from kivy.graphics import BorderImage, Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.palette import NORMAL, Colour, Palette
from display.theme.widgets.panel import CLEAR, Panel
from display.theme.widgets.surface import shape
from display.theme.widgets.text import Text

QUIET_ZONE, FRAME_PX = 4, 3


class Steps(BoxLayout):
    """Progress: `count` pieces, those before `at` done, `at` (from 0) now, the rest to come; a `word` beside them.

    Done is filled, now is gold with an ink frame, to come is hollow: the shape tells it, not only the colour.
    """

    at = NumericProperty(0)
    count = NumericProperty(1)
    word = StringProperty("")

    def __init__(
        self,
        *,
        palette: Palette = NORMAL,
        font_px: float = 28,
        piece_px: tuple[float, float] = (56, 18),
        gap_px: float = 8,
        color: Colour | None = None,
        face: str = fonts.SANS,
        **settings: Any,
    ) -> None:
        super().__init__(spacing=24, **settings)
        self.palette, self.piece_px, self.gap_px = palette, piece_px, gap_px
        self._pieces = Widget(size_hint_x=None)
        self._words = Text(self.word, font_px=font_px, color=color or palette.ink, face=face, size_hint_y=1)
        self.add_widget(self._pieces)
        self.add_widget(self._words)
        self.bind(word=self._say, at=self._draw, count=self._draw)
        self._pieces.bind(pos=self._draw, height=self._draw)
        self._draw()

    def _say(self, *_: Any) -> None:
        self._words.text = self.word

    def _draw(self, *_: Any) -> None:
        wide, high = self.piece_px
        count = int(self.count)
        self._pieces.width = count * wide + max(0, count - 1) * self.gap_px
        self._pieces.canvas.clear()
        y = self._pieces.y + (self._pieces.height - high) / 2
        with self._pieces.canvas:
            Color(1, 1, 1, 1)
            for number in range(count):
                x = self._pieces.x + number * (wide + self.gap_px)
                fill, frame = self._colours(number)
                BorderImage(auto_scale="off", **shape((x, y, wide, high), fill, frame, FRAME_PX, high / 2))

    def _colours(self, number: int) -> tuple[Colour, Colour]:
        if number < self.at:
            return self.palette.jade, self.palette.jade
        if number == self.at:
            return self.palette.gold, self.palette.ink
        return self.palette.card, self.palette.line


class Badge(Panel):
    """A word or two on a small surface, as wide as they are: `soft`, `due` (gold), `now`, `alarm` (seal) or `quiet`."""

    def __init__(
        self, text: str, kind: str = "soft", *, palette: Palette = NORMAL, font_px: float = 26, **settings: Any
    ) -> None:
        fill, words, frame = {
            "soft": (palette.jade_soft, palette.ink, palette.jade),
            "due": (palette.gold_soft, palette.ink, palette.line),
            "now": (palette.gold, palette.on_gold, palette.ink),
            "alarm": (palette.seal, palette.on_seal, CLEAR),
            "quiet": (palette.card, palette.ink_2, palette.line),
        }[kind]
        settings.setdefault("radius_px", 10)
        super().__init__(
            fill=fill,
            frame=frame,
            frame_px=2,
            padding=(font_px * 0.6, font_px * 0.2),
            size_hint=(None, None),
            **settings,
        )
        self.words = Text(text, font_px=font_px, bold=True, hug=True, pitch=1.2, color=words)
        self.words.bind(size=self._hug)
        self.add_widget(self.words)
        self._hug()

    def _hug(self, *_: Any) -> None:
        self.size = (self.words.width + self.padding[0] * 2, self.words.height + self.padding[1] * 2)


class QrCode(Widget):
    """A QR code (error correction M, quiet zone of 4 modules) as large as fits in whole pixels a module.

    Always dark on white, in every palette: phones read nothing else reliably. To make one takes as long as a frame: the
    picture comes a frame after what stands around it.
    """

    data = StringProperty("")

    def __init__(self, data: str = "", **settings: Any) -> None:
        super().__init__(data=data, **settings)
        self.modules = 0
        with self.canvas:
            Color(1, 1, 1, 1)
            self._picture = Rectangle(size=(0, 0))
        changed = Clock.create_trigger(self._draw, 0)
        self.bind(pos=self._place, size=self._place, data=changed)
        changed()

    def _draw(self, *_: Any) -> None:
        if not self.data:
            self.modules, self._picture.size = 0, (0, 0)
            return
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_ZONE)
        code.add_data(self.data)
        rows = code.get_matrix()
        self.modules = len(rows)
        dots = bytes(0 if dark else 255 for row in reversed(rows) for dark in row for _ in "rgb")
        texture = Texture.create(size=(self.modules, self.modules), colorfmt="rgb")
        texture.mag_filter = texture.min_filter = "nearest"
        texture.blit_buffer(dots, colorfmt="rgb", bufferfmt="ubyte")
        self._picture.texture = texture
        self._place()

    def _place(self, *_: Any) -> None:
        if self.modules:
            side = self.modules * max(1, int(min(self.size)) // self.modules)
            self._picture.size = (side, side)
            self._picture.pos = (round(self.x + (self.width - side) / 2), round(self.y + (self.height - side) / 2))


class Divider(Widget):
    """A hair line between things, lying by default; `upright=True` for columns. Carries no meaning."""

    def __init__(
        self,
        *,
        palette: Palette = NORMAL,
        color: Colour | None = None,
        thick_px: int = 2,
        upright: bool = False,
        **settings: Any,
    ) -> None:
        hints = {"size_hint_x": None, "width": thick_px} if upright else {"size_hint_y": None, "height": thick_px}
        super().__init__(**{**hints, **settings})
        with self.canvas:
            Color(*(color or palette.hair))
            self._line = Rectangle()
        self.bind(pos=self._place, size=self._place)

    def _place(self, *_: Any) -> None:
        self._line.pos, self._line.size = self.pos, self.size
