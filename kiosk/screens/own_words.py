"""Words of a citizen in a service beside the complaint: why a case is done again, what they suggest, a telephone."""

from __future__ import annotations

from kiosk.input.composition import Search
from kiosk.input.writing import Writing
from kiosk.screens.frame import Asks
from kiosk.screens.keyboard import Keyboard, Paper
from kiosk.screens.kit import Kit
from kiosk.screens.rating import RatingPage
from kiosk.screens.suggestion import SuggestionPage
from kiosk.services.rating import TEXT_LIMIT, CaseRating
from kiosk.services.suggestion import TEXT_LIMIT as SUGGESTION_LIMIT, Suggesting
from kiosk.session import PHONE_LIMIT


class WhyInWordsPage(RatingPage):
    """Why, in their own words; beside what was tapped."""

    name = "writing"
    next_word = "rating.written"
    next_name = "written"

    def __init__(self, kit: Kit, asks: Asks, flow: CaseRating, heading: str, search: Search | None) -> None:
        self._writing = Writing(flow.text, TEXT_LIMIT, search)
        super().__init__(kit, asks, flow, heading)

    def build(self) -> None:
        kit = self.kit
        self._paper = Paper(kit, kit.words("rating.writing.placeholder"), TEXT_LIMIT)
        self._keyboard = Keyboard(kit, self._writing, self.refresh)
        self.body.add_widget(self._paper)
        self.body.add_widget(self._keyboard)

    def refresh(self) -> None:
        self._paper.show(self._writing.text, self._writing.composition.letters)
        super().refresh()

    def leads_on(self) -> bool:
        return True

    def state(self) -> str:
        return self._keyboard.state()

    def keep(self) -> None:
        self.flow.write(self._writing.finish())

    def go_next(self) -> None:
        self.keep()
        super().go_next()

    def go_back(self) -> None:
        self.keep()
        super().go_back()

    def wipe(self) -> None:
        self._writing.wipe()
        self._paper.wipe()


class SuggestionWordsPage(SuggestionPage):
    """What they praise, criticise or suggest."""

    name = "words"

    def __init__(self, kit: Kit, asks: Asks, flow: Suggesting, search: Search | None) -> None:
        self._writing = Writing(flow.text, SUGGESTION_LIMIT, search)
        super().__init__(kit, asks, flow)

    def title_words(self) -> str:
        return self.kit.words(f"suggestion.words.title.{self.flow.kind}")

    def build(self) -> None:
        kit = self.kit
        self._paper = Paper(kit, kit.words("suggestion.words.placeholder"), SUGGESTION_LIMIT)
        self._keyboard = Keyboard(kit, self._writing, self.refresh)
        self.body.add_widget(self._paper)
        self.body.add_widget(self._keyboard)

    def refresh(self) -> None:
        self._paper.show(self._writing.text, self._writing.composition.letters)
        self.next.disabled = not self._writing.text.strip() and self._writing.composition.empty

    def state(self) -> str:
        return self._keyboard.state()

    def keep(self) -> None:
        self.flow.write(self._writing.finish())

    def go_next(self) -> None:
        self.keep()
        self.flow.go_on()
        self.asks.show()

    def go_back(self) -> None:
        self.keep()
        super().go_back()

    def wipe(self) -> None:
        self._writing.wipe()
        self._paper.wipe()


class SuggestionContactPage(SuggestionPage):
    """A telephone for whoever wants to hear what came of it; nothing is asked for."""

    name = "contact"
    next_word = "suggestion.send"
    next_name = "send"

    def __init__(self, kit: Kit, asks: Asks, flow: Suggesting) -> None:
        self._writing = Writing(flow.phone, PHONE_LIMIT, None, "digits")
        super().__init__(kit, asks, flow)

    def build(self) -> None:
        kit = self.kit
        self._paper = Paper(kit, kit.words("suggestion.contact.placeholder"), PHONE_LIMIT)
        self._keyboard = Keyboard(kit, self._writing, self._typed)
        self.body.add_widget(self._paper)
        self.body.add_widget(self._keyboard)

    def refresh(self) -> None:
        flow, kit = self.flow, self.kit
        self._paper.show(self._writing.text, "")
        self.next.disabled = flow.sending
        if flow.trouble:
            hall = kit.hall
            self.hint.text = kit.words(f"suggestion.trouble.{flow.trouble}", window=hall.window_name)
            self.hint.color, self.hint.bold = kit.palette.seal, True
        empty = not self._writing.text
        self.next.text = kit.words(
            "suggestion.again" if flow.again else "suggestion.send.anonymous" if empty else "suggestion.send"
        )

    def state(self) -> str:
        return f"{self.flow.trouble or ('sending' if self.flow.sending else 'ready')}.{len(self._writing.text)}"

    def keep(self) -> None:
        self.flow.write_phone(self._writing.text)

    def go_next(self) -> None:
        self.keep()
        self.flow.go_on()
        self.asks.show()

    def go_back(self) -> None:
        self.keep()
        super().go_back()

    def wipe(self) -> None:
        self._writing.wipe()
        self._paper.wipe()

    def _typed(self) -> None:
        self.keep()
        self.refresh()
