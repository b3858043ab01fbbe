"""How one citizen wants the kiosk: language, size, contrast, speech, height. Everybody begins with the hall's own.

Pure. All of it returns to the default when the session ends (VVSG 2.0 draft 7.1-A).
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from hub.domain.hall import Value
from kiosk.settings import VOLUMES

Switch = Literal["big", "contrast", "speech", "low"]


class Modes(Value, frozen=True):
    """`big` 大字, `contrast` 高对比, `speech` 语音, `low` everything within reach of somebody who sits."""

    language: str
    big: bool = False
    contrast: bool = False
    speech: bool = False
    low: bool = False
    volume: int = 60
    """How loud speech is, one of `kiosk.settings.VOLUMES`."""

    def louder(self) -> Modes:
        """The next step; after the loudest comes the quietest."""
        at = VOLUMES.index(self.volume) + 1 if self.volume in VOLUMES else 0
        return replace(self, volume=VOLUMES[at % len(VOLUMES)])

    def switched(self, switch: Switch) -> Modes:
        """The same with one of them turned on or off."""
        return replace(self, **{switch: not getattr(self, switch)})

    def speaking(self, language: str) -> Modes:
        return replace(self, language=language)
