"""Which screen shows which step of which service."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.input.means import Means
from kiosk.screens import guides, looking, numbering
from kiosk.screens.check import CheckScreen
from kiosk.screens.contact import ContactScreen
from kiosk.screens.done import DoneScreen
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.home import Home
from kiosk.screens.kit import Kit
from kiosk.screens.matter import MatterScreen
from kiosk.screens.phone import PHONE_FORM, PhoneScreen
from kiosk.screens.reason import ReasonScreen
from kiosk.screens.scope import ScopeScreen
from kiosk.screens.staff import page_of_staff
from kiosk.screens.words import WordsScreen
from kiosk.services import Flow
from kiosk.services.staff import BELOW, PAGES, Staff
from kiosk.terminal import Terminal

COMPLAINT, STAFF = "complaint", "staff"

Maker = Callable[[Kit, Asks, Terminal, Means], Screen]
Opener = Callable[[Terminal], Flow]

OPENERS: dict[str, Opener] = {
    PHONE_FORM: lambda terminal: terminal.pair(),
    **numbering.OPENERS,
    **looking.OPENERS,
    **guides.OPENERS,
}
"""How each service of the home screen begins."""


def _staff(kit: Kit, asks: Asks, terminal: Terminal, _means: Means) -> Screen:
    assert isinstance(terminal.flow, Staff)
    return page_of_staff(kit, asks, terminal.flow)


MAKERS: dict[tuple[str, str], Maker] = {
    (COMPLAINT, "home"): lambda kit, asks, terminal, _means: Home(kit, asks, terminal.strip()),
    (COMPLAINT, "matter"): lambda kit, asks, _terminal, _means: MatterScreen(kit, asks),
    (COMPLAINT, "reason"): lambda kit, asks, terminal, _means: ReasonScreen(kit, asks, terminal.since()),
    (COMPLAINT, "scope"): lambda kit, asks, _terminal, _means: ScopeScreen(kit, asks),
    (COMPLAINT, "words"): lambda kit, asks, _terminal, means: WordsScreen(kit, asks, means),
    (COMPLAINT, "contact"): lambda kit, asks, _terminal, means: ContactScreen(kit, asks, means),
    (COMPLAINT, "check"): lambda kit, asks, _terminal, _means: CheckScreen(kit, asks),
    (COMPLAINT, "done"): lambda kit, asks, terminal, _means: DoneScreen(
        kit, asks, terminal.today, paper=terminal.paper is not None
    ),
    **{
        (PHONE_FORM, step): lambda kit, asks, _terminal, _means: PhoneScreen(kit, asks)
        for step in ("opening", "waiting", "filled", "expired", "away")
    },
    **numbering.MAKERS,
    **looking.MAKERS,
    **guides.MAKERS,
    **{(STAFF, step): _staff for step in ("pin", "menu", *PAGES, *BELOW)},
}
"""The complaint's steps are `kiosk.session`'s; those of the other services are their own flow's."""
