"""Words of a citizen in a service beside the complaint: why a case is done again, what they suggest, a telephone."""

from __future__ import annotations

from collections.abc import Callable

from kivy.uix.boxlayout import BoxLayout

from kiosk.input.layouts import Layout
from kiosk.input.means import Means
from kiosk.input.writing import Writing
from kiosk.screens.frame import Asks
from kiosk.screens.keyboard import Keyboard
from kiosk.screens.kit import Kit
from kiosk.screens.paper import Paper
from kiosk.screens.rating import RatingPage
from kiosk.screens.suggestion import SuggestionPage
from kiosk.services.rating import TEXT_LIMIT, CaseRating
from kiosk.services.suggestion import TEXT_LIMIT as SUGGESTION_LIMIT, Suggesting
from kiosk.session import PHONE_LIMIT

PAPER_SHARE = 0.3
"""The keyboard leaves so much to what is written, or two lines at the least."""


class Field(BoxLayout):
    """Paper above, keyboard below, in whatever room there is; `changed` after every key."""

    def __init__(
        self,
        kit: Kit,
        text: str,
        limit: int,
        placeholder: str,
        means: Means,
        changed: Callable[[], None],
        layout: Layout | None = None,
    ) -> None:
        super().__init__(orientation="vertical", spacing=kit.gap_px(14))
        language = kit.modes.language
        self.writing = Writing(text, limit, means, layout or means.first(language), language)
        self._paper = Paper(kit, placeholder, limit)
        self.keyboard = Keyboard(kit, self.writing, changed)
        self.add_widget(self._paper)
        self.add_widget(self.keyboard)
        self.keyboard.within(self, lambda height: max(self._paper.least_px, height * PAPER_SHARE))
        self.show()

    @property
    def empty(self) -> bool:
        return not self.writing.text.strip() and not self.writing.composing

    def show(self) -> None:
        self._paper.show(self.writing.text, self.writing.composition.letters)

    def wipe(self) -> None:
        self.keyboard.wipe()
        self._paper.wipe()


class WhyInWordsPage(RatingPage):
    """Why, in their own words; beside what was tapped."""

    name = "writing"
    next_word = "rating.written"
    next_name = "written"

    def __init__(self, kit: Kit, asks: Asks, flow: CaseRating, heading: str, means: Means) -> None:
        self._means = means
        super().__init__(kit, asks, flow, heading)

    def build(self) -> None:
        placeholder = self.kit.words("rating.writing.placeholder")
        self._field = Field(self.kit, self.flow.text, TEXT_LIMIT, placeholder, self._means, self.refresh)
        self.body.add_widget(self._field)

    def refresh(self) -> None:
        self._field.show()
        super().refresh()

    def leads_on(self) -> bool:
        return True

    def state(self) -> str:
        return self._field.keyboard.state()

    def keep(self) -> None:
        self.flow.write(self._field.writing.finish())

    def go_next(self) -> None:
        self.keep()
        super().go_next()

    def go_back(self) -> None:
        self.keep()
        super().go_back()

    def wipe(self) -> None:
        self._field.wipe()


class SuggestionFieldPage(SuggestionPage):
    """One field; what is in it is kept whichever way leads on."""

    _field: Field

    def __init__(self, kit: Kit, asks: Asks, flow: Suggesting, means: Means) -> None:
        self._means = means
        super().__init__(kit, asks, flow)

    def go_next(self) -> None:
        self.keep()
        self.flow.go_on()
        self.asks.show()

    def go_back(self) -> None:
        self.keep()
        super().go_back()

    def wipe(self) -> None:
        self._field.wipe()


class SuggestionWordsPage(SuggestionFieldPage):
    """What they praise, criticise or suggest."""

    name = "words"

    def title_words(self) -> str:
        return self.kit.words(f"suggestion.words.title.{self.flow.kind}")

    def build(self) -> None:
        placeholder = self.kit.words("suggestion.words.placeholder")
        self._field = Field(self.kit, self.flow.text, SUGGESTION_LIMIT, placeholder, self._means, self.refresh)
        self.body.add_widget(self._field)

    def refresh(self) -> None:
        self._field.show()
        self.next.disabled = self._field.empty

    def state(self) -> str:
        return self._field.keyboard.state()

    def keep(self) -> None:
        self.flow.write(self._field.writing.finish())


class SuggestionContactPage(SuggestionFieldPage):
    """A telephone for whoever wants to hear what came of it; nothing is asked for."""

    name = "contact"
    next_word = "suggestion.send"
    next_name = "send"

    def build(self) -> None:
        kit, placeholder = self.kit, self.kit.words("suggestion.contact.placeholder")
        self._field = Field(kit, self.flow.phone, PHONE_LIMIT, placeholder, self._means, self._typed, layout="digits")
        self.body.add_widget(self._field)

    def refresh(self) -> None:
        flow, kit = self.flow, self.kit
        self._field.show()
        self.next.disabled = flow.sending
        if flow.trouble:
            self.hint.text = kit.words(f"suggestion.trouble.{flow.trouble}", window=kit.hall.window_name)
            self.hint.color, self.hint.bold = kit.palette.seal, True
        self.next.text = kit.words("suggestion.again" if flow.again else "suggestion.send")

    def state(self) -> str:
        phase = self.flow.trouble or ("sending" if self.flow.sending else "ready")
        return f"{phase}.{len(self._field.writing.text)}"

    def keep(self) -> None:
        self.flow.write_phone(self._field.writing.text)

    def _typed(self) -> None:
        self.keep()
        self.refresh()
