"""One screen of a wall as a picture: its regions in columns, between the header and the bands at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kivy.graphics import Color, PopMatrix, PushMatrix, Rectangle, Translate
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from display.board import View
from display.theme.widgets import Divider
from display.theme.widgets.discard import empty
from display.theme.widgets.panel import CLEAR
from display.wall.arrange import STRIP, columns, heights
from display.wall.bands import Foot, Notice
from display.wall.calls import CONNECTING, NOBODY, PAUSED, Calls
from display.wall.header import SIDE, Header
from display.wall.lists import Lists
from display.wall.look import Look
from display.wall.recent import Recent
from display.wall.sparing import MARGIN_PX, shift_px
from display.wall.stills import Stills
from hub.domain.hall import Hall
from hub.domain.screens import BRIGHTEST_PERCENT, Region, Wall

CALLS_SHARE = 0.61
"""Of the width, where queues or cases stand beside the calls."""


class Column(BoxLayout):
    """Regions below each other; how high each is follows from what they need."""

    def __init__(self, regions: list[Any], look: Look, **settings: Any) -> None:
        super().__init__(
            orientation="vertical", spacing=look.px(16), padding=(0, look.px(18), 0, look.px(14)), **settings
        )
        self.regions = regions
        for part in regions:
            self.add_widget(part)
        self.fbind("size", self._share)

    def _share(self, *_: Any) -> None:
        room = self.height - self.padding[1] - self.padding[3] - self.spacing * (len(self.regions) - 1)
        needs = [part.need(self.width) for part in self.regions]
        for part, high in zip(self.regions, heights(room, needs), strict=True):
            part.height = high


class WallScreen(BoxLayout):
    """Everything on one screen; `show` redraws what has changed and nothing else."""

    def __init__(self, look: Look, place: Path, worker: ThreadPoolExecutor, **settings: Any) -> None:
        super().__init__(orientation="vertical", **settings)
        self.look, self.regions = look, look.wall.regions
        self.header = Header(look)
        self.notice = Notice(look) if "notice" in self.regions else None
        self.foot = Foot(look, self.regions)
        self._place, self._worker = place, worker
        self.parts: list[Any] = []
        middle = BoxLayout(spacing=look.px(36), padding=(look.px(SIDE), 0))
        arranged = columns(self.regions, look.wide)
        for at, names in enumerate(arranged):
            made = self._made(names)
            self.parts += made
            share = 1 / len(arranged)
            if len(arranged) > 1 and "calls" in self.regions:
                share = 1 - CALLS_SHARE if at else CALLS_SHARE
            if at:
                middle.add_widget(Divider(palette=look.palette, upright=True))
            middle.add_widget(Column(made, look, size_hint_x=share))
        rows: list[Any] = [self.header, Divider(palette=look.palette), middle]
        if look.wide and STRIP in self.regions:
            recent = Recent(look)
            self.parts.append(recent)
            strip = BoxLayout(size_hint_y=None, height=recent.height + 2 * look.px(12))
            strip.padding = (look.px(SIDE), look.px(12))
            strip.add_widget(recent)
            rows += [Divider(palette=look.palette), strip]
        rows += [] if self.notice is None else [self.notice]
        for row in (*rows, Divider(palette=look.palette), self.foot):
            self.add_widget(row)
        self._shown: tuple[View, int] | None = None
        for region in [*self.parts, self.header, self.foot]:
            region.fbind("size", self._moved)

    @property
    def troubles(self) -> frozenset[str]:
        """Codes of what is amiss with it."""
        return frozenset(code for part in self.parts if isinstance(part, Stills) for code in part.troubles)

    def show(self, view: View, now_s: float) -> None:
        if (view, int(now_s)) == self._shown:  # pages turn at whole seconds
            return
        self._shown = (view, int(now_s))
        self.header.show(view)
        known = bool(view.queues)
        for part in self.parts:
            match part:
                case Calls():
                    part.show(view.calls, now_s, (NOBODY if view.open_windows else PAUSED) if known else CONNECTING)
                case Recent():
                    part.show(view.recent)
                case Lists():
                    part.opacity = int(known)
                    part.show(view.queues, view.cases, now_s)
                case Stills():
                    part.show(now_s)
        if self.notice is not None:
            self.notice.show(view.bulletin, now_s)
        self.foot.show(view, now_s)

    def _made(self, names: Sequence[Region]) -> list[Any]:
        """The widgets of a column: its lists share one, all others have their own."""
        made: list[Any] = []
        for name in names:
            match name:
                case "calls":
                    made.append(Calls(self.look))
                case "recent":
                    made.append(Recent(self.look))
                case "stills":
                    made.append(Stills(self.look, self._place / self.look.wall.stills, self._worker))
                case _ if not any(isinstance(one, Lists) for one in made):
                    made.append(Lists(self.look, names))
        return made

    def _moved(self, *_: Any) -> None:
        self._shown = None


class Place(FloatLayout):
    """Where a screen of the wall is in the window: drawn anew when its brightness changes, moved to spare the glass."""

    def __init__(self, wall: Wall, hall: Hall, place: Path, worker: ThreadPoolExecutor, **settings: Any) -> None:
        size = (wall.width_px, wall.height_px)
        super().__init__(size_hint=(None, None), size=size, **settings)
        self.wall, self.hall, self._folder, self._worker = wall, hall, place, worker
        self.screen: WallScreen | None = None
        with self.canvas.before:
            self._tint = Color(0, 0, 0, 0)
            Rectangle(pos=self.pos, size=self.size)
            PushMatrix()
            self._shift = Translate(0, 0)
        with self.canvas.after:
            PopMatrix()

    def show(self, view: View, now_s: float) -> None:
        percent = self.wall.percent(view.at.hour)
        if self.screen is None or self.screen.look.percent != percent:
            empty(self)
            self.screen = WallScreen(
                Look(self.wall, self.hall, percent),
                self._folder,
                self._worker,
                size_hint=(None, None),
                size=(self.width - 2 * MARGIN_PX, self.height - 2 * MARGIN_PX),
                pos=(self.x + MARGIN_PX, self.y + MARGIN_PX),
            )
            self.add_widget(self.screen)
            self._tint.rgba = self.screen.look.palette.paper if percent < BRIGHTEST_PERCENT else CLEAR
        if self._shift.xy != shift_px(now_s):  # set to the same again it would have the frame drawn again
            self._shift.xy = shift_px(now_s)
        self.screen.show(view, now_s)
