"""In the citizen's own words; may be skipped."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Text
from kiosk.input.means import Means
from kiosk.input.phrases import phrases_of
from kiosk.input.writing import Writing
from kiosk.screens.frame import Asks, StepScreen
from kiosk.screens.keyboard import Keyboard
from kiosk.screens.kit import Kit
from kiosk.screens.paper import Paper
from kiosk.screens.phone import phone_key_beside
from kiosk.session import TEXT_LIMIT

PAPER_SHARE = 0.3
"""The keyboard leaves so much to what is written, or two lines at the least."""


class WordsScreen(StepScreen):
    name = "words"

    def __init__(self, kit: Kit, asks: Asks, means: Means) -> None:
        self._means = means
        super().__init__(kit, asks)

    def hint_words(self) -> str:
        """The key says 跳过 as well: where there is little room the keyboard has it."""
        return "" if self.kit.shape.low or self.kit.shape.across else super().hint_words()

    def build(self) -> None:
        kit, session = self.kit, self.asks.session
        language = kit.modes.language
        self.writing = Writing(session.choices.text, TEXT_LIMIT, self._means, self._means.first(language), language)
        chosen = session.choices
        phrases = phrases_of(kit.hall, kit.policy, kit.words, chosen.matter, chosen.reasons)
        self._paper = Paper(kit, kit.words("words.placeholder"), TEXT_LIMIT)
        self.keyboard = Keyboard(kit, self.writing, self.refresh, phrases=phrases)
        place = BoxLayout(orientation="vertical", spacing=kit.gap_px(14))
        place.add_widget(self._paper)
        place.add_widget(self.keyboard)
        self.body.add_widget(place)
        self.keyboard.within(place, lambda height: max(self._paper.least_px, height * PAPER_SHARE))

    def title_row(self, title: Text) -> Widget:
        return phone_key_beside(title, self.kit, self.asks)

    def refresh(self) -> None:
        self._paper.show(self.writing.text, self.writing.composition.letters)
        self.asks.session.write(self.writing.text)
        empty = not self.writing.text and not self.writing.composing
        self.next.text = self.kit.words("words.skip" if empty else "next")

    def state(self) -> str:
        return self.keyboard.state()

    def keep(self) -> None:
        """What is still being composed counts, as its likeliest reading."""
        self.asks.session.write(self.writing.finish())

    def go_next(self) -> None:
        self.keep()
        super().go_next()

    def go_back(self) -> None:
        self.keep()
        super().go_back()

    def wipe(self) -> None:
        self.keyboard.wipe()
        self._paper.wipe()
