"""The last five calls, newest first, each number as high as the hall needs to read it."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.board import LISTED, Call
from display.theme import fonts, touchmap
from display.theme.widgets.text import Text, width_of
from display.wall.arrange import Need
from display.wall.look import LEAST, Look
from display.wall.phrase import Phrase, Piece, wide

CELLS = LISTED + 1
"""The first is the title."""
ACROSS = 2
WINDOW, TITLE, GAP = 56, 88, 12
"""In units: a window's figure, the title's width on a wide glass, room between numbers."""


class Recent(BoxLayout):
    """A title and five cells: one row across a wide glass, with as many as fit at full height; else rows of two."""

    def __init__(self, look: Look, **settings: Any) -> None:
        super().__init__(orientation="vertical", size_hint_y=None, **settings)
        self.look = look
        self._shown: tuple[object, ...] | None = None
        self._calls: tuple[Call, ...] = ()
        self._made: dict[Call, BoxLayout] = {}
        """The cells that stand: a new call must not wait for those of the others."""
        self.height = self.need(0).wish
        touchmap.name(self, "recent")
        self.fbind("size", lambda *_: self.show(self._calls))

    def need(self, _width: float) -> Need:
        row = self.look.number_px * 0.92
        high = row + self.look.px(WINDOW * 1.25) if self.look.wide else -(-CELLS // ACROSS) * row
        return Need(high, high)

    def show(self, calls: tuple[Call, ...]) -> None:
        self._calls = calls
        if (calls, *self.size) == self._shown or self.width <= 4 * self.look.number_px:  # it has no place yet
            return
        self._shown = (calls, *self.size)
        for line in self.children:
            line.clear_widgets()
        self.clear_widgets()
        title = self.look.title(self.look.words("wall.recent"), size_hint=(1, 1))
        if self.look.wide:
            title.text = title.text.replace(" ", "\n")
            title.size_hint_x, title.width = None, self._title_px(title)
            rows = [[title, *self._row(calls, self.width - title.width)]]
        elif all(self._beside_px(call) <= self.width / ACROSS for call in calls):
            cells = [title, *(self._beside(call) for call in calls), *_blank(LISTED - len(calls))]
            rows = [cells[at : at + ACROSS] for at in range(0, CELLS, ACROSS)]
        else:
            rows = self._flow(title, calls)
        for place, cell in enumerate((cell for row in rows for cell in row if cell is not title), start=1):
            touchmap.name(cell, f"recent.{place}")
        for row in rows:
            line = BoxLayout()
            for cell in row:
                line.add_widget(cell)
            self.add_widget(line)

    def _title_px(self, title: Text) -> float:
        """Two characters, or the longest word."""
        size, face = int(title.font_px), title.face
        words = [one for one in title.text.split() if one.isascii()]
        return max(self.look.px(TITLE), *(width_of(one, size, bold=True, face=face) + 1 for one in words), 0)

    def _number(self, number: str) -> Piece:
        return Piece(number, self.look.number_px, self.look.palette.ink, face=fonts.BLACK)

    def _row(self, calls: tuple[Call, ...], room: float) -> list[Widget]:
        """As many as fit at full height, and what room is left between them."""
        gap = self.look.px(GAP)
        widths = [wide([self._number(call.number)]) + gap for call in calls]
        while sum(widths) > room and len(widths) > 1:
            widths.pop()
        lacking = LISTED - len(calls)
        blank = max(0.0, min(sum(widths) / max(1, len(widths)), (room - sum(widths)) / lacking)) if lacking else 0.0
        spare = max(0.0, (room - sum(widths) - lacking * blank) / max(1, len(widths)))
        shown = calls[: len(widths)]
        self._made = {call: self._made.get(call) or self._under(call) for call in shown}
        for cell, width in zip(self._made.values(), widths, strict=True):
            cell.width = width + spare
        return [*self._made.values(), *(Widget(size_hint=(None, 1), width=blank) for _ in range(lacking))]

    def _window(self, call: Call) -> list[Piece]:
        look = self.look
        before, _, after = (one.strip() for one in look.words("wall.at_window", window="|").partition("|"))
        strong = look.piece(str(call.window), WINDOW, look.palette.ink, bold=True)
        pieces = [look.piece(before, 44)] if before else []
        pieces.append(strong._replace(before_px=look.px(10) if before else 0))
        return [*pieces, look.piece(after, 44, before=10)] if after else pieces

    def _under(self, call: Call) -> BoxLayout:
        """The window below the number."""
        cell = BoxLayout(orientation="vertical", size_hint_x=None)
        cell.add_widget(Phrase([self._number(call.number)], align="center"))
        high = self.look.px(WINDOW * 1.25)
        cell.add_widget(Phrase(self._window(call), align="center", size_hint_y=None, height=high))
        return cell

    def _flow(self, title: Text, calls: tuple[Call, ...]) -> list[list[Widget]]:
        """Long numbers one after another, as many in a row as fit at full height, and no more rows than there are."""
        title.size_hint, title.width = (None, 1), self.look.px(2 * TITLE)
        rows: list[list[Widget]] = [[title]]
        room = self.width - title.width
        for call in calls:
            wanted = self._beside_px(call)
            if wanted > room:
                if len(rows) == CELLS // ACROSS:
                    break
                rows.append([])
                room = self.width
            cell = self._beside(call)
            cell.size_hint_x, cell.width = None, wanted
            rows[-1].append(cell)
            room -= wanted
        return rows

    def _beside_px(self, call: Call) -> float:
        window = (piece._replace(font_px=self.look.px(LEAST), before_px=0) for piece in self._window(call))
        return wide([self._number(call.number)]) + self.look.px(2 * GAP) + max(wide([one]) for one in window)

    def _beside(self, call: Call) -> BoxLayout:
        """The window at the number's right, its word above or below as the language has it."""
        look = self.look
        pieces = self._window(call)
        window = BoxLayout(orientation="vertical")
        window.add_widget(Widget())
        for piece in pieces:
            digits = piece.words == str(call.window)
            units = WINDOW * 1.1 if digits else LEAST
            told = piece._replace(font_px=look.px(units), before_px=0)
            window.add_widget(Phrase([told], size_hint_y=None, height=look.px(units)))
        window.add_widget(Widget())
        cell = BoxLayout(spacing=look.px(GAP))
        number = [self._number(call.number)]
        cell.add_widget(Phrase(number, size_hint_x=None, width=wide(number)))
        cell.add_widget(window)
        return cell


def _blank(count: int) -> list[Widget]:
    return [Widget() for _ in range(count)]
