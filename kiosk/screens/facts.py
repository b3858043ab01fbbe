"""A few facts, label beside text, in letters as large as the room allows: nothing is left out or cut off."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import wrap
from display.theme.widgets import Divider, Text
from display.theme.widgets.text import advances, width_of
from kiosk.screens.kit import Kit

PITCH, SENTENCE_PITCH = 1.32, 1.4
BETWEEN_PX = 10
LABEL_PART = 0.36
MOST_SPARE = 1.2
"""How much higher a row grows where there is room, in parts of its type."""
_SHRINK_PX = 2

Fact = tuple[str, str]
"""What it is, and how it is."""


class Sentence(BoxLayout):
    """One sentence that matters on a surface of its own, as large as fits into the room that is left."""

    def __init__(self, kit: Kit, words: str, px: int = 56) -> None:
        super().__init__(orientation="vertical")
        self.kit, self._wanted_px = kit, kit.main_px(px)
        self._text = kit.title(words, px=px, pitch=SENTENCE_PITCH)
        around = (48, kit.high_px(36) if not kit.shape.low else 16)
        self._around = around
        self._card = kit.card(self._text, frame=True, padding=around)
        self.add_widget(self._card)
        self.add_widget(Widget())
        self._arrange = Clock.create_trigger(self._fit, -1)
        self.bind(size=self._arrange)

    def _fit(self, *_: object) -> None:
        wide, room = self.width - 2 * self._around[0], self.height - 2 * self._around[1]
        if wide < 2 or room < 2:
            return
        least = self.kit.main_px(0)
        fits = (px for px in range(self._wanted_px, least, -_SHRINK_PX) if self._high(px, wide) <= room)
        self._text.font_px = next(fits, least)

    def _high(self, px: int, wide: float) -> float:
        return lines_of(self._text.text, px, wide, self.kit.face, bold=True) * SENTENCE_PITCH * px


class Facts(BoxLayout):
    """Fills its room with rows from the top. `px` is wanted; never below what eyes need beside the main path.

    What does not fit even then stands on further pages, behind a key below the rows.
    """

    def __init__(self, kit: Kit, facts: Sequence[Fact], px: int = 40) -> None:
        super().__init__(orientation="vertical", spacing=0)
        self._page = 0
        self.kit, self._wanted_px = kit, kit.side_px(px)
        self.facts = tuple(facts)
        self._arrange = Clock.create_trigger(self._fill, -1)
        self.bind(size=self._arrange)

    def take(self, facts: Sequence[Fact]) -> None:
        """Other facts, should they have changed."""
        if tuple(facts) != self.facts:
            self.facts = tuple(facts)
            self._arrange()

    def fits(self, width_px: float, height_px: float) -> bool:
        """Whether that room is enough at the smallest size."""
        self.width = width_px
        return self._high(self.kit.side_px(0)) <= height_px

    def _fill(self, *_: object) -> None:
        if self.width < 2 or self.height < 2:
            return
        least = self.kit.side_px(0)
        fits = (px for px in range(self._wanted_px, least, -_SHRINK_PX) if self._high(px) <= self.height)
        px = next(fits, least)
        self.clear_widgets()
        pages = self._pages(px)
        shown = pages[self._page % len(pages)]
        spare = max(0.0, self.height - self._high(px)) / max(1, len(self.facts))
        for label, words in shown:
            row = self._row(label, words, px)
            row.height += min(spare, px * MOST_SPARE)
            self.add_widget(row)
            self.add_widget(Divider(palette=self.kit.palette))
        self.add_widget(Widget())
        if len(pages) > 1:
            self.add_widget(self.kit.row(self._more_px, self._more_key(len(pages))))

    @property
    def _more_px(self) -> float:
        return max(self.kit.target_px(0, main=False), self.kit.side_px(34) * 1.4)

    def _more_key(self, pages: int) -> Widget:
        words = f"{self.kit.words('page.after')}  {self._page % pages + 1}/{pages}"
        return self.kit.key("facts.more", words, px=34, then=self._turn, main=False, padding=(8, 4))

    def _turn(self) -> None:
        self._page += 1
        self._fill()

    def _pages(self, px: int) -> list[list[Fact]]:
        """The rows that stand together; one page where all fit, and never an empty one."""
        if self._high(px) <= self.height:
            return [list(self.facts)]
        room = self.height - self._more_px
        pages: list[list[Fact]] = [[]]
        used = 0.0
        for fact in self.facts:
            high = self._row_high(*fact, px) + 4
            if pages[-1] and used + high > room:
                pages.append([])
                used = 0.0
            pages[-1].append(fact)
            used += high
        return pages

    def _row(self, label: str, words: str, px: int) -> Widget:
        kit = self.kit
        row = BoxLayout(size_hint_y=None, height=self._row_high(label, words, px), spacing=BETWEEN_PX)
        for text, wide, bold in ((label, self._label_px(px), True), (words, None, False)):
            piece = Text(
                text,
                font_px=px,
                bold=bold,
                pitch=PITCH,
                face=kit.face,
                size_hint_y=1,
                valign="middle",
                color=kit.palette.jade if bold else kit.palette.ink,
            )
            if wide is not None:
                piece.size_hint_x = None
                piece.width = wide
            row.add_widget(piece)
        return row

    def _label_px(self, px: int) -> float:
        """As wide as the widest label, within a part of the room."""
        widest = max((width_of(label, px, bold=True, face=self.kit.face) for label, _ in self.facts), default=0.0)
        return min(widest + BETWEEN_PX, float(self.width) * LABEL_PART)

    def _row_high(self, label: str, words: str, px: int) -> float:
        wide = self._label_px(px)
        lines = max(
            self._lines(label, px, wide, bold=True), self._lines(words, px, self.width - wide - BETWEEN_PX, bold=False)
        )
        return lines * PITCH * px + 2 * BETWEEN_PX

    def _lines(self, text: str, px: int, wide: float, *, bold: bool) -> int:
        return lines_of(text, px, wide, self.kit.face, bold=bold)

    def _high(self, px: int) -> float:
        dividers = 4 * len(self.facts)
        return sum(self._row_high(label, words, px) for label, words in self.facts) + dividers


def lines_of(text: str, px: int, wide: float, face: str, *, bold: bool) -> int:
    """How many lines words take in type of that size."""
    return len(wrap.lines(text, max(wide, px), advances(px, bold=bold, face=face)))
