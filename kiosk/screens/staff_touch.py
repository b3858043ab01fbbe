"""Where the glass feels a finger."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.screens.kit import Kit
from kiosk.screens.staff_page import StaffPage

_CELLS = {False: (6, 9), True: (10, 5)}
"""Columns and rows of the touch test, upright and across."""


class TouchPage(StaffPage):
    """Cells that fill where the glass feels a finger: what stays empty is dead."""

    def build(self) -> None:
        columns, rows = _CELLS[self.kit.shape.across or self.kit.shape.low]
        self._cells = [Cell(self.kit) for _ in range(columns * rows)]
        grid = GridLayout(cols=columns, spacing=8)
        for cell in self._cells:
            grid.add_widget(cell)
        self.body.add_widget(grid)

    def refresh(self) -> None:
        felt = sum(cell.felt for cell in self._cells)
        self.hint.text = self.word("touch.felt", n=felt, of=len(self._cells))

    def state(self) -> str:
        return f"{sum(cell.felt for cell in self._cells)}.{len(self._cells)}"


class Cell(Widget):
    """Filled by the first finger that crosses it."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.felt = False
        self._full = kit.palette.jade
        with self.canvas:
            self._tint = Color(*kit.palette.hair)
            self._ground = Rectangle()
        self.bind(pos=self._spread, size=self._spread)

    def on_touch_down(self, touch: Any) -> bool:
        return self._feel(touch)

    def on_touch_move(self, touch: Any) -> bool:
        return self._feel(touch)

    def _feel(self, touch: Any) -> bool:
        if self.collide_point(*touch.pos) and not self.felt:
            self.felt = True
            self._tint.rgba = self._full
        return False

    def _spread(self, *_: Any) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size
