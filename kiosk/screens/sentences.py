"""Sentences as large as their room allows; what has no room stands on leaves that turn. Nothing is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import wrap
from display.theme.palette import Colour
from display.theme.widgets.discard import empty
from display.theme.widgets.text import advances
from hub.domain.hall import Value
from kiosk.screens.kit import Kit
from kiosk.screens.turner import turning_keys

PITCH, BETWEEN = 1.42, 0.45
"""Of lines, and what stands between two sentences, in parts of the type."""
STEPS = 6
"""Sizes that are tried between the wanted and the smallest."""


class Sentence(Value, frozen=True):
    """`note` stands beside the main path and is smaller; `bold` is a heading or what matters most."""

    words: str
    kind: Literal["title", "main", "note"] = "main"
    px: int = 40

    @property
    def bold(self) -> bool:
        return self.kind == "title"


class Sentences(BoxLayout):
    """Fills its room with sentences from the top. `color` of all where they stand on a coloured ground."""

    def __init__(self, kit: Kit, sentences: Sequence[Sentence], *, color: Colour | None = None, align: str = "left"):
        super().__init__(orientation="vertical")
        self.kit, self.sentences, self._color, self._align, self.page = kit, tuple(sentences), color, align, 0
        self.pages = 1
        self._arrange = Clock.create_trigger(self._fill, -1)
        self.bind(size=self._arrange)

    def take(self, sentences: Sequence[Sentence]) -> None:
        """Other sentences, from their first leaf on."""
        if tuple(sentences) != self.sentences:
            self.sentences, self.page = tuple(sentences), 0
            self._fill()

    def turn(self, by: int) -> None:
        self.page += by
        self._fill()

    def high_px(self, width_px: float) -> float:
        """How high it is at the wanted size."""
        return self._high(width_px, 1.0)

    # --- arranging

    def _size(self, one: Sentence, part: float) -> int:
        """Between the smallest allowed (0) and the wanted size (1)."""
        sized = self.kit.side_px if one.kind == "note" else self.kit.main_px
        return round(sized(0) + (sized(one.px) - sized(0)) * part)

    def _lines(self, one: Sentence, width_px: float, px: int) -> list[str]:
        return wrap.lines(one.words, max(width_px, px), advances(px, bold=one.bold, face=self.kit.face))

    def _high(self, width_px: float, part: float) -> float:
        sizes = [(self._size(one, part), one) for one in self.sentences]
        high = sum(len(self._lines(one, width_px, px)) * px * PITCH + px * BETWEEN for px, one in sizes)
        return high

    def _fill(self, *_: object) -> None:
        if self.width < 2 or self.height < 2:
            return
        kit = self.kit
        parts = [step / STEPS for step in range(STEPS, -1, -1)]
        part = next((one for one in parts if self._high(self.width, one) <= self.height), 0.0)
        turner = max(kit.target_px(0), kit.main_px(38) * 1.25 + 16)
        pages = self._paged(part, self.height)
        if len(pages) > 1:
            pages = self._paged(part, self.height - turner - kit.gap_px(16))
        self.pages = len(pages)
        self.page = max(0, min(self.page, self.pages - 1))
        empty(self)
        for one, px, lines in pages[self.page]:
            self.add_widget(self._text(one, px, lines))
            self.add_widget(Widget(size_hint_y=None, height=px * BETWEEN))
        self.add_widget(Widget())
        if self.pages > 1:
            self.add_widget(turning_keys(kit, turner, self.page, self.pages, self.turn))

    def _paged(self, part: float, room_px: float) -> list[list[tuple[Sentence, int, list[str]]]]:
        """Sentences on leaves; one that is too high for what is left of a leaf goes on on the next."""
        pages: list[list[tuple[Sentence, int, list[str]]]] = [[]]
        left = room_px
        for one in self.sentences:
            px = self._size(one, part)
            rest = self._lines(one, self.width, px)
            while rest:
                fit = int((left + 1) / (px * PITCH))
                if fit < min(2, len(rest)) and pages[-1]:
                    pages.append([])
                    left = room_px
                    continue
                fit = max(1, fit)
                pages[-1].append((one, px, rest[:fit]))
                left -= len(rest[:fit]) * px * PITCH + px * BETWEEN
                rest = rest[fit:]
        return pages

    def _text(self, one: Sentence, px: int, lines: list[str]) -> Widget:
        kit = self.kit
        color = self._color or (kit.palette.ink_2 if one.kind == "note" else kit.palette.ink)
        made = kit.note if one.kind == "note" else kit.text
        text = made("\n".join(lines), px=0, bold=one.bold, pitch=PITCH, color=color, align=self._align)
        text.font_px = px
        return text
