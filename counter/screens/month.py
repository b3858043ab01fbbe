"""A month of days that can be marked; each day says what it is by its ground and by a character."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from kivy.core.text import Label as Rendered
from kivy.graphics import Color, Line, Rectangle
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from counter.calendars import Day, DayKind
from counter.screens.parts import Column, small
from display.theme import fonts, touchmap
from display.theme.palette import NORMAL as P, Colour
from display.theme.widgets import Text

WIDE_PX, HIGH_PX, GAP_PX = 36, 34, 3
LOOKS: dict[DayKind, tuple[Colour, Colour]] = {
    "working": (P.card, P.ink),
    "weekend": (P.hair, P.ink_2),
    "holiday": (P.seal, P.on_seal),
    "made_up": (P.jade_soft, P.ink),
    "closed": (P.ink, P.card),
    "half": (P.gold_soft, P.ink),
    "worked": (P.jade, P.on_jade),
}


class DayCell(Widget):
    """One day. A tap marks it, or lets it go again."""

    def __init__(self, day: Day, mark: str, on_tap: Callable[[dt.date], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.day, self._mark, self._on_tap = day, mark, on_tap
        self.chosen = self.today = False
        touchmap.name(self, f"day.{day.date}")
        self.bind(pos=self._draw, size=self._draw)

    def mark(self, *, chosen: bool, today: bool) -> None:
        if (chosen, today) != (self.chosen, self.today):
            self.chosen, self.today = chosen, today
            self._draw()

    def on_touch_down(self, touch: Any) -> bool:
        if touch.is_mouse_scrolling or not self.collide_point(*touch.pos):
            return False
        touch.grab(self)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        if self.collide_point(*touch.pos):
            self._on_tap(self.day.date)
        return True

    def _draw(self, *_: Any) -> None:
        fill, ink = LOOKS[self.day.kind]
        self.canvas.clear()
        with self.canvas:
            Color(*fill)
            Rectangle(pos=self.pos, size=self.size)
            Color(*ink)
            number = _drawn(str(self.day.date.day), 18, True)
            Rectangle(texture=number, size=number.size, pos=(self.x + 4, self.y + (self.height - number.height) / 2))
            if self._mark:
                sign = _drawn(self._mark, 12, False)
                Rectangle(texture=sign, size=sign.size, pos=(self.right - sign.width - 2, self.top - sign.height))
            if self.chosen or self.today:
                Color(*(P.gold if self.chosen else P.jade))
                Line(rectangle=(self.x + 1, self.y + 1, self.width - 2, self.height - 2), width=3 if self.chosen else 2)
                if self.chosen:
                    Color(*P.ink)
                    Line(rectangle=(self.x - 2, self.y - 2, self.width + 4, self.height + 4), width=1.2)


class Month(Column):
    """The days of one month under its name, Monday first."""

    def __init__(
        self,
        title: str,
        weekdays: str,
        days: list[Day],
        marks: Mapping[DayKind, str],
        on_tap: Callable[[dt.date], None],
    ) -> None:
        self.cells = {one.date: DayCell(one, marks.get(one.kind, ""), on_tap) for one in days}
        grid = GridLayout(cols=7, spacing=GAP_PX, size_hint=(None, None), row_default_height=HIGH_PX)
        grid.row_force_default = grid.col_force_default = True
        grid.col_default_width = WIDE_PX
        grid.size = (7 * (WIDE_PX + GAP_PX), 6 * (HIGH_PX + GAP_PX))
        for _ in range(days[0].date.weekday()):
            grid.add_widget(Widget())
        for cell in self.cells.values():
            grid.add_widget(cell)
        named = GridLayout(cols=7, spacing=GAP_PX, size_hint=(None, None), size=(7 * (WIDE_PX + GAP_PX), 22))
        for one in weekdays:
            named.add_widget(small(one, font_px=15, align="center", size_hint_y=1))
        super().__init__(Text(title, font_px=22, bold=True, pitch=1.3), named, grid, spacing=2)


@lru_cache(maxsize=512)
def _drawn(words: str, size: int, bold: bool) -> Any:
    """The texture of a few characters, white, to be tinted; only numbers and marks come here."""
    rendered = Rendered(text=words, font_name=fonts.SANS, font_size=size, bold=bold)
    rendered.refresh()
    return rendered.texture
