"""The top of the window: which terminal, who works there, what waits, and how fresh all of it is."""

from __future__ import annotations

from typing import Any

from kivy.uix.widget import Widget

from counter.screens.parts import Band
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Text
from hub.domain.case import OPEN

HEADER_PX = 76


class Header(Band):
    """Where and who, what waits, and since when the picture is true."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(fill=P.jade, padding=(32, 0), spacing=36, size_hint_y=None, height=HEADER_PX, **settings)
        self.place = place
        self._shown: object = None

    def show(self) -> None:
        place, say = self.place, self.place.say
        words, staff = say.words, place.session.staff
        if staff is None:
            return
        view = place.queue()
        open_cases = sum(line.stage in OPEN for line in place.session.cases)
        left = [f"{say.post(place.terminal, staff.posts)} {staff.name}", words("header.cases", n=open_cases)]
        right = []
        if view is not None:
            right.append(words("header.waiting", n=len(view.waiting)))
        if place.session.notices:
            right.append(words("header.notices", n=len(place.session.notices)))
        current = view.current.number if view is not None and view.current is not None else ""
        paused = view is not None and not view.window.open
        fresh = say.freshness(place.live, place.heard_at)
        pad = place.devices.asks
        wanted = (left, right, current, paused, pad, fresh, place.live)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.clear_widgets()
        self.add_widget(
            Text(say.title(place.terminal), font_px=30, bold=True, color=P.on_jade, hug=True, size_hint_y=1)
        )
        for said in left:
            self.add_widget(_said(said))
        if current:
            self.add_widget(_badge(current, "now"))
        if paused:
            self.add_widget(_badge(words("desk.paused"), "alarm"))
        if pad:
            self.add_widget(_badge(words(f"pad.{pad}"), "now"))
        self.add_widget(Widget())
        for said in right:
            self.add_widget(_said(said))
        self.add_widget(_said(fresh) if place.live else _badge(fresh, "due"))


def _said(words: str) -> Text:
    return Text(words, font_px=26, color=P.on_jade, hug=True, size_hint_y=1)


def _badge(words: str, kind: str) -> Badge:
    badge = Badge(words, kind, font_px=26)
    badge.pos_hint = {"center_y": 0.5}
    return badge
