"""What a finger or a mouse presses. One touch counts once, however often it is delivered."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property
from typing import Any
from weakref import ref

from kivy.clock import Clock
from kivy.graphics import Color, Ellipse, Line
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty, StringProperty

from display.theme import fonts
from display.theme.palette import NORMAL, Colour, Palette
from display.theme.widgets.panel import CLEAR, Panel
from display.theme.widgets.text import Text

SAME_PLACE_PX = 48
FRAMES_TO_DRAW = 3
"""After a tap a new screen is laid out and drawn within so many frames, however long they take: touches that came
meanwhile were meant for what stood there before."""


def surface(palette: Palette, kind: str) -> tuple[Colour, Colour, Colour]:
    """Fill, words and frame of a kind; a clear frame is none."""
    return {
        "primary": (palette.jade, palette.on_jade, CLEAR),
        "secondary": (palette.card, palette.ink, palette.line),
        "danger": (palette.seal, palette.on_seal, CLEAR),
        "now": (palette.gold, palette.on_gold, palette.ink),
        "quiet": (palette.paper, palette.ink, palette.line),
        "chosen": (palette.chosen, palette.on_chosen, palette.jade),
        "disabled": (palette.paper, palette.faint, palette.hair),
    }[kind]


class Touch(Panel):
    """A panel that is pressed; dispatches `on_tap` when released inside.

    `text` and, below it, `hint` fill it; further widgets may be added. `chosen` marks one of several, with a tick. A
    second touch at the same place within `debounce_s`, or before what the first one did has been drawn, is the same
    one, also when another screen has come up under it; keys of a keyboard have none (0).
    """

    __events__ = ("on_tap",)

    text = StringProperty("")
    hint = StringProperty("")
    kind = OptionProperty("primary", options=["primary", "secondary", "danger", "now", "quiet"])
    chosen = BooleanProperty(False)
    debounce_s = NumericProperty(0.3)

    _last: tuple[float, int, float, float] = (-math.inf, -FRAMES_TO_DRAW, 0.0, 0.0)
    _pressed: Callable[[], Touch | None] = staticmethod(lambda: None)
    """What a finger was last put on, as long as it is there."""

    def __init__(
        self,
        text: str = "",
        hint: str = "",
        *,
        palette: Palette = NORMAL,
        font_px: float = 40,
        hint_px: float = 0,
        align: str = "",
        face: str = fonts.SANS,
        **settings: Any,
    ) -> None:
        align = align or ("left" if hint else "center")
        settings.setdefault("orientation", "vertical")
        settings.setdefault("padding", (24, 12) if align == "center" else (40, 16))
        settings.setdefault("frame_px", 3)
        super().__init__(text=text, hint=hint, **settings)
        self.palette = palette
        self._finger: Any = None
        self.title = Text(text, font_px=font_px, bold=True, align=align, pitch=1.25, face=face, size_hint_y=1)
        self._small: dict[str, Any] = {"font_px": hint_px or font_px * 0.62, "align": align, "face": face}
        self._ticked = False
        if text:
            self.title.valign = "bottom" if hint else "middle"
            self.add_widget(self.title)
        if hint:
            self.subtitle.valign = "top"
            self.subtitle.size_hint_y = 0.8
            self.add_widget(self.subtitle)
        for name in ("text", "hint"):
            self.fbind(name, self._say)
        for name in ("kind", "chosen", "disabled", "pos", "size"):
            self.fbind(name, self._look)
        self._look()

    @cached_property
    def subtitle(self) -> Text:
        """The words below the title; most touches have none."""
        return Text(self.hint, pitch=1.3, size_hint_y=1, **self._small)

    def do_layout(self, *_: Any) -> None:
        """A title alone takes all the room: a keyboard has fifty of them, and a box layout asks each much more."""
        if self.children != [self.title] or tuple(self.title.size_hint) != (1, 1):
            super().do_layout()
            return
        left, above, right, below = self.padding
        self.minimum_size = (left + right, above + below)
        self.title.size = (self.width - left - right, self.height - above - below)
        self.title.pos = (self.x + left, self.y + below)

    def on_tap(self) -> None:
        """Pressed and released inside."""

    def on_touch_down(self, touch: Any) -> bool:
        if touch.is_mouse_scrolling or not self.collide_point(*touch.pos):
            return False
        if self.disabled or self._finger is not None or self._again(touch):
            return True
        if super().on_touch_down(touch):
            return True
        touch.grab(self)
        self._finger = touch
        Touch._pressed = ref(self)
        self._look()
        return True

    def on_touch_move(self, touch: Any) -> bool:
        return touch.grab_current is self or bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: Any) -> bool:
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        self._finger = None
        self._look()
        # A finger may outlive the screen that it was put on: what stands in no window any more asks for nothing.
        shown = self.get_root_window() is not None
        if shown and self.collide_point(*touch.pos) and not self.disabled:
            Touch._last = (Clock.get_time(), Clock.frames, touch.x, touch.y)
            self.dispatch("on_tap")
        return True

    def release(self) -> None:
        """Forgets a finger that still lies on it, when it is taken away to be shown elsewhere."""
        if self._finger is not None:
            self._finger.ungrab(self)
            self._finger = None
            self._look()

    @staticmethod
    def under_finger() -> Touch | None:
        """What a finger lies on now; of several, the last one."""
        touch = Touch._pressed()
        return touch if touch is not None and touch._finger is not None else None

    @staticmethod
    def drawing() -> bool:
        """Whether what the last tap did is still being drawn."""
        return bool(Clock.frames - Touch._last[1] < FRAMES_TO_DRAW)

    def _again(self, touch: Any) -> bool:
        at, _, x, y = Touch._last
        soon = Clock.get_time() - at < self.debounce_s or Touch.drawing()
        return bool(self.debounce_s) and soon and math.hypot(touch.x - x, touch.y - y) < SAME_PLACE_PX

    def _say(self, *_: Any) -> None:
        self.title.text = self.text
        if self.hint:
            self.subtitle.text = self.hint

    def _look(self, *_: Any) -> None:
        kind = "disabled" if self.disabled else "chosen" if self.chosen else self.kind
        fill, words, frame = surface(self.palette, kind)
        if self._finger is not None:
            fill = _mix(fill, words, 0.18)
        self.fill, self.frame = fill, frame
        self.title.color = words
        if self.hint:
            self.subtitle.color = self.palette.ink_2 if kind in ("secondary", "quiet") else words
        ticked = self.chosen and not self.disabled
        if ticked or self._ticked:
            self._tick(words if ticked else CLEAR, fill)
        self._ticked = ticked

    def _tick(self, ground: Colour, line: Colour) -> None:
        self.canvas.after.clear()
        if ground == CLEAR:
            return
        size = min(44.0, self.height * 0.4)
        x, y = self.x + self.width - size - 16, self.y + self.height - size - 16
        corners = [(0.28, 0.50), (0.44, 0.34), (0.73, 0.66)]
        with self.canvas.after:
            Color(*ground)
            Ellipse(pos=(x, y), size=(size, size))
            Color(*line)
            points = [along for right, up in corners for along in (x + size * right, y + size * up)]
            Line(points=points, width=2.5, cap="round", joint="round")


def _mix(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (a + (b - a) * part for a, b in zip(one[:3], other[:3], strict=True))
    return red, green, blue, 1.0
