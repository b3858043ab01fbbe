"""意见建议: praise, criticism or a suggestion; words, a telephone for whoever wants an answer, and thanks."""

from __future__ import annotations

from functools import partial

from kivy.uix.widget import Widget

from kiosk.screens.flow_page import FlowPage
from kiosk.screens.frame import Asks
from kiosk.screens.kit import Kit
from kiosk.screens.progress import spacer
from kiosk.screens.shelf import Choice, Shelf
from kiosk.services.suggestion import KINDS, Suggesting


class SuggestionPage(FlowPage):
    heading = "suggestion.heading"
    service = "suggestion"
    flow: Suggesting

    def __init__(self, kit: Kit, asks: Asks, flow: Suggesting) -> None:
        self.flow = flow
        super().__init__(kit, asks)

    def state(self) -> str:
        return self.flow.trouble or ("sending" if self.flow.sending else "ready")


class KindPage(SuggestionPage):
    """One tap, and on."""

    name = "kind"
    next_word = ""

    def build(self) -> None:
        kit = self.kit
        choices = [
            Choice(
                f"kind.{one}",
                kit.words(f"suggestion.kind.{one}"),
                kit.words(f"suggestion.kind.{one}.hint"),
                then=partial(self._choose, one),
            )
            for one in KINDS
        ]
        self.body.add_widget(Shelf(kit, choices, px=56, columns=1 if not kit.shape.across else 3, most_px=200))

    def _choose(self, kind: str) -> None:
        self.flow.choose(next(one for one in KINDS if one == kind))
        self.asks.show()


class ThanksPage(SuggestionPage):
    """It is on the hub's disk: only now thanks are said."""

    name = "thanks"
    next_word = "home.back"
    next_name = "done"
    has_back = False

    def build(self) -> None:
        kit = self.kit
        self.body.add_widget(spacer(kit))
        self.body.add_widget(
            kit.card(kit.title(self._said(), px=50, pitch=1.45), frame=True, padding=(48, kit.high_px(56)))
        )
        self.body.add_widget(Widget())

    def go_next(self) -> None:
        self.asks.finish()

    def _said(self) -> str:
        """How often the box is looked through, and when results are put up, as far as the hall's document says."""
        kit, box = self.kit, self.kit.policy.suggestion_box
        said = kit.words(f"suggestion.thanks.{'every_day' if box.checked_every.value == 'day' else 'soon'}")
        if box.published_on.value:
            days = kit.words("suggestion.thanks.between").join(
                kit.words(f"suggestion.weekday.{one}") for one in box.published_on.value
            )
            said += kit.words("suggestion.thanks.published", days=days)
        return said
