"""Who waits how long for what, and how far the cases are: rows that turn as pages."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget
from msgspec.structs import replace

from display.board import STEPS, Progress, Queue
from display.theme import wrap
from display.theme.widgets import Divider, Steps
from display.theme.widgets.text import advances, width_of
from display.wall.look import BODY, LEAST, SMALL, Look
from display.wall.phrase import Phrase, Piece, wide
from hub.domain.estimate import say

TITLE, ROOMY, DENSE, CASE = 60, 84, 72, 58
"""Heights in units: of a title, of a queue's row where there is room and where there are many, and of a case's."""
COUNT = 58
T = TypeVar("T")


class Paged(BoxLayout, Generic[T]):
    """A title and rows; more rows than fit turn as pages, never scroll."""

    title_key = ""
    dense = DENSE
    at_least = 3
    """Rows on a page."""

    def __init__(self, look: Look, **settings: Any) -> None:
        super().__init__(orientation="vertical", size_hint_y=None, **settings)
        self.look = look
        head = BoxLayout(size_hint_y=None, height=look.px(TITLE))
        head.add_widget(look.title(look.words(self.title_key), size_hint_y=1))
        self._page_words = look.text("", LEAST, align="right", size_hint=(None, 1), width=look.px(120))
        head.add_widget(self._page_words)
        self._rows = BoxLayout(orientation="vertical")
        self.add_widget(head)
        self.add_widget(self._rows)
        self._shown: tuple[object, ...] | None = None
        self._made: dict[T, Widget] = {}
        """The rows that stand: with a call few of them change, and a call must not wait for the others."""
        self._made_px = 0.0

    def high(self, rows: int) -> float:
        """How high it is with so many rows."""
        return self.look.px(TITLE) + rows * self.look.px(self.dense)

    def pages(self, items: int, high: float) -> int:
        """How many pages so many items take at a height."""
        return max(1, -(-items // self._fits(high)))

    def show(self, items: tuple[T, ...], page: int) -> None:
        pages = self.pages(len(items), self.height)
        each = -(-len(items) // pages) if pages > 1 else self._fits(self.height)
        at = page % pages * each
        shown = items[at : at + each]
        if (shown, page, pages, *self.size) == self._shown:
            return
        self._shown = (shown, page, pages, *self.size)
        self._page_words.text = self.look.words("wall.page", page=page % pages + 1, pages=pages) if pages > 1 else ""
        self._rows.clear_widgets()
        room = self.height - self.look.px(TITLE)
        rows = min(self._fits(self.height), max(self.at_least, min(each, len(items))))
        high = min(self.look.px(ROOMY), room / rows)
        kept = self._made if self._made_px == self.width else {}
        self._made, self._made_px = {item: kept.get(item) or self.row(item) for item in shown}, self.width
        for row in self._made.values():
            row.size_hint_y, row.height = None, high
            self._rows.add_widget(row)
        if not items:
            self._rows.add_widget(self.empty())
        self._rows.add_widget(Widget())

    def row(self, item: T) -> Widget:
        """One item's line; each panel has its own."""
        raise NotImplementedError  # each panel has its own

    def empty(self) -> Widget:
        return Widget(size_hint_y=None, height=0)

    def _fits(self, high: float) -> int:
        return max(1, int((high - self.look.px(TITLE) + 1) // self.look.px(self.dense)))


class Queues(Paged[Queue]):
    """Waiting and estimate for each service."""

    title_key = "wall.waiting"

    def row(self, item: Queue) -> Widget:
        look = self.look
        row = BoxLayout(orientation="vertical")
        line = BoxLayout(spacing=look.px(20))
        service = look.of_hall(item.service)
        numbers = self._numbers(item)
        if not self._two_lines(service, self.width - wide(numbers) - line.spacing):
            numbers = [one for one in numbers if one.words != look.words("wall.people")]
        largest = look.px(COUNT)
        told = Phrase(numbers, align="right", line_px=largest, size_hint_x=None, width=wide(numbers))
        room = self.width - told.width - line.spacing
        name: Widget = Phrase([look.piece(service, BODY, look.palette.ink)], line_px=largest)
        if wide(name.pieces) > room:
            name = look.text(
                service, LEAST, max_lines=2, pitch=1.02, color=look.palette.ink, size_hint=(None, 1), width=room
            )
        line.add_widget(name)
        line.add_widget(told)
        row.add_widget(line)
        row.add_widget(Divider(palette=look.palette))
        return row

    def _two_lines(self, service: str, room: float) -> bool:
        return len(wrap.lines(service, room, advances(self.look.px(LEAST), face=self.look.face))) <= 2

    def _numbers(self, item: Queue) -> list[Piece]:
        look = self.look
        count = [
            look.piece(str(item.waiting), COUNT, look.palette.ink, bold=True),
            look.piece(look.words("wall.people"), SMALL, before=8),
        ]
        if not item.windows:
            paused = look.piece(look.words("no_window"), SMALL, look.palette.ink_2, bold=True, before=24)
            return [*count, paused] if item.waiting else [paused._replace(before_px=0)]
        if not item.waiting:
            return [look.piece(look.words("no_wait"), SMALL)]
        return [*count, look.piece(say(item.wait, look.words, "wall.wait"), SMALL, before=24)]


class Cases(Paged[Progress]):
    """Cases by their serial numbers: steps, and a word beside them."""

    title_key = "wall.progress"
    dense = CASE
    at_least = 2

    def row(self, item: Progress) -> Widget:
        look = self.look
        row = BoxLayout(spacing=look.px(24))
        serial = look.text(
            item.serial,
            BODY,
            bold=True,
            color=look.palette.ink,
            size_hint=(None, 1),
            width=width_of(f"{item.serial}0", look.px(BODY), bold=True, face=look.face),
        )
        calm = replace(look.palette, gold=look.palette.ink)  # gold is a call's alone
        steps = Steps(palette=calm, piece_px=(look.px(44), look.px(16)), gap_px=look.px(8), size_hint_x=None)
        steps.count, steps.at, steps.width = STEPS, item.done, look.px(STEPS * 52)
        row.add_widget(serial)
        row.add_widget(steps)
        row.add_widget(
            look.text(
                look.words("stage.overdue" if item.overdue else f"stage.{item.stage}"),
                SMALL,
                bold=item.overdue,
                color=look.palette.seal if item.overdue else look.palette.ink_2,
                align="right",
                size_hint_y=1,
                max_lines=1,
            )
        )
        return row

    def empty(self) -> Widget:
        return self.look.text(self.look.words("wall.no_cases"), BODY)
