"""Where the text stands while it is written."""

from __future__ import annotations

from display.theme import wrap
from display.theme.widgets import Panel
from display.theme.widgets.text import advances, width_of
from kiosk.screens.kit import Kit
from kiosk.screens.sizes import SIDE_CAP_MM
from kiosk.screens.spoken import unspoken

_PX, _PITCH, _COUNT_PX, _COUNT_PITCH, _ABOVE_PX = 40, 1.45, 28, 1.2, 12
CARET = "▏"


class Paper(Panel):
    """The text with a caret, its end always in sight, and a count of what is left; a placeholder while it is empty."""

    def __init__(self, kit: Kit, placeholder: str, limit: int) -> None:
        super().__init__(
            orientation="horizontal" if kit.shape.low or kit.shape.across else "vertical",
            fill=kit.palette.card,
            frame=kit.palette.jade,
            frame_px=3,
            padding=(32, _ABOVE_PX),
            spacing=2,
        )
        self.kit, self._placeholder, self._limit = kit, placeholder, limit
        unspoken(self)
        self._words = ""
        self._text = kit.text("", px=_PX, pitch=_PITCH, size_hint_y=1, valign="top")
        self._text.least_cap_mm = SIDE_CAP_MM  # the citizen's own words, as many as there are
        self._text.bind(size=lambda *_: self._fit())
        count = {"size_hint_x": None, "size_hint_y": 1, "valign": "bottom"} if self.orientation == "horizontal" else {}
        self._left = kit.note("", px=_COUNT_PX, align="right", pitch=_COUNT_PITCH, **count)
        self.add_widget(self._text)
        self.add_widget(self._left)

    @property
    def least_px(self) -> float:
        """The height in which two lines of the smallest letters can still be read, and the count below or beside."""
        count = 0 if self.orientation == "horizontal" else _COUNT_PITCH * self.kit.side_px(_COUNT_PX)
        return float(2 * _PITCH * self.kit.side_px(0) + count + 2 * _ABOVE_PX + 2)

    def show(self, text: str, composing: str) -> None:
        palette = self.kit.palette
        begun = bool(text or composing)
        self._text.color = palette.ink if begun else palette.ink_2
        self._words = f"{text}{composing}{CARET}" if begun else self._placeholder
        self._left.text = self.kit.words("paper.count", n=len(text), most=self._limit)
        if self.orientation == "horizontal":
            self._left.width = 1 + width_of(self._left.text, int(self._left.font_px), face=self.kit.face)
        self._fit()

    def wipe(self) -> None:
        self._words = self._text.text = ""

    def _fit(self) -> None:
        """The more there is, the smaller it stands; what is too much even then goes from the beginning."""
        room, words = self._text, self._words
        px = self.kit.fitting_px(words, room.width, room.height, _PX, _PITCH)
        lines = wrap.lines(words, max(room.width, px), advances(px, face=self.kit.face))
        fitting = max(1, int(room.height / (_PITCH * px)))
        room.font_px = px
        room.text = words if len(lines) <= fitting else "…" + "\n".join(lines[-fitting:])[1:]
