"""Makes each screen of a complaint once before the first citizen comes, the one with the number too.

Fonts are opened, corners drawn and keys made in the quiet minute after the start, not under somebody's finger.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

from hub.domain.lookup import make_keys
from hub.wire.messages import PrintedNumber
from kiosk.input.means import Means
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.kit import Kit
from kiosk.screens.makers import COMPLAINT, MAKERS
from kiosk.session import Session
from kiosk.terminal import Terminal


class Nobody:
    """Asks for nothing, with a session that is never sent."""

    flow = None
    can_pair = True

    def __init__(self, session: Session) -> None:
        self.session = session

    def __getattr__(self, _asked: str) -> Callable[..., None]:
        return lambda *_: None


def rehearsal(kit: Kit, terminal: Terminal, means: Means) -> Iterator[Screen]:
    """One screen after the other, as a citizen comes to them."""
    session = Session(kit.hall, kit.policy, kit.modes.language)
    asks: Asks = Nobody(session)
    session.move("start")
    yield MAKERS[COMPLAINT, session.step](kit, asks, terminal, means)
    session.choose_matter("unknown")
    session.move("next")
    session.toggle_reason(kit.policy.reasons[0].code)
    yield MAKERS[COMPLAINT, session.step](kit, asks, terminal, means)
    session.move("next")
    yield MAKERS[COMPLAINT, session.step](kit, asks, terminal, means)
    session.move("next")
    session.stay_anonymous()
    yield MAKERS[COMPLAINT, session.step](kit, asks, terminal, means)
    session.move("next")
    yield MAKERS[COMPLAINT, session.step](kit, asks, terminal, means)
    keys = make_keys(secrets.token_bytes)
    session.submit("rehearsal", keys, keys)
    number = PrintedNumber(terminal.today, terminal.now, case_number="20261123-8001-1", ticket_number="A001")
    session.numbered("rehearsal", number)
    yield MAKERS[COMPLAINT, session.step](kit, asks, terminal, means)
