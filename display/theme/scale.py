"""Millimetres on the glass as pixels of the picture, so that letters and targets are as big as people need them."""

from __future__ import annotations

import math
from functools import cached_property

from display.theme import fonts
from hub.domain.hall import Screen

BIG = 1.4
"""大字 mode."""


class Scale:
    """One screen's measures; `big` (大字) enlarges letters, not distances."""

    def __init__(self, screen: Screen, big: bool = False) -> None:
        self.screen = screen
        self.big = big

    @cached_property
    def px_per_mm(self) -> float:
        return self.screen.width_px / self.screen.width_mm

    def px(self, mm: float) -> int:
        """At least so many millimetres, in whole pixels."""
        return math.ceil(mm * self.px_per_mm)

    def mm(self, px: float) -> float:
        return px / self.px_per_mm

    def font(self, cap_height_mm: float) -> int:
        """The font size in px whose capital letters are at least so high."""
        return math.ceil(cap_height_mm * (BIG if self.big else 1) * self.px_per_mm / fonts.CAPITAL_HEIGHT)

    def cap_mm(self, font_px: float) -> float:
        """How high the capital letters of a font size are on the glass."""
        return font_px * fonts.CAPITAL_HEIGHT / self.px_per_mm
