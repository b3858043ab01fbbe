"""What may be done with the selected case: its due date, the actions, and the article each follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.casework import Action, Remaining
from counter.screens.parts import BODY_PX, RADIUS_PX, Column, Press, Scroll, heading, side, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Panel, Text
from hub.wire.messages import CaseLine


class Actions(BoxLayout):
    """The right column of casework."""

    def __init__(self, place: Workplace, compose: Callable[[Action], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.place, self.compose = place, compose
        self._shown: object = None
        self.content = Column(spacing=20, padding=(0, 0, 14, 0))
        self.add_widget(side(Scroll(self.content)))

    def show(self) -> None:
        place = self.place
        line = place.session.line()
        offered = tuple(place.actions(line)) if line else ()
        drafts = tuple(place.has_draft(line, one) for one in offered) if line else ()
        known = place.session.detail is not None
        wanted = (line, known, offered, drafts, place.live, place.today, frozenset(place.session.busy))
        if wanted == self._shown:
            return
        self._shown = wanted
        self.content.clear_widgets()
        if line is None:
            return
        self.content.add_widget(due_panel(place, line))
        if not known:
            return
        self.content.add_widget(heading(place.say.words("action.title")))
        for number, (action, drafted) in enumerate(zip(offered, drafts, strict=True)):
            self.content.add_widget(self._action(line, action, drafted, first=number == 0))
        if not offered:
            self.content.add_widget(small(place.say.words("action.none")))

    def _action(self, line: CaseLine, action: Action, drafted: bool, *, first: bool) -> Widget:
        place, words = self.place, self.place.say.words
        button = Press(
            f"action.{action.code}",
            words(f"action.{action.code}"),
            partial(self.compose, action),
            hint=words("action.draft" if drafted else f"action.{action.code}.hint"),
            shortcut=action.key.upper(),
            kind="primary" if first else "secondary",
            height=84 if first else 72,
            font_px=30 if first else 27,
        )
        # What needs words can be written while the hub is away: it stays as a draft.
        sending = (line.case_number, action.code) in place.session.busy
        button.disabled = sending or not (action.needs or place.live)
        return Column(button, small(place.say.rule(action.rule)), spacing=8)


def due_panel(place: Workplace, line: CaseLine) -> Panel:
    """The due date and how it was counted; gold while it runs, seal when it is over."""
    say, left = place.say, place.remaining(line)
    over, answered = left.urgency == "overdue", left.urgency == "answered"
    fill = P.seal if over else P.jade_soft if answered else P.gold_soft
    ink = P.on_seal if over else P.ink
    panel = Panel(orientation="vertical", fill=fill, radius_px=RADIUS_PX, padding=(24, 18), spacing=6, size_hint_y=None)
    panel.bind(minimum_height=panel.setter("height"))
    name = "due.was" if answered else "due.expected" if line.due.provisional else "due.title"
    panel.add_widget(Text(say.words(name), font_px=22, color=ink))
    panel.add_widget(Text(say.due(line.due), font_px=36, bold=True, color=ink, max_lines=1, min_px=24))
    panel.add_widget(_left(say.badge(left), left))
    panel.add_widget(Text(say.explained(line.due), font_px=21, color=ink, pitch=1.5))
    return panel


def _left(words: str, left: Remaining) -> Widget:
    kind = {"overdue": "quiet", "today": "now", "answered": "quiet"}.get(left.urgency, "quiet")
    badge = Badge(words, kind, font_px=BODY_PX - 2)
    row = BoxLayout(size_hint_y=None, height=badge.height + 8, padding=(0, 4))
    row.add_widget(badge)
    row.add_widget(Widget())
    return row
