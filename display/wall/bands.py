"""The bands at the bottom: the hall's notice, which windows are away, and the figures of day and month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from display.board import View
from display.theme import wrap
from display.theme.widgets import Badge
from display.theme.widgets.text import Text, advances, width_of
from display.wall.look import BODY, LEAST, SMALL, Look
from display.wall.phrase import Phrase, Piece, wide
from hub.domain.screens import Region
from hub.wire.messages import Counts as Counted

PAGE_S = 8.0
SIDE, NOTICE, ROW, LINE = 48, 30, 66, 1.3
"""In units, the last in parts of a font size: margins, space around a notice, a row of figures, lines' distance."""


class Turning(Text):
    """Words of which so many lines are shown at a time; more turn as pages."""

    def __init__(self, look: Look, units: float, lines: int, **settings: Any) -> None:
        super().__init__(
            "",
            font_px=look.px(units),
            face=look.own_face,
            pitch=LINE,
            size_hint_y=1,
            **{"color": look.palette.ink} | settings,
        )
        self._lines = lines

    def pages(self, words: str) -> list[str]:
        size = int(self.font_px)
        whole = " ".join(words.split("\n"))
        broken = wrap.lines(whole, max(self.width, size), advances(size, face=self.face))
        return ["\n".join(broken[at : at + self._lines]) for at in range(0, len(broken), self._lines)]

    def turn(self, words: str, now_s: float) -> None:
        pages = self.pages(words)
        self.text = pages[int(now_s / PAGE_S) % len(pages)]


class Notice(BoxLayout):
    """What the hall tells: a band that is there only while there is something to tell."""

    def __init__(self, look: Look, **settings: Any) -> None:
        super().__init__(
            size_hint_y=None, height=0, opacity=0, spacing=look.px(28), padding=(look.px(SIDE), 0), **settings
        )
        self.look = look
        with self.canvas.before:
            Color(*look.palette.jade_soft)
            self._band = Rectangle()
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        badge = Badge(
            look.words("wall.bulletin"), "soft", palette=look.palette, font_px=look.px(36), pos_hint={"center_y": 0.5}
        )
        badge.words.face = look.face
        self._most = 1 if look.wide else 3
        self._line = Turning(look, BODY, self._most)
        self.add_widget(badge)
        self.add_widget(self._line)

    def show(self, text: str, now_s: float) -> None:
        self.opacity = 1 if text else 0
        if not text:
            self.height = 0
            return
        lines = max(one.count("\n") + 1 for one in self._line.pages(text))
        self.height = self.look.px(NOTICE + lines * BODY * LINE)
        self._line.turn(text, now_s)

    def _place(self, *_: Any) -> None:
        self._band.pos, self._band.size = self.pos, self.size


class Counts(GridLayout):
    """Figures of day and month, and what is past its date."""

    def __init__(self, look: Look, **settings: Any) -> None:
        super().__init__(cols=4 if look.wide else 2, **settings)
        self.look = look
        self._shown: Counted | None = None

    def show(self, counts: Counted) -> None:
        if counts == self._shown:
            return
        self._shown = counts
        told: list[tuple[str, int]] = [("wall.today", counts.today), ("wall.month", counts.month)]
        if counts.on_time_percent is not None:
            told.append(("wall.on_time", counts.on_time_percent))
        told.append(("wall.overdue", counts.overdue))
        self.clear_widgets()
        palette = self.look.palette
        for key, number in told:
            late = key == "wall.overdue" and number > 0
            figure = Phrase(self._figure(key, number, palette.seal if late else palette.ink))
            if self.look.wide:
                figure.size_hint_x, figure.width = None, wide(figure.pieces) + self.look.px(48)
            self.add_widget(figure)
        if self.look.wide:
            self.width: float = sum(one.width for one in self.children)

    def _figure(self, key: str, number: int, color: Any) -> list[Piece]:
        before, after = self.look.words(key, n="|").split("|")
        shown = [(before, False, 0), (str(number), True, 8), (after, False, 8 if after[:1] == " " else 0)]
        pieces = [
            self.look.piece(said.strip(), 46 if strong else SMALL, color if strong else None, bold=strong, before=gap)
            for said, strong, gap in shown
            if said
        ]
        return [pieces[0]._replace(before_px=0), *pieces[1:]]


class Windows(Text):
    """Which windows are away, or broken and being mended (R8, R67); each page is a sentence of its own."""

    def __init__(self, look: Look, **settings: Any) -> None:
        super().__init__(
            "",
            font_px=look.px(SMALL),
            min_px=look.px(LEAST),
            max_lines=2,
            pitch=1.1,
            face=look.face,
            size_hint_y=1,
            **settings,
        )
        self.look = look

    def show(self, view: View, now_s: float) -> None:
        palette = self.look.palette
        pages = self._pages(view)
        self.text, faulty = pages[int(now_s / PAGE_S) % len(pages)]
        self.color = palette.seal if faulty else palette.ink_2

    def _pages(self, view: View) -> list[tuple[str, bool]]:
        words = self.look.words
        if not view.queues:
            return [("", False)]
        if not view.open_windows and not view.faulty:
            return [(words("wall.all_paused"), False)]
        told = [(self._sentence("wall.faulty", part), True) for part in self._parts("wall.faulty", view.faulty)]
        told += [(self._sentence("wall.paused", part), False) for part in self._parts("wall.paused", view.paused)]
        return told or [(words("wall.open", n=view.open_windows), False)]

    def _sentence(self, key: str, windows: Sequence[int]) -> str:
        return self.look.words(key, windows=self.look.words("list").join(map(str, windows)))

    def _parts(self, key: str, windows: Sequence[int]) -> list[Sequence[int]]:
        """As many windows in a sentence as fit."""
        for count in range(len(windows), 1, -1):
            parts = [windows[at : at + count] for at in range(0, len(windows), count)]
            said = (self._sentence(key, part) for part in parts)
            if all(width_of(one, int(self.font_px), face=self.face) <= self.width for one in said):
                return parts
        return [(one,) for one in windows]


class Foot(BoxLayout):
    """Figures and windows: side by side where the glass is wide, else below each other."""

    def __init__(self, look: Look, regions: Sequence[Region], **settings: Any) -> None:
        self.counts = Counts(look) if "counts" in regions else None
        self.windows = Windows(look) if "windows" in regions else None
        rows = 1 if look.wide and (self.counts or self.windows) else 2 * bool(self.counts) + bool(self.windows)
        super().__init__(
            orientation="horizontal" if look.wide else "vertical",
            size_hint_y=None,
            height=look.px(ROW * rows + 16 * bool(rows)),
            padding=(look.px(SIDE), look.px(8) * bool(rows)),
            **settings,
        )
        if self.counts is not None:
            self.add_widget(self.counts)
            if look.wide:
                self.counts.size_hint_x = None
            else:
                self.counts.size_hint_y = 2
        if self.windows is not None:
            self.add_widget(self.windows)
            self.windows.align = "right" if look.wide and self.counts is not None else "left"

    def show(self, view: View, now_s: float) -> None:
        if self.counts is not None and view.queues:
            self.counts.show(view.counts)
        if self.windows is not None:
            self.windows.show(view, now_s)
