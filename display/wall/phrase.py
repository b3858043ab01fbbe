"""Words of several sizes on one baseline, such as a large number among small words."""

from __future__ import annotations

from typing import Any, NamedTuple

from kivy.properties import NumericProperty, OptionProperty
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.palette import Colour
from display.theme.widgets.text import MIDDLE, Text, width_of

CAPITAL_MIDDLE = 0.3665
"""The middle of capitals and digits above the baseline, in parts of the font size."""


class Piece(NamedTuple):
    """Words of one size and colour; `before_px` is the gap to their left."""

    words: str
    font_px: int
    color: Colour
    bold: bool = True
    before_px: float = 0
    face: str = fonts.SANS


class Phrase(Widget):
    """Pieces in a row on a common baseline, the largest centred in the height.

    `line_px` centres letters of that size instead, so that several phrases stand on one line.
    """

    line_px = NumericProperty(0)
    align = OptionProperty("left", options=["left", "center", "right"])

    def __init__(self, pieces: list[Piece] | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self.pieces: list[Piece] = []
        self._texts: list[Text] = []
        for name in ("pos", "size", "align"):
            self.fbind(name, self._place)
        self.say(pieces or [])

    def say(self, pieces: list[Piece]) -> None:
        """Shows other pieces; does nothing when they are the same."""
        if pieces == self.pieces:
            return
        self.pieces = pieces
        self.clear_widgets()
        self._texts = [
            Text(one.words, font_px=one.font_px, color=one.color, bold=one.bold, face=one.face, hug=True, pitch=1.0)
            for one in pieces
        ]
        for text in self._texts:
            self.add_widget(text)
        self._place()

    def recolour(self, color: Colour) -> None:
        """All pieces in one colour, without laying them out again."""
        for text in self._texts:
            text.color = color

    def _place(self, *_: Any) -> None:
        if not self.pieces:
            return
        wide = sum(text.width + one.before_px for text, one in zip(self._texts, self.pieces, strict=True))
        x = self.x + {"left": 0.0, "center": (self.width - wide) / 2, "right": self.width - wide}[self.align]
        largest = self.line_px or max(one.font_px for one in self.pieces)
        baseline = self.y + self.height / 2 - CAPITAL_MIDDLE * largest
        for text, one in zip(self._texts, self.pieces, strict=True):
            x += one.before_px
            text.pos = (x, baseline - (0.5 - MIDDLE) * one.font_px)
            x += text.width


def wide(pieces: list[Piece]) -> float:
    """How wide the pieces are together, in pixels."""
    return sum(one.before_px + width_of(one.words, one.font_px, bold=one.bold, face=one.face) for one in pieces)
