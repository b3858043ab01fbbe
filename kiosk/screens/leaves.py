"""A longer text on pages that turn: headings and what belongs to them, as many lines as the room holds."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import wrap
from display.theme.widgets.text import advances
from hub.domain.hall import Value
from kiosk.screens.kit import Kit

PITCH = 1.42


class Passage(Value, frozen=True):
    """A line or paragraph; a heading is bold and never the last on a page."""

    text: str
    heading: bool = False


class Leaves(BoxLayout):
    """Fills its room; the keys that turn stand below where there is more than one page."""

    def __init__(self, kit: Kit, passages: Sequence[Passage], px: int = 40) -> None:
        super().__init__(orientation="vertical")
        self.kit, self.passages, self.page = kit, tuple(passages), 0
        self._px = kit.main_px(px)
        self._arrange = Clock.create_trigger(self._fill, -1)
        self.bind(size=self._arrange)

    def turn(self, by: int) -> None:
        self.page += by
        self._fill()

    def _fill(self, *_: object) -> None:
        if self.width < 2 or self.height < 2:
            return
        kit = self.kit
        turner, gap = kit.target_px(104), kit.gap_px(16)
        pages = paged(self._lines(), self.height, self._px * PITCH)
        if len(pages) > 1:
            pages = paged(self._lines(), self.height - turner - gap, self._px * PITCH)
        self.page = max(0, min(self.page, len(pages) - 1))
        self.clear_widgets()
        for line in pages[self.page] if pages else []:
            color = kit.palette.jade if line.heading else kit.palette.ink
            self.add_widget(self._line(line, color))
        self.add_widget(Widget())
        if len(pages) > 1:
            before = kit.key("page.before", kit.words("page.before"), px=40, then=lambda: self.turn(-1), padding=(8, 8))
            after = kit.key("page.after", kit.words("page.after"), px=40, then=lambda: self.turn(1), padding=(8, 8))
            before.disabled, after.disabled = self.page == 0, self.page == len(pages) - 1
            self.add_widget(kit.row(turner, before, after))

    def _line(self, line: Passage, color: tuple[float, ...]) -> Widget:
        text = self.kit.text(line.text, bold=line.heading, color=color, hug=True, size_hint=(None, None))
        text.font_px, text.pitch = self._px, PITCH
        text.height = self._px * PITCH
        return text

    def _lines(self) -> list[Passage]:
        return [Passage(line, one.heading) for one in self.passages for line in self._wrapped(one)]

    def _wrapped(self, one: Passage) -> list[str]:
        return wrap.lines(one.text, self.width, advances(self._px, bold=one.heading, face=self.kit.face))


def paged(lines: Sequence[Passage], room_px: float, line_px: float) -> list[list[Passage]]:
    """The lines page by page; a heading goes over to the page of what it is about."""
    most = max(2, int(room_px / line_px))
    pages: list[list[Passage]] = [[]]
    for line in lines:
        if len(pages[-1]) == most:
            kept = pages[-1]
            over = [kept.pop()] if kept[-1].heading else []
            pages.append(over)
        pages[-1].append(line)
    return [page for page in pages if page]
