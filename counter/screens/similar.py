"""相近的事项 (R38): closed cases like the one at hand, with what was found and answered, in a quiet panel of a form."""

from __future__ import annotations

from kivy.uix.widget import Widget

from counter import naming
from counter.screens.glyphs import readable
from counter.screens.parts import RADIUS_PX, Column, Row, small
from counter.wording import Wording
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider, Panel, Text
from hub.wire.messages import SimilarCase, SimilarList

NAME_PX, TEXT_PX, LABEL_PX = 24, 22, 96


def similar(say: Wording, found: SimilarList) -> Widget:
    """The panel; says so while they are looked for, and where there are none."""
    panel = Panel(orientation="vertical", fill=P.paper, frame=P.hair, frame_px=2, radius_px=RADIUS_PX, spacing=12)
    panel.padding, panel.size_hint_y = (24, 16), None
    panel.bind(minimum_height=panel.setter("height"))
    panel.add_widget(small(say.words("similar.title")))
    if not found.cases:
        panel.add_widget(small(say.words("similar.none" if found.ready else "similar.looking")))
    for at, one in enumerate(found.cases):
        if at:
            panel.add_widget(Divider(color=P.hair))
        panel.add_widget(_case(say, one))
    return panel


def _case(say: Wording, one: SimilarCase) -> Column:
    name = Text(say.matter_named(one.matter), font_px=NAME_PX, bold=True, pitch=1.4)
    rated = naming.level(say, one.level) if one.level else say.words("similar.unrated")
    day = one.closed_on
    date = say.words("date.whole", year=day.year, month=day.month, day=day.day)
    closed = say.words("similar.closed", date=date, rated=rated, alike=one.alike)
    lines = [("similar.cause", one.cause), ("similar.answer", one.answer)]
    told = [_line(say.words(key), readable(text)) for key, text in lines if text]
    return Column(name, small(closed), *told, spacing=4)


def _line(label: str, text: str) -> Row:
    name = small(label, size_hint_x=None, width=LABEL_PX)
    said = Text(text, font_px=TEXT_PX, pitch=1.5)
    for one in (name, said):
        one.pos_hint = {"top": 1}
    return Row(name, said, spacing=12)
