"""Reads screens aloud to who asked for it: what is new on the glass is said, and a touch ends it."""

from __future__ import annotations

from typing import Any

from kiosk.screens.kit import Kit
from kiosk.screens.spoken import spoken
from kiosk.speech import Speech


class Aloud:
    """`speech` is None where the kiosk has no voice."""

    def __init__(self, speech: Speech | None) -> None:
        self._speech = speech
        self._heard: tuple[str, ...] = ()

    def read(self, screen: Any, kit: Kit) -> None:
        """Says what was not there at the last look."""
        if self._speech is None or not kit.modes.speech:
            return
        now = spoken(screen, kit.words("spoken.chosen"))
        new = [one for one in now if one not in self._heard]
        self._heard = now
        if new:
            self._speech.say(new, kit.modes.language, kit.modes.volume)

    def hush(self) -> None:
        """A touch: what has been read is not read again."""
        if self._speech is not None:
            self._speech.hush()

    def forget(self) -> None:
        """Another citizen or language: everything is new."""
        self._heard = ()
        self.hush()
