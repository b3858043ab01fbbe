"""Which screen shows which step of which service."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.input.composition import Search
from kiosk.screens import looking, numbering
from kiosk.screens.check import CheckScreen
from kiosk.screens.contact import ContactScreen
from kiosk.screens.done import DoneScreen
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.home import Home
from kiosk.screens.kit import Kit
from kiosk.screens.matter import MatterScreen
from kiosk.screens.reason import ReasonScreen
from kiosk.screens.scope import ScopeScreen
from kiosk.screens.words import WordsScreen
from kiosk.services import Flow
from kiosk.terminal import Terminal

COMPLAINT = "complaint"

Maker = Callable[[Kit, Asks, Terminal, Search | None], Screen]
Opener = Callable[[Terminal], Flow]

OPENERS: dict[str, Opener] = {**numbering.OPENERS, **looking.OPENERS}
"""How each service of the home screen begins."""

MAKERS: dict[tuple[str, str], Maker] = {
    (COMPLAINT, "home"): lambda kit, asks, terminal, _search: Home(kit, asks, terminal.strip()),
    (COMPLAINT, "matter"): lambda kit, asks, _terminal, _search: MatterScreen(kit, asks),
    (COMPLAINT, "reason"): lambda kit, asks, terminal, _search: ReasonScreen(kit, asks, terminal.since()),
    (COMPLAINT, "scope"): lambda kit, asks, _terminal, _search: ScopeScreen(kit, asks),
    (COMPLAINT, "words"): lambda kit, asks, _terminal, search: WordsScreen(kit, asks, search),
    (COMPLAINT, "contact"): lambda kit, asks, _terminal, search: ContactScreen(kit, asks, search),
    (COMPLAINT, "check"): lambda kit, asks, _terminal, _search: CheckScreen(kit, asks),
    (COMPLAINT, "done"): lambda kit, asks, terminal, _search: DoneScreen(
        kit, asks, terminal.today, paper=terminal.paper is not None
    ),
    **numbering.MAKERS,
    **looking.MAKERS,
}
"""The complaint's steps are `kiosk.session`'s; those of the other services are their own flow's."""
