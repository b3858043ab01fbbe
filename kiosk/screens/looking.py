"""Which screen shows which step of a look-up, a rating and a suggestion, and how each begins."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.input.composition import Search
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

Made = Callable[[Kit, Asks, Terminal, Search | None], Screen]
OfCase = Callable[[Kit, Asks, Terminal, CaseRating, str, Search | None], Screen]
OfBox = Callable[[Kit, Asks, Suggesting, Search | None], Screen]

_OF_CASE: dict[str, OfCase] = {
    "code": lambda kit, asks, _terminal, flow, heading, _search: CodePage(kit, asks, flow, heading),
    "progress": lambda kit, asks, terminal, flow, heading, _search: ProgressPage(
        kit, asks, flow, heading, terminal.now
    ),
    "level": lambda kit, asks, _terminal, flow, heading, _search: LevelPage(kit, asks, flow, heading),
    "why": lambda kit, asks, _terminal, flow, heading, _search: WhyPage(kit, asks, flow, heading),
    "writing": lambda kit, asks, _terminal, flow, heading, search: WhyInWordsPage(kit, asks, flow, heading, search),
    "rated": lambda kit, asks, _terminal, flow, heading, _search: RatedPage(kit, asks, flow, heading),
}
_OF_BOX: dict[str, OfBox] = {
    "kind": lambda kit, asks, flow, _search: KindPage(kit, asks, flow),
    "words": lambda kit, asks, flow, search: SuggestionWordsPage(kit, asks, flow, search),
    "contact": lambda kit, asks, flow, _search: SuggestionContactPage(kit, asks, flow),
    "thanks": lambda kit, asks, flow, _search: ThanksPage(kit, asks, flow),
}


def _of_case(service: str, page: OfCase) -> Made:
    """A page of the case that is looked at, under its service's heading."""

    def make(kit: Kit, asks: Asks, terminal: Terminal, search: Search | None) -> Screen:
        flow = terminal.flow
        assert isinstance(flow, CaseRating), "its steps are no other service's"
        return page(kit, asks, terminal, flow, f"{service}.heading", search)

    return make


def _of_box(page: OfBox) -> Made:
    def make(kit: Kit, asks: Asks, terminal: Terminal, search: Search | None) -> Screen:
        flow = terminal.flow
        assert isinstance(flow, Suggesting), "its steps are no other service's"
        return page(kit, asks, flow, search)

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
