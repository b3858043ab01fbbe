"""What the pages share on which a code is typed, letter by letter."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.layout import Layout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.widgets import Text
from kiosk.screens.kit import Kit
from kiosk.screens.spoken import unspoken


def large(kit: Kit, px: int) -> Text:
    """A field for what was typed."""
    return Text(
        "",
        font_px=kit.main_px(px),
        min_px=kit.main_px(0),
        max_lines=1,
        face=fonts.BLACK,
        align="center",
        size_hint_y=1,
        color=kit.palette.ink,
    )


def letter_keys(grid: Layout, most_px: float) -> Widget:
    """The letters' keys as high as their room, but no larger than a hand wants; nobody is read an alphabet."""
    held = BoxLayout(orientation="vertical")
    held.add_widget(grid)
    held.bind(height=lambda _held, high: _at_most(grid, high, most_px))
    held.add_widget(Widget(size_hint_y=0.0001))
    return unspoken(held)


def _at_most(grid: Layout, room_px: float, most_px: float) -> None:
    grid.size_hint_y, grid.height = None, min(room_px, most_px)
