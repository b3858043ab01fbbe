"""Beside a case's date: how it came about, day by day, for whoever has to check it."""

from __future__ import annotations

from kivy.uix.widget import Widget

from counter import tracing
from counter.screens.case_head import sheet
from counter.screens.parts import Column, Press, Row, heading, small
from counter.tracing import Cell, Look
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P, Colour
from display.theme.widgets import Panel, Text
from hub.wire.messages import CaseDetail

DAY_PX, GAP_PX = 64, 6
LOOKS: dict[Look, tuple[Colour, Colour]] = {
    "counts": (P.jade_soft, P.ink),
    "off": (P.hair, P.ink_2),
    "begins": (P.card, P.ink),
    "paused": (P.gold_soft, P.ink),
    "due": (P.jade, P.on_jade),
}


def trace_panel(place: Workplace, detail: CaseDetail) -> Widget:
    """A button until somebody asks; then the days, what was done, and what it rests on."""
    say, found = place.say, place.case_file.trace
    if found is None or found.case_number != detail.line.case_number:
        ask = Press("case.trace", say.words("trace.show"), place.case_file.explain, height=52, font_px=22)
        ask.size_hint_x, ask.width, ask.padding = None, 230, (12, 4)
        ask.disabled = not place.live
        return Row(ask, Widget(size_hint_y=None, height=52), height=52)
    weekdays = say.shared("due.weekdays").split()
    return sheet(
        heading(say.words("trace.title")),
        Text(say.explained(found.due), font_px=23, pitch=1.5),
        Row(*(small(name, align="center") for name in weekdays), spacing=GAP_PX),
        Column(
            *(Row(*map(_day, week), height=DAY_PX, spacing=GAP_PX) for week in tracing.weeks(say, found)),
            spacing=GAP_PX,
        ),
        small(tracing.legend(say, found)),
        Column(*(Text(line, font_px=22, pitch=1.4) for line in tracing.acts(say, found)), spacing=4),
        Column(*(small(line) for line in tracing.basis(say, found)), spacing=4),
    )


def _day(cell: Cell) -> Widget:
    if cell.look == "empty":
        return Widget()
    fill, ink = LOOKS[cell.look]
    panel = Panel(orientation="vertical", fill=fill, radius_px=8, padding=(4, 4))
    panel.add_widget(Text(cell.day, font_px=20, color=ink, align="center", max_lines=1, min_px=14))
    panel.add_widget(Text(cell.number, font_px=22, bold=True, color=ink, align="center"))
    return panel
