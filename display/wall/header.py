"""The top of every screen: whose hall it is, the clock, and how old what is shown is."""

from __future__ import annotations

from typing import Any

from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.board import View
from display.theme.widgets import Badge
from display.theme.widgets.text import width_of
from display.wall.look import LEAST, SMALL, Look
from display.wall.phrase import Phrase, wide

SIDE = 48


class Header(BoxLayout):
    """One row where the glass is wide, else two."""

    def __init__(self, look: Look, **settings: Any) -> None:
        super().__init__(
            orientation="vertical",
            padding=(look.px(SIDE), 0),
            size_hint_y=None,
            height=look.px(92 if look.wide else 172),
            **settings,
        )
        self.look = look
        self.clock, self.date = Phrase(align="right", size_hint_x=None), Phrase(size_hint_x=None)
        self.state = AnchorLayout(anchor_x="right" if look.wide else "left")
        self.name = look.text("", 46, bold=True, color=look.palette.ink, max_lines=1, pitch=1.08, size_hint=(None, 1))
        self._shown: object = None
        rows = (
            [(self.name, self.state, self.date, self.clock)]
            if look.wide
            else [(self.name, self.clock), (self.date, self.state)]
        )
        if not look.wide:
            self.state.anchor_x = "right"
        for parts in rows:
            row = BoxLayout(spacing=look.px(32))
            for part in parts:
                row.add_widget(part)
            self.add_widget(row)
        self.fbind("width", self._fit)

    def show(self, view: View) -> None:
        shown = (view.at, view.stale, view.stale_since)
        if shown == self._shown:
            return
        self._shown = shown
        words, look = self.look.words, self.look
        weekday = words("weekdays").split()[view.at.weekday()]
        date = words("wall.date", month=view.at.month, day=view.at.day, weekday=weekday)
        self.date.say([look.piece(date, 40)])
        self.clock.say([look.piece(f"{view.at:%H:%M}", 60, look.palette.ink, bold=True)])
        for phrase in (self.date, self.clock):
            phrase.width = wide(phrase.pieces)
        self.state.clear_widgets()
        self.state.add_widget(self._mark(view))
        self._fit()

    def _mark(self, view: View) -> Widget:
        """Quiet while what is shown is true, and plain when it is old."""
        words, palette = self.look.words, self.look.palette
        if not view.stale:
            return self.look.text(f"● {words('live')}", LEAST, hug=True, color=palette.jade)
        said = words("stale", at=view.stale_since) if view.stale_since else words("connecting")
        mark = Badge(said, "alarm", palette=palette, font_px=self.look.px(SMALL))
        mark.words.face = self.look.face
        return mark

    def _fit(self, *_: Any) -> None:
        """The hall's name, and what the screen is about where there is room for that, too."""
        look, inner = self.look, self.width - 2 * self.padding[0]
        mark = self.state.children[0].width if self.state.children else 0
        beside = self.clock.width + look.px(32) + (self.date.width + mark + look.px(64) if look.wide else 0)
        name = look.of_hall(look.hall.name)
        whole = look.words("wall.title", hall=name)
        room = max(inner - beside, look.px(200))
        large = look.px(46)
        fits = [one for one in (whole, name) if width_of(one, large, bold=True, face=look.face) <= room]
        self.name.text = fits[0] if fits else name
        self.name.font_px, self.name.max_lines = (large, 1) if fits else (look.px(LEAST), 2)
        self.name.width = room
