"""The right side of the wall: who waits how long, and how far the cases are."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.board import STEPS, Progress, Queue
from display.theme.palette import NIGHT
from display.theme.widgets import Divider, Steps, Text
from display.theme.widgets.text import width_of
from display.wall.phrase import Phrase, Piece
from hub.domain.estimate import say
from hub.domain.words import Words

PAGE_S = 8.0
TITLE = 58
T = TypeVar("T")


class Paged(BoxLayout, Generic[T]):
    """A title and rows; more rows than fit turn as pages, never scroll."""

    def __init__(self, title: str, words: Words, unit: float, row_px: float, **settings: Any) -> None:
        super().__init__(orientation="vertical", **settings)
        self.words, self.unit, self.row_px = words, unit, row_px
        self._shared = Words("hub", words.language)
        head = BoxLayout(size_hint_y=None, height=round(TITLE * unit))
        head.add_widget(Text(title, font_px=round(44 * unit), bold=True, color=NIGHT.gold, size_hint_y=1))
        self._page_words = Text("", font_px=round(30 * unit), color=NIGHT.ink_2, align="right", size_hint_y=1)
        head.add_widget(self._page_words)
        self._rows = BoxLayout(orientation="vertical")
        self.add_widget(head)
        self.add_widget(self._rows)
        self._shown: tuple[object, ...] | None = None

    def show(self, items: tuple[T, ...], now_s: float) -> None:
        fits = max(1, int((self._rows.height + 1) // self.row_px))
        pages = max(1, -(-len(items) // fits))
        page = int(now_s / PAGE_S) % pages
        shown = items[page * fits : (page + 1) * fits]
        if (shown, fits, pages) == self._shown:
            return
        self._shown = (shown, fits, pages)
        self._page_words.text = self.words("wall.page", page=page + 1, pages=pages) if pages > 1 else ""
        self._rows.clear_widgets()
        for item in shown:
            self._rows.add_widget(self.row(item))
        if not items:
            self._rows.add_widget(self.empty())
        self._rows.add_widget(Widget())

    def height_of(self, rows: int) -> float:
        """How high it is with so many rows."""
        return TITLE * self.unit + rows * self.row_px

    def row(self, item: T) -> Widget:
        """One item's line; each panel has its own."""
        raise NotImplementedError  # each panel has its own

    def empty(self) -> Widget:
        return Widget(size_hint_y=None, height=0)


class Queues(Paged[Queue]):
    """Waiting and estimate for each service."""

    def row(self, item: Queue) -> Widget:
        unit = self.unit
        row = BoxLayout(orientation="vertical", size_hint_y=None, height=self.row_px)
        line = BoxLayout(spacing=16 * unit)
        size, room = round(40 * unit), self._rows.width * 0.52
        long = width_of(item.service, size) > room
        name = Text(
            item.service,
            font_px=round(28 * unit) if long else size,
            min_px=round(20 * unit),
            max_lines=2,
            pitch=1.2,
            color=NIGHT.ink,
            size_hint=(None, 1),
            width=room,
        )
        line.add_widget(name)
        line.add_widget(Phrase(self._numbers(item), align="right"))
        row.add_widget(line)
        row.add_widget(Divider(palette=NIGHT))
        return row

    def _numbers(self, item: Queue) -> list[Piece]:
        small = round(34 * self.unit)
        gap = 10 * self.unit
        count = [
            Piece(str(item.waiting), round(56 * self.unit), NIGHT.ink),
            Piece(self.words("wall.people"), small, NIGHT.ink_2, bold=False, before_px=gap),
        ]
        if not item.windows:
            paused = Piece(self.words("no_window"), small, NIGHT.gold, before_px=2 * gap)
            return [*count, paused] if item.waiting else [paused]
        if not item.waiting:
            return [Piece(self.words("no_wait"), small, NIGHT.ink_2, bold=False)]
        estimate = say(item.wait, self._shared)
        return [*count, Piece(estimate, small, NIGHT.ink_2, bold=False, before_px=2 * gap)]


class Cases(Paged[Progress]):
    """Cases by their serial numbers: steps, and a word beside them."""

    def row(self, item: Progress) -> Widget:
        unit = self.unit
        row = BoxLayout(size_hint_y=None, height=self.row_px, spacing=20 * unit)
        row.add_widget(
            Text(
                item.serial, font_px=round(40 * unit), bold=True, color=NIGHT.ink, size_hint=(None, 1), width=110 * unit
            )
        )
        steps = Steps(palette=NIGHT, piece_px=(50 * unit, 18 * unit), gap_px=8 * unit, size_hint_x=None)
        steps.count, steps.at, steps.width = STEPS, item.done, 240 * unit
        row.add_widget(steps)
        word = self.words("stage.overdue" if item.overdue else f"stage.{item.stage}")
        row.add_widget(
            Text(
                word,
                font_px=round(36 * unit),
                bold=item.overdue,
                color=NIGHT.seal if item.overdue else NIGHT.ink_2,
                align="right",
                size_hint_y=1,
                max_lines=1,
                min_px=round(24 * unit),
            )
        )
        return row

    def empty(self) -> Widget:
        return Text(self.words("wall.no_cases"), font_px=round(36 * self.unit), color=NIGHT.ink_2)
