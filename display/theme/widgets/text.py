"""Words on a screen: wrapped as Chinese is wrapped, each line centred on its characters, sharp on whole pixels."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from weakref import WeakSet

from kivy.clock import Clock
from kivy.core.text import Label as Rendered
from kivy.core.window import Window
from kivy.graphics import Color, Rectangle
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, OptionProperty, StringProperty
from kivy.uix.widget import Widget

from display.theme import fonts, wrap
from display.theme.palette import NORMAL, Palette
from display.theme.window import sharp

# Noto Sans CJK, in parts of the font size: below the baseline, and the middle of a Chinese character above it.
DESCENT, MIDDLE = 0.288, 0.38


class Text(Widget):
    """Words wrapped to the widget's width; its height follows them while `size_hint_y` is None (the default).

    `hug=True` keeps every paragraph on one line and makes the width follow the words. `max_lines` with `min_px`
    shrinks the font down to `min_px` until the words fit, then cuts with an ellipsis. `size_hint_y=1` uses `valign`
    in the height given.
    """

    text = StringProperty("")
    color = ColorProperty((0, 0, 0, 1))
    font_px = NumericProperty(32)
    face = StringProperty(fonts.SANS)
    bold = BooleanProperty(False)
    align = OptionProperty("left", options=["left", "center", "right"])
    valign = OptionProperty("middle", options=["top", "middle", "bottom"])
    hug = BooleanProperty(False)
    pitch = NumericProperty(1.45)
    """Distance of lines in parts of the font size."""
    max_lines = NumericProperty(0)
    min_px = NumericProperty(0)
    used_px = NumericProperty(0)
    """The font size in use, after shrinking."""

    def __init__(self, text: str = "", *, palette: Palette = NORMAL, **settings: Any) -> None:
        settings.setdefault("color", palette.ink)
        if "size_hint_y" not in settings and "size_hint" not in settings:
            settings["size_hint_y"] = None
        if settings.get("hug") and "size_hint_x" not in settings and "size_hint" not in settings:
            settings["size_hint_x"] = None
        super().__init__(text=text, **settings)
        self.lines: list[str] = []
        self._placed: list[Rectangle] = []
        with self.canvas:
            self._tint = Color(*self.color)
        self._changed = Clock.create_trigger(self._layout, -1)
        # The other names are bound first: a change of width and of text in one frame lays out once.
        self.fbind("text", self._changed)
        for name in ("font_px", "face", "bold", "hug", "pitch", "max_lines", "min_px", "width"):
            self.fbind(name, self._changed)
        for name in ("pos", "height", "align", "valign"):
            self.fbind(name, self._place)
        self.fbind("color", self._recolour)
        self._layout()

    def _layout(self, *_: Any) -> None:
        largest = int(self.font_px)
        # Every size that is measured is a font opened, 2 ms each: the widths of the largest tell which is worth it.
        size = self._fitting(self._fitting(largest, measured_px=largest))
        self.lines = self._broken(size, size)
        if self._too_many(self.lines):
            self.lines = self._cut(size)
        self.used_px = size
        if self.hug and self.size_hint_x is None:
            self.width = float(max((math.ceil(self._measure(line, size)) for line in self.lines), default=0))
        if self.size_hint_y is None:
            self.height = math.ceil(len(self.lines) * self.pitch * size)
        _undrawn.add(self)
        self.canvas.ask_update()

    def draw(self) -> None:
        """Puts the lines on the canvas. Called before each frame, when the layout around has come to rest."""
        for old in self._placed:
            self.canvas.remove(old)
        with self.canvas:
            textures = [self._render(line, int(self.used_px)) for line in self.lines]
            self._placed = [Rectangle(texture=texture, size=texture.size) for texture in textures]
        self._place()

    def _fitting(self, size: int, measured_px: int = 0) -> int:
        """The next size, down to `min_px`, with few enough lines, by the widths of `measured_px` (0: its own)."""
        while self._too_many(self._broken(size, measured_px or size)) and size > max(self.min_px, 8):
            size -= max(1, size // 24)
        return size

    def _too_many(self, lines: list[str]) -> bool:
        return bool(self.max_lines) and len(lines) > self.max_lines

    def _broken(self, size: int, measured_px: int) -> list[str]:
        if self.hug:
            return str(self.text).split("\n")
        width = max(self.width, size) * measured_px / size
        return wrap.lines(self.text, width, advances(measured_px, bold=self.bold, face=self.face))

    def _cut(self, size: int) -> list[str]:
        kept = self.lines[: int(self.max_lines)]
        last = kept[-1]
        while last and self._measure(last + "…", size) > self.width:
            last = last[:-1]
        return [*kept[:-1], last + "…"]

    def _measure(self, words: str, size: int) -> float:
        return width_of(words, size, bold=self.bold, face=self.face)

    def _render(self, line: str, size: int) -> Any:
        rendered = Rendered(text=line or " ", font_name=self.face, font_size=size, bold=self.bold)
        rendered.refresh()
        return sharp(rendered.texture)

    def _place(self, *_: Any) -> None:
        pitch = self.pitch * self.used_px
        spare = self.height - len(self._placed) * pitch
        # y + height, since the alias `top` may still be of the size before
        top = self.y + self.height - {"top": 0, "middle": spare / 2, "bottom": spare}[self.valign]
        for number, one in enumerate(self._placed):
            room = self.width - one.size[0]
            x = self.x + {"left": 0, "center": room / 2, "right": room}[self.align]
            baseline = top - (number + 0.5) * pitch - MIDDLE * self.used_px
            one.pos = (round(x), round(baseline - DESCENT * self.used_px))

    def _recolour(self, *_: Any) -> None:
        self._tint.rgba = self.color


_undrawn: WeakSet[Text] = WeakSet()


def draw_all(*_: Any) -> None:
    """Renders the words that changed since the last frame.

    Whether there are any is not asked first: some may go between the question and the next step, when the collector is
    at work in another thread.
    """
    while True:
        try:
            words = _undrawn.pop()
        except KeyError:
            return
        words.draw()


Window.bind(on_draw=draw_all)


def width_of(words: str, font_px: int, *, bold: bool = False, face: str = fonts.SANS) -> float:
    """How wide a line of words is, in pixels."""
    return sum(map(advances(font_px, bold=bold, face=face), words))


@lru_cache(maxsize=64)
def advances(font_px: int, *, bold: bool = False, face: str = fonts.SANS) -> Callable[[str], float]:
    """What tells the width of one character, in pixels."""
    return _Advances(Rendered(text="", font_name=face, font_size=font_px, bold=bold), font_px).__getitem__


class _Advances(dict[str, float]):
    """Widths by single characters: nobody's words stay in memory.

    A Chinese character is in each of our faces as wide as the font size; there are too many to be measured.
    """

    def __init__(self, measurer: Any, font_px: int) -> None:
        super().__init__()
        self._measurer, self._font_px = measurer, float(font_px)

    def __missing__(self, one: str) -> float:
        number = ord(one)
        if fonts.FIRST_SQUARE <= number <= fonts.LAST_SQUARE or number >= fonts.RARE_SQUARE:
            return self._font_px
        self[one] = wide = float(self._measurer.get_extents(one)[0])
        return wide
