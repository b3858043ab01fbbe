"""Which screen shows which step of a look-up, a rating and a suggestion, and how each begins."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.input.means import Means
from kiosk.screens.code import CodePage
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.kit import Kit
from kiosk.screens.own_words import SuggestionContactPage, SuggestionWordsPage, WhyInWordsPage
from kiosk.screens.progress import ProgressPage
from kiosk.screens.rating import LevelPage, RatedPage, WhyPage
from kiosk.screens.suggestion import KindPage, ThanksPage
from kiosk.services import Flow
from kiosk.services.rating import CaseRating
from kiosk.services.suggestion import Suggesting
from kiosk.terminal import Terminal

PROGRESS, RATING, SUGGESTION = "progress", "rating", "suggestion"

Made = Callable[[Kit, Asks, Terminal, Means], Screen]
OfCase = Callable[[Kit, Asks, Terminal, CaseRating, str, Means], Screen]
OfBox = Callable[[Kit, Asks, Suggesting, Means], Screen]

_OF_CASE: dict[str, OfCase] = {
    "code": lambda kit, asks, _terminal, flow, heading, _means: CodePage(kit, asks, flow, heading),
    "progress": lambda kit, asks, terminal, flow, heading, _means: ProgressPage(kit, asks, flow, heading, terminal.now),
    "level": lambda kit, asks, _terminal, flow, heading, _means: LevelPage(kit, asks, flow, heading),
    "why": lambda kit, asks, _terminal, flow, heading, _means: WhyPage(kit, asks, flow, heading),
    "writing": lambda kit, asks, _terminal, flow, heading, means: WhyInWordsPage(kit, asks, flow, heading, means),
    "rated": lambda kit, asks, _terminal, flow, heading, _means: RatedPage(kit, asks, flow, heading),
}
_OF_BOX: dict[str, OfBox] = {
    "kind": lambda kit, asks, flow, _means: KindPage(kit, asks, flow),
    "words": lambda kit, asks, flow, means: SuggestionWordsPage(kit, asks, flow, means),
    "contact": lambda kit, asks, flow, means: SuggestionContactPage(kit, asks, flow, means),
    "thanks": lambda kit, asks, flow, _means: ThanksPage(kit, asks, flow),
}


def _of_case(service: str, page: OfCase) -> Made:
    """A page of the case that is looked at, under its service's heading."""

    def make(kit: Kit, asks: Asks, terminal: Terminal, means: Means) -> Screen:
        flow = terminal.flow
        assert isinstance(flow, CaseRating), "its steps are no other service's"
        return page(kit, asks, terminal, flow, f"{service}.heading", means)

    return make


def _of_box(page: OfBox) -> Made:
    def make(kit: Kit, asks: Asks, terminal: Terminal, means: Means) -> Screen:
        flow = terminal.flow
        assert isinstance(flow, Suggesting), "its steps are no other service's"
        return page(kit, asks, flow, means)

    return make


OPENERS: dict[str, Callable[[Terminal], Flow]] = {
    PROGRESS: lambda terminal: CaseRating(terminal, terminal.hall, at_once=False),
    RATING: lambda terminal: CaseRating(terminal, terminal.hall, at_once=True),
    SUGGESTION: lambda terminal: Suggesting(terminal, terminal.modes.language),
}
MAKERS: dict[tuple[str, str], Made] = {
    **{(service, step): _of_case(service, page) for service in (PROGRESS, RATING) for step, page in _OF_CASE.items()},
    **{(SUGGESTION, step): _of_box(page) for step, page in _OF_BOX.items()},
}
