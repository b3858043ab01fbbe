"""How many lines words need, and how high that is: so that what does not fit is known before it is drawn."""

from __future__ import annotations

from display.theme import wrap
from display.theme.widgets.text import advances
from kiosk.screens.kit import Kit

TORN = 50
"""As many lines as nothing can have: a word would be torn."""
TITLE_PITCH, HINT_PITCH = 1.25, 1.3


def lines_of(text: str, font_px: int, width_px: float, face: str, *, bold: bool = False) -> int:
    """The lines it is wrapped to, or `TORN`."""
    advance = advances(font_px, bold=bold, face=face)
    if any(word.isascii() and sum(map(advance, word)) > width_px for word in text.split()):
        return TORN
    return len(wrap.lines(text, max(width_px, font_px), advance))


def key_px(kit: Kit, title: str, hint: str, px: int, width_px: float, above_px: float = 12) -> float:
    """How high a touch is with its hint below its words; `width_px` without its padding."""
    words = lines_of(title, kit.main_px(px), width_px, kit.face, bold=True) * kit.main_px(px) * TITLE_PITCH
    below = lines_of(hint, kit.side_px(29), width_px, kit.face) * kit.side_px(29) * HINT_PITCH if hint else 0.0
    return max(kit.target_px(0), words + below + 2 * above_px + 4)
