"""The wall as one picture: header, calls, the last five, queues and cases, the hall's notice, footer."""

from __future__ import annotations

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.board import View
from display.theme import wrap
from display.theme.palette import NIGHT
from display.theme.scale import Scale
from display.theme.widgets import Badge, Divider, Text
from display.theme.widgets.text import advances
from display.wall.calls import Calls, Recent
from display.wall.phrase import Phrase, Piece, figures
from display.wall.queues import PAGE_S, Cases, Queues
from hub.domain.hall import Hall, Screen
from hub.domain.words import Words

READ_AT = 0.01222
"""Height of a called number in parts of the distance it is read from: 0.7 degrees (EN 301 549 5.1.4)."""
DESIGN_PX = 1920
CASES_AT_LEAST = 3
GLASS = Screen(width_px=1920, height_px=1080, width_mm=1210.0, height_mm=680.0, viewed_mm=5000.0)
"""A 55 inch screen across a hall, where hall.toml does not describe the wall's own."""


class WallScreen(BoxLayout):
    """Everything on the wall; `show` redraws what has changed and nothing else."""

    def __init__(self, hall: Hall, words: Words, glass: Screen, **settings: Any) -> None:
        super().__init__(orientation="vertical", **settings)
        self.words = words
        self.unit = unit = glass.width_px / DESIGN_PX
        self.number_px = max(round(96 * unit), Scale(glass).font(glass.viewed_mm * READ_AT))
        self._clock: object = None
        self._services = len(hall.services)
        self.title = Text(
            words("wall.title", hall=hall.name),
            font_px=round(44 * unit),
            min_px=round(28 * unit),
            max_lines=1,
            bold=True,
            color=NIGHT.ink,
            size_hint=(1, 1),
        )
        self.clock = Phrase(align="right", size_hint_x=0.55)
        self.calls = Calls(words, unit)
        self.recent = Recent(words, unit, self.number_px, size_hint_y=None, height=self.number_px + 84 * unit)
        self.queues = Queues(words("wall.waiting"), words, unit, row_px=70 * unit, size_hint_y=None)
        self.cases = Cases(words("wall.progress"), words, unit, row_px=48 * unit)
        self.bulletin = Bulletin(words, unit)
        self.footer = Footer(words, unit, size_hint_y=None, height=round(76 * unit))
        self._build(hall)

    def show(self, view: View, now_s: float) -> None:
        if view.at != self._clock:
            self._clock = view.at
            weekday = self.words("weekdays").split()[view.at.weekday()]
            date = self.words("wall.date", month=view.at.month, day=view.at.day, weekday=weekday)
            self.clock.say(
                [
                    Piece(date, round(40 * self.unit), NIGHT.ink_2, bold=False),
                    Piece(f"{view.at:%H:%M}", round(56 * self.unit), NIGHT.ink, before_px=28 * self.unit),
                ]
            )
        self.calls.show(view.calls)
        self.recent.show(view.recent)
        self.queues.show(view.queues, now_s)
        self.cases.show(view.cases, now_s)
        self.bulletin.show(view.bulletin, now_s)
        self.footer.show(view)

    def _share(self, right: BoxLayout, height: float) -> None:
        """As many rows for the queues as there are services, but always room for three cases."""
        room = height - right.padding[1] - right.padding[3] - right.spacing
        rows = int((room - self.cases.height_of(CASES_AT_LEAST) - self.queues.height_of(0)) // self.queues.row_px)
        self.queues.height = self.queues.height_of(max(1, min(rows, self._services)))

    def _build(self, hall: Hall) -> None:
        unit, side = self.unit, 56 * self.unit
        header = BoxLayout(size_hint_y=None, height=round(100 * unit), padding=(side, 0), spacing=24 * unit)
        header.add_widget(self.title)
        header.add_widget(self.clock)
        body = BoxLayout(spacing=0)
        left = BoxLayout(padding=(side, 24 * unit, 44 * unit, 24 * unit), size_hint_x=0.61)
        left.add_widget(self.calls)
        right = BoxLayout(
            orientation="vertical",
            padding=(44 * unit, 20 * unit, side, 12 * unit),
            spacing=12 * unit,
            size_hint_x=0.39,
        )
        right.add_widget(self.queues)
        right.add_widget(self.cases)
        right.fbind("height", self._share)
        body.add_widget(left)
        body.add_widget(Divider(palette=NIGHT, upright=True))
        body.add_widget(right)
        strip = BoxLayout(size_hint_y=None, height=self.recent.height + 36 * unit, padding=(side, 18 * unit))
        strip.add_widget(self.recent)
        parts: list[Widget] = [header, Divider(palette=NIGHT), body, Divider(palette=NIGHT), strip, self.bulletin]
        for part in (*parts, Divider(palette=NIGHT), self.footer):
            self.add_widget(part)


class Bulletin(BoxLayout):
    """The hall's notice: a band that is there only while there is one; longer ones turn as pages of a line."""

    def __init__(self, words: Words, unit: float) -> None:
        super().__init__(size_hint_y=None, height=0, opacity=0, spacing=24 * unit, padding=(56 * unit, 0))
        self.unit = unit
        with self.canvas.before:
            Color(*NIGHT.jade_soft)
            self._band = Rectangle()
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        badge = Badge(words("wall.bulletin"), "now", palette=NIGHT, font_px=32 * unit, pos_hint={"center_y": 0.5})
        self._line = Text("", font_px=round(40 * unit), color=NIGHT.ink, size_hint_y=1)
        self.add_widget(badge)
        self.add_widget(self._line)

    def show(self, text: str, now_s: float) -> None:
        self.height = 80 * self.unit if text else 0
        self.opacity = 1 if text else 0
        size = int(self._line.font_px)
        lines = wrap.lines(" ".join(text.split("\n")), max(self._line.width, size), advances(size))
        self._line.text = lines[int(now_s / PAGE_S) % len(lines)]

    def _place(self, *_: Any) -> None:
        self._band.pos, self._band.size = self.pos, self.size


class Footer(BoxLayout):
    """Counts of day and month at the left; windows and the state of the data at the right."""

    def __init__(self, words: Words, unit: float, **settings: Any) -> None:
        super().__init__(padding=(56 * unit, 0), spacing=32 * unit, **settings)
        self.words, self.unit = words, unit
        self._counts = Phrase(size_hint_x=0.5)
        self._windows = Text(
            "",
            font_px=round(36 * unit),
            min_px=round(22 * unit),
            max_lines=1,
            color=NIGHT.ink_2,
            align="right",
            size_hint_y=1,
            size_hint_x=0.5,
        )
        self._state = BoxLayout(size_hint_x=None, width=0)
        self._told: str | None = None
        for part in (self._counts, self._windows, self._state):
            self.add_widget(part)

    def show(self, view: View) -> None:
        size, counts = round(36 * self.unit), view.counts
        told = [self.words("wall.today", n=counts.today), self.words("wall.month", n=counts.month)]
        if counts.on_time_percent is not None:
            told.append(self.words("wall.on_time", percent=counts.on_time_percent))
        self._counts.say(figures("　".join(told), size, NIGHT.ink_2, NIGHT.ink))
        self._windows.text = self._about_windows(view)
        state = self.words("live")
        if view.stale:
            state = self.words("stale", at=view.stale_since) if view.stale_since else self.words("connecting")
        if state != self._told:
            self._told = state
            self._state.clear_widgets()
            badge = Badge(
                state,
                "now" if view.stale else "quiet",
                palette=NIGHT,
                font_px=32 * self.unit,
                pos_hint={"center_y": 0.5},
            )
            self._state.add_widget(badge)
            self._state.width = badge.width

    def _about_windows(self, view: View) -> str:
        if not view.queues:
            return ""
        if not view.open_windows:
            return self.words("wall.all_paused")
        away = {"wall.paused": view.paused, "wall.faulty": view.faulty}
        told = [
            self.words(key, windows=self.words("list").join(str(one) for one in windows))
            for key, windows in away.items()
            if windows
        ]
        return self.words("and").join(told) or self.words("wall.open", n=view.open_windows)
