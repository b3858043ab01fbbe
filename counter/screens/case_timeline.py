"""What has happened to a case, line by line, with what was said and laid down at each."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, SmoothEllipse
from kivy.uix.widget import Widget

from counter.screens.glyphs import readable
from counter.screens.parts import Column, Row, heading, small
from counter.timeline import Entry
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Text

TIME_PX, NAME_PX, FONT_PX = 200, 150, 23


def timeline_column(place: Workplace, entries: list[Entry]) -> Column:
    return Column(heading(place.say.words("case.timeline")), *(_entry(place, one) for one in entries), spacing=12)


def _entry(place: Workplace, entry: Entry) -> Row:
    time = Text(place.say.moment(entry.at, place.today), font_px=FONT_PX, color=P.ink_2, pitch=1.45, size_hint_x=None)
    time.width = TIME_PX
    what = Column(Text(entry.said, font_px=FONT_PX, pitch=1.45, bold=bool(entry.lines)), spacing=2)
    if entry.text and not entry.is_answer:  # the answer stands in full above
        what.add_widget(Text(readable(entry.text), font_px=FONT_PX, pitch=1.5, color=P.ink_2))
    for name, value in entry.lines:
        what.add_widget(_line(name, value))
    row = Row(_Dot(), time, what, spacing=14)
    # The dot and the time stand at the top of however many lines there are.
    for one in (row.children[-1], time):
        one.pos_hint = {"top": 1}
    return row


def _line(name: str, value: str) -> Row:
    """A field of what was laid down: its name, and beside it what it says."""
    title = small(name, size_hint_x=None, width=NAME_PX, pos_hint={"top": 1})
    return Row(title, Text(readable(value), font_px=FONT_PX - 1, pitch=1.5), spacing=10)


class _Dot(Widget):
    """A step of the timeline."""

    def __init__(self) -> None:
        super().__init__(size_hint=(None, None), size=(16, 34))
        with self.canvas:
            Color(*P.jade)
            self._round = SmoothEllipse(size=(16, 16))
        self.bind(pos=self._place)

    def _place(self, *_: Any) -> None:
        self._round.pos = (self.x, self.center_y - 8)
