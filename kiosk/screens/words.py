"""In the citizen's own words; may be skipped."""

from __future__ import annotations

from kiosk.input.composition import Search
from kiosk.input.writing import Writing
from kiosk.screens.frame import Asks, StepScreen
from kiosk.screens.keyboard import Keyboard, Paper
from kiosk.screens.kit import Kit
from kiosk.session import TEXT_LIMIT


class WordsScreen(StepScreen):
    name = "words"

    def __init__(self, kit: Kit, asks: Asks, search: Search | None) -> None:
        self._search = search
        super().__init__(kit, asks)

    def build(self) -> None:
        self._writing = Writing(self.asks.session.choices.text, TEXT_LIMIT, self._search)
        self._paper = Paper(self.kit, self.kit.words("words.placeholder"), TEXT_LIMIT)
        self._keyboard = Keyboard(self.kit, self._writing, self.refresh)
        self.body.add_widget(self._paper)
        self.body.add_widget(self._keyboard)

    def refresh(self) -> None:
        self._paper.show(self._writing.text, self._writing.composition.letters)
        self.asks.session.write(self._writing.text)
        empty = not self._writing.text and self._writing.composition.empty
        self.next.text = self.kit.words("words.skip" if empty else "next")

    def state(self) -> str:
        return self._keyboard.state()

    def go_next(self) -> None:
        self.asks.session.write(self._writing.finish())
        super().go_next()

    def go_back(self) -> None:
        self.asks.session.write(self._writing.finish())
        super().go_back()

    def wipe(self) -> None:
        self._writing.wipe()
        self._paper.wipe()
