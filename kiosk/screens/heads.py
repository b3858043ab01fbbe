"""The heads of a page: the bar above it, the rail beside it, and how far one has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.palette import Colour
from display.theme.widgets import Steps
from kiosk.screens.kit import RAIL_PX, Key, Kit

LEAVE_PX, RAIL_EDGE_PX = 34, 32
TITLE_PITCH = 1.25
"""Of a touch's words, as `display.theme.widgets.Touch` sets them."""


class Ground(BoxLayout):
    """A plain coloured ground from edge to edge."""

    def __init__(self, fill: Colour, **settings: Any) -> None:
        super().__init__(**settings)
        with self.canvas.before:
            Color(*fill)
            self._ground = Rectangle()
        self.bind(pos=self._spread, size=self._spread)

    def _spread(self, *_: Any) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size


class Rungs(Steps):
    """Progress on the coloured rail: as many pieces filled as steps were reached."""

    def __init__(self, kit: Kit, at: int, count: int) -> None:
        room = RAIL_PX - 2 * RAIL_EDGE_PX
        piece = (room - 8 * (count - 1)) / count
        super().__init__(
            at=at, count=count, palette=kit.palette, piece_px=(piece, 20), size_hint_y=None, height=28, face=kit.face
        )
        self.spacing = 0  # nothing stands beside it

    def _colours(self, number: int) -> tuple[Colour, Colour]:
        on = self.palette.on_jade
        return (on if number < self.at else self.palette.jade), on


def bar(kit: Kit, words: str, leave: Key) -> Ground:
    """The heading of a page from edge to edge, the way out at its right."""
    leave.size_hint_x, leave.width = None, kit.wide_px(leave.text, kit.side_px(LEAVE_PX), 232)
    heading = kit.headline(words, 50, kit.inner_px - leave.width - kit.gap_px(24), color=kit.palette.on_jade)
    around = 10 if kit.shape.low else 26
    high = max(kit.target_px(84, main=False), heading.height) + 2 * around
    heading.size_hint_y, heading.valign = 1, "middle"
    whole = Ground(
        kit.palette.jade, padding=(kit.edge_px, around), spacing=kit.gap_px(24), size_hint_y=None, height=high
    )
    leave.size_hint_y, leave.height, leave.pos_hint = None, kit.target_px(84, main=False), {"center_y": 0.5}
    whole.add_widget(heading)
    whole.add_widget(leave)
    return whole


def rail(kit: Kit, above: Sequence[Widget], below: Sequence[Widget]) -> Ground:
    """What stands beside a page on a glass that lies across."""
    whole = Ground(
        kit.palette.jade,
        orientation="vertical",
        padding=(RAIL_EDGE_PX, 40),
        spacing=24,
        size_hint_x=None,
        width=RAIL_PX,
    )
    for one in (*above, Widget(), *below):
        whole.add_widget(one)
    return whole


def progress(kit: Kit, at: int, count: int) -> Steps:
    """Upright, over the question: the step `at` of `count`, from 1."""
    return Steps(
        at=at - 1,
        count=count,
        word=kit.words("step", at=at, count=count),
        font_px=kit.side_px(31),
        face=kit.face,
        piece_px=(64 if kit.modes.big else 92, 22),
        palette=kit.palette,
        size_hint_y=None,
        height=kit.side_px(31) * 1.4,
    )
