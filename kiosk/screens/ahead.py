"""Screens made before they are asked for.

A finger lies on a key for a tenth of a second. Meanwhile what the key leads to is done to a copy of the session, and
the next screen is made of that. If the lifted finger asks for just that, this screen is shown and its session goes
on; whatever else happens, both are thrown away.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from kivy.clock import Clock

from display.theme.widgets import Touch
from hub.domain.errors import DomainError
from kiosk.input.means import Means
from kiosk.screens.frame import Asks, Screen
from kiosk.screens.home import Home
from kiosk.screens.kit import Kit
from kiosk.screens.makers import COMPLAINT, MAKERS
from kiosk.screens.rehearsal import rehearsal
from kiosk.screens.stage import Stage
from kiosk.session import Session
from kiosk.terminal import Terminal
from printers.strips import warm

LAID_OUT_S = 0.1


class Foreseen:
    """Asks as a screen does, for a session that may become the kiosk's own; `over` lets go of it."""

    def __init__(self, asks: Asks, session: Session) -> None:
        self._asks = asks
        self._session: Session | None = session

    @property
    def session(self) -> Session:
        return self._session or self._asks.session

    def over(self) -> None:
        self._session = None

    def __getattr__(self, asked: str) -> Any:
        return getattr(self._asks, asked)


@dataclass(frozen=True)
class _Next:
    kit: Kit
    asks: Foreseen
    screen: Screen


class Ahead:
    """Gives every screen of one kiosk: one that was made ahead, the first one again, or a fresh one."""

    def __init__(self, stage: Stage, asks: Asks, terminal: Terminal, means: Means) -> None:
        self._stage, self._asks, self._terminal, self._means = stage, asks, terminal, means
        self._next: _Next | None = None
        self._home: Home | None = None
        self._rehearsal: Iterator[Screen] | None = None

    def screen(self, kit: Kit, at: tuple[str, str]) -> Screen:
        """What shows a step of a service, `(service, step)`."""
        made = self._next
        if made is not None and made.kit is kit and at[0] == COMPLAINT:
            session = made.asks.session
            if vars(session) == vars(self._terminal.session):
                self._terminal.session, self._next = session, None
                made.asks.over()
                return made.screen
        self.drop()
        return self._first(kit) if at == (COMPLAINT, "home") else self._made(kit, at, self._asks)

    def foresee(self, kit: Kit, screen: Screen) -> None:
        """Makes what the key under the finger leads to, where that is another step of the form."""
        self.drop()
        key, session = Touch.under_finger(), copy(self._terminal.session)
        if key is None or self._terminal.flow is not None:
            return
        try:
            screen.lead(getattr(key, "touch_key", ""), session)
        except DomainError:
            return  # something is missing, and the tap will say what
        if session.step not in ("home", self._terminal.session.step):
            asks = Foreseen(self._asks, session)
            self._next = _Next(kit, asks, self._made(kit, (COMPLAINT, session.step), asks))
            self._stage.prepare(kit, self._next.screen)

    def drop(self) -> None:
        """The finger was lifted: what was made for it is of no more use."""
        if self._next is not None:
            self._stage.strike(self._next.screen)
            self._next.asks.over()
            self._next = None

    def rehearse(self, kit: Kit) -> bool:
        """Makes one screen where nobody sees it, if the first one stands there alone; False when each was made once."""
        if not isinstance(self._stage.screen, Home) or self._stage.cover is not None:
            return True
        if self._rehearsal is None:
            self._rehearsal = rehearsal(kit, self._terminal, self._means)
            threading.Thread(target=warm, name="warm", daemon=True).start()
        screen = next(self._rehearsal, None)
        if screen is not None:
            self._stage.prepare(kit, screen)
            Clock.schedule_once(lambda _dt: self._stage.strike(screen), LAID_OUT_S)
        return screen is not None

    def _first(self, kit: Kit) -> Home:
        """Kept from one citizen to the next while the modes are the same: nothing in it is theirs."""
        if self._home is not None and self._home.kit is kit:
            self._home.show(self._terminal.strip())
            return self._home
        if self._home is not None:
            self._stage.strike(self._home)
        self._home = Home(kit, self._asks, self._terminal.strip())
        return self._home

    def _made(self, kit: Kit, at: tuple[str, str], asks: Asks) -> Screen:
        return MAKERS[at](kit, asks, self._terminal, self._means)
