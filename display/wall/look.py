"""How one screen of a wall looks: its words, colours and sizes, which follow from its glass and the hall's distance."""

from __future__ import annotations

import math
from typing import Any

from display.theme import fonts
from display.theme.palette import NIGHT, Colour, dimmed
from display.theme.scale import Scale
from display.theme.widgets import Text
from display.wall.phrase import Piece
from hub.domain.hall import Hall
from hub.domain.screens import Wall
from hub.domain.translated import text_in
from hub.domain.words import Words

LEAST_DEGREES = 0.25
"""Under which angle the smallest characters on a wall are read: three times what good eyes need."""
DESIGN_PX = 1080
LEAST, SMALL, BODY = 35, 36, 42
"""Font sizes in units; nothing is set smaller than the first."""


class Look:
    """Sizes are given in units: a dot of a glass 1080 dots across, more where it is read from farther away."""

    def __init__(self, wall: Wall, hall: Hall, percent: int = 100) -> None:
        self.wall, self.hall = wall, hall
        language = wall.language or hall.language
        self.words = Words("display", language)
        self.face, self.own_face = _face(language), _face(hall.language)
        """Of this screen's words, and of what the hall writes in its own language, such as a notice."""
        self.palette = dimmed(NIGHT, percent)
        self.percent = percent
        scale = Scale(wall)
        least_px = wall.viewed_mm * math.tan(math.radians(LEAST_DEGREES)) * scale.px_per_mm
        self.unit = max(min(wall.width_px, wall.height_px) / DESIGN_PX, least_px / LEAST)
        self.number_px = scale.font(wall.number_mm)
        self.wide = wall.width_px > wall.height_px

    def px(self, units: float) -> int:
        return math.ceil(units * self.unit)

    def of_hall(self, text: str) -> str:
        """A text of the hall's file in this screen's language."""
        return text_in(text, self.words.language, self.hall)

    def text(self, words: str = "", units: float = BODY, **settings: Any) -> Text:
        """Words in this screen's face and calm colour; with `max_lines` they shrink to the smallest size."""
        settings.setdefault("color", self.palette.ink_2)
        settings.setdefault("face", self.face)
        if settings.get("max_lines"):
            settings.setdefault("min_px", self.px(LEAST))
        return Text(words, font_px=self.px(units), **settings)

    def title(self, words: str, **settings: Any) -> Text:
        """What a region is."""
        return self.text(words, 40, bold=True, color=self.palette.jade, pitch=1.2, **settings)

    def piece(
        self, words: str, units: float, color: Colour | None = None, *, bold: bool = False, before: float = 0
    ) -> Piece:
        color = color or self.palette.ink_2
        return Piece(words, self.px(units), color, bold=bold, before_px=before * self.unit, face=self.face)


def _face(language: str) -> str:
    return fonts.SANS_TC if language == "zh_Hant" else fonts.SANS
