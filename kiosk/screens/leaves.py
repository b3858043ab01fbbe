"""Texts longer than their room, in leaves that turn: nothing scrolls, nothing is cut off, nothing grows too small."""

from __future__ import annotations

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import wrap
from display.theme.widgets import Text
from display.theme.widgets.text import width_of
from hub.domain.hall import Value
from kiosk.leafing import Line, leaves
from kiosk.screens.kit import Kit

PITCH = 1.4
APART = 0.55
"""Between two paragraphs, in parts of the font size."""


class Paragraph(Value, frozen=True):
    """A piece of text; `strong` for what matters most of it."""

    text: str
    strong: bool = False


class Leaves(BoxLayout):
    """Fills its room with paragraphs from the top; what does not fit stands a touch away."""

    def __init__(self, kit: Kit, paragraphs: Sequence[Paragraph], px: int = 36) -> None:
        super().__init__(orientation="vertical", spacing=kit.gap_px(kit.high_px(12)))
        self.kit, self.paragraphs = kit, tuple(one for one in paragraphs if one.text)
        self.leaf = 0
        self._px = kit.side_px(px)
        self._arrange = Clock.create_trigger(self._fill, -1)
        self.bind(size=self._arrange)

    def turn(self, by: int) -> None:
        self.leaf += by
        self._fill()

    def wipe(self) -> None:
        self.paragraphs = ()
        self.clear_widgets()

    def _fill(self, *_: object) -> None:
        if self.width < 2 or self.height < 2:
            return
        kit, px = self.kit, self._px
        lines = [line for at, one in enumerate(self.paragraphs) for line in self._broken(at, one)]
        turner = kit.target_px(88)
        whole = leaves(lines, self.height / px, PITCH, APART)
        made = whole if len(whole) == 1 else leaves(lines, (self.height - turner - self.spacing) / px, PITCH, APART)
        self.leaf = max(0, min(self.leaf, len(made) - 1))
        self.clear_widgets()
        held = BoxLayout(orientation="vertical", spacing=APART * px)
        for at, words in made[self.leaf]:
            strong = self.paragraphs[at].strong
            color = kit.palette.jade if strong else kit.palette.ink
            held.add_widget(Text(words, font_px=px, bold=strong, pitch=PITCH, face=kit.face, color=color))
        held.add_widget(Widget())
        self.add_widget(held)
        if len(made) > 1:
            self.add_widget(self._turner(turner, len(made)))

    def _broken(self, at: int, one: Paragraph) -> list[Line]:
        """One character less a line than there is room for, so that what is drawn breaks in the same places."""
        px, face = self._px, self.kit.face
        broken = wrap.lines(one.text, self.width - 1, lambda words: width_of(words, px, bold=one.strong, face=face))
        return [Line(paragraph=at, text=words) for words in broken]

    def _turner(self, high: float, count: int) -> Widget:
        kit = self.kit
        before = kit.key("page.before", kit.words("page.before"), px=38, then=lambda: self.turn(-1), padding=(8, 8))
        after = kit.key("page.after", kit.words("page.after"), px=38, then=lambda: self.turn(1), padding=(8, 8))
        before.disabled, after.disabled = self.leaf == 0, self.leaf == count - 1
        return kit.row(high, before, after)
