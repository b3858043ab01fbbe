"""The number at the window, or that nobody is there."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.desk import DeskView
from counter.line_words import LineWords
from counter.screens.parts import GAP_PX, RADIUS_PX, Column, Press, small
from counter.wording import Wording
from display.theme import fonts
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text


def now_card(say: Wording, lines: LineWords, view: DeskView, opens: Press) -> Panel:
    """Large and in gold while somebody is there; `opens` leads to their case, where there is one."""
    words, ticket = say.words, view.current
    card = Panel(fill=P.card, frame=P.hair, frame_px=2, radius_px=RADIUS_PX, padding=(36, 20), spacing=GAP_PX * 2)
    if ticket is None:
        why = view.window.why
        hint = words(
            "desk.nobody_hint" if view.window.open else f"desk.closed_for.{why}" if why else "desk.paused_hint"
        )
        texts = Column(Text(words("desk.nobody"), font_px=44, bold=True), small(hint, font_px=24), spacing=4)
        card.add_widget(_centred(texts))
    else:
        card.fill, card.frame, card.frame_px = P.gold, P.ink, 3
        card.add_widget(Text(ticket.number, font_px=100, face=fonts.BLACK, hug=True, pitch=1.2, size_hint_y=1))
        said = Column(Text(words(f"desk.state.{ticket.state}"), font_px=34, bold=True), spacing=2)
        said.add_widget(Text(say.calls(ticket), font_px=23, max_lines=1, min_px=18))
        said.add_widget(Text(lines.service(ticket.service), font_px=23, max_lines=1, min_px=17))
        card.add_widget(_centred(said))
        if ticket.case_number:
            opens.parent.remove_widget(opens) if opens.parent else None
            opens.pos_hint = {"center_y": 0.5}
            card.add_widget(opens)
    return card


def _centred(inside: Column) -> BoxLayout:
    box = BoxLayout(orientation="vertical")
    box.add_widget(Widget())
    box.add_widget(inside)
    box.add_widget(Widget())
    return box
