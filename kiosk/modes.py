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
    usual: int = 60
    """How loud speech begins, in percent, as staff have set it for this kiosk."""
    volume: int = 60

    def louder(self) -> Modes:
        """What the speech key means next: the usual loudness, the loudest, the quietest, silence."""
        order = list(dict.fromkeys((self.usual, VOLUMES[-1], VOLUMES[0])))
        at = order.index(self.volume) + 1 if self.volume in order else 0
        if not self.speech or at == len(order):
            return replace(self, speech=not self.speech, volume=self.usual)
        return replace(self, volume=order[at])

    def switched(self, switch: Switch) -> Modes:
        """The same with one of them turned on or off."""
        return replace(self, **{switch: not getattr(self, switch)})

    def speaking(self, language: str) -> Modes:
        return replace(self, language=language)
