"""What screens are built with: colours, sizes in millimetres, words and named touches, as one citizen wants them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import fonts, touchmap
from display.theme.palette import HIGH_CONTRAST, NORMAL
from display.theme.scale import BIG, Scale
from display.theme.widgets import Panel, Text, Touch
from display.theme.widgets.text import width_of
from hub.domain.hall import Hall, Screen
from hub.domain.policy import Policy
from hub.domain.translated import hall_in, policy_in
from hub.domain.words import Words
from kiosk.modes import Modes
from kiosk.screens.sizes import GAP_MM, MAIN_CAP_MM, MAIN_TOUCH_MM, SIDE_CAP_MM, SIDE_TOUCH_MM
from kiosk.shape import can_lower, shape

CHIP_SIDE_PX = 6
EDGE_PX, LOW_EDGE_PX, RAIL_PX = 64, 40, 456
LARGE_PX = 84
"""Type that is large already grows no further in 大字."""
LOW_PART = 0.8
"""Half a glass has no room for generous sizes; what people need is kept all the same."""
_KEYBOARD_DEBOUNCE_S = 0.0
"""Letters are typed as fast as they come: a slow frame takes in two honest touches at once, and a letter too many can
be erased. Everything else waits for the theme's own time."""


class Key(Touch):
    """A touch with a name of its own (`display.theme.touchmap`); `main` marks the main path, where sizes are larger."""

    def __init__(self, name: str, text: str = "", hint: str = "", *, main: bool = True, **settings: Any) -> None:
        touchmap.name(self, name)
        self.main = main
        super().__init__(text, hint, **settings)
        self.title.least_cap_mm = MAIN_CAP_MM if main else SIDE_CAP_MM
        if hint:
            self._stack()

    def _stack(self) -> None:
        """Title and hint as high as they are, together in the middle: neither takes room the other needs."""
        self.clear_widgets()
        for one in (self.title, self.subtitle):
            one.size_hint_y = None
        for one in (Widget(), self.title, self.subtitle, Widget()):
            self.add_widget(one)


class Kit:
    """One screen's size, one citizen's modes, the hall's words in their language.

    Wanted sizes are of the look; none falls below what people need.
    """

    can_speak = False
    """Whether the kiosk has a voice."""

    def __init__(self, hall: Hall, policy: Policy, screen: Screen, modes: Modes) -> None:
        self._as_founded = (hall, policy)
        self.hall, self.policy = hall_in(hall, modes.language), policy_in(policy, modes.language, hall)
        self.modes = modes
        self.scale = Scale(screen, modes.big)
        self.palette = HIGH_CONTRAST if modes.contrast else NORMAL
        self.shape = shape(screen, modes.low)
        self.can_lower = can_lower(screen)
        self.face = fonts.SANS_TC if modes.language == "zh_Hant" else fonts.SANS
        self.words = Words("kiosk", modes.language)
        self.shared = Words("hub", modes.language)
        self.spare_keys: dict[Any, Any] = {}
        """Rows of a keyboard's keys (`kiosk.screens.key_rows`) that wait for the next keyboard, by what they type."""

    def in_modes(self, modes: Modes) -> Kit:
        other = Kit(*self._as_founded, self.scale.screen, modes)
        other.can_speak = self.can_speak
        return other

    # --- room

    @property
    def edge_px(self) -> int:
        return LOW_EDGE_PX if self.shape.low or self.shape.across else EDGE_PX

    @property
    def flat(self) -> bool:
        """Whether there is more width than height: what stands one below the other upright stands side by side."""
        return self.shape.across or self.shape.low

    @property
    def inner_px(self) -> int:
        """How wide the body of a screen is."""
        rail = RAIL_PX if self.shape.across else 0
        return self.shape.width_px - rail - 2 * self.edge_px

    # --- sizes

    def main_px(self, wanted_px: float) -> int:
        """A font size of the main path."""
        return max(self._grown(wanted_px), self.scale.font(MAIN_CAP_MM))

    def side_px(self, wanted_px: float) -> int:
        """A font size beside the main path."""
        return max(self._grown(wanted_px), self.scale.font(SIDE_CAP_MM))

    def high_px(self, wanted_px: float) -> int:
        """A height that may be smaller where there is only half a glass."""
        return round(wanted_px * (LOW_PART if self.shape.low else 1))

    def _grown(self, wanted_px: float) -> int:
        wanted_px = self.high_px(wanted_px)
        return round(max(wanted_px, min(wanted_px * BIG, LARGE_PX)) if self.modes.big else wanted_px)

    def target_px(self, wanted_px: float, main: bool = True) -> int:
        return max(self.high_px(wanted_px), self.scale.px(MAIN_TOUCH_MM if main else SIDE_TOUCH_MM))

    def gap_px(self, wanted_px: int) -> int:
        return max(wanted_px, self.scale.px(GAP_MM))

    def wide_px(self, words: str, font_px: int, least_px: float, around_px: float = 32) -> float:
        """How wide a touch is that says it without a break but the written ones."""
        widest = max(width_of(line, font_px, bold=True, face=self.face) for line in words.split("\n"))
        return max(self.high_px(least_px), math.ceil(widest) + around_px)

    def fitting_px(self, text: str, width_px: float, height_px: float, wanted_px: int, pitch: float) -> int:
        """The largest font size, down to the smallest allowed, at which Chinese text of any wrapping fits."""
        least = self.side_px(0)
        for px in range(self.main_px(wanted_px), least, -1):
            a_line = max(1, int(width_px / px) - 1)  # punctuation may push a character to the next line
            lines = sum(-(-len(part) // a_line) or 1 for part in text.split("\n"))
            if lines * pitch * px <= height_px:
                return px
        return least

    # --- pieces

    def title(self, words: str, px: int = 60, **settings: Any) -> Text:
        return self.text(words, px, **({"bold": True, "pitch": 1.3} | settings))

    def headline(self, words: str, px: int, width_px: float, **settings: Any) -> Text:
        """A title on one line, smaller where need be; in several where even the smallest is too wide."""
        least = self.main_px(0)
        one_line = width_of(words, least, bold=True, face=self.face) <= width_px
        own: dict[str, Any] = {"max_lines": 1, "min_px": least} if one_line else {"px": 0}
        return self.title(words, width=width_px, **({"px": px, "pitch": 1.25} | own | settings))

    def text(self, words: str, px: int = 38, **settings: Any) -> Text:
        """Words of the main path."""
        own: dict[str, Any] = {"palette": self.palette, "face": self.face, **settings}
        text = Text(words, font_px=self.main_px(px), **own)
        text.least_cap_mm = MAIN_CAP_MM
        return text

    def note(self, words: str, px: int = 30, **settings: Any) -> Text:
        own: dict[str, Any] = {"color": self.palette.ink_2, "face": self.face, **settings}
        return Text(words, font_px=self.side_px(px), **own)

    def key(
        self,
        name: str,
        words: str = "",
        hint: str = "",
        *,
        kind: str = "secondary",
        px: int = 42,
        then: Callable[[], None],
        main: bool = True,
        **settings: Any,
    ) -> Key:
        """A touch that asks for something; `then` is called once a tap."""
        size = self.main_px(px) if main else self.side_px(px)
        touch = Key(
            name,
            words,
            hint,
            main=main,
            kind=kind,
            font_px=size,
            hint_px=self.side_px(29),
            palette=self.palette,
            face=self.face,
            **settings,
        )
        touch.bind(on_tap=lambda _touch: then())
        return touch

    def letter_key(self, name: str, words: str, then: Callable[[], None], **own: Any) -> Key:
        """A key of a keyboard: the same letter twice in a row is meant."""
        usual: dict[str, Any] = {"px": 40, "padding": (4, 4), "radius_px": 16, "debounce_s": _KEYBOARD_DEBOUNCE_S}
        return self.key(name, words, then=then, main=False, **(usual | own))

    def row(self, height_px: float, *widgets: Widget, gap_px: int = 16) -> BoxLayout:
        row = BoxLayout(size_hint_y=None, height=height_px, spacing=self.gap_px(gap_px))
        for widget in widgets:
            row.add_widget(widget)
        return row

    def column(self, gap_px: float, *widgets: Widget) -> BoxLayout:
        column = BoxLayout(orientation="vertical", spacing=gap_px)
        for widget in widgets:
            column.add_widget(widget)
        return column

    def card(self, *widgets: Widget, fill: Any = None, frame: bool = False, **settings: Any) -> Panel:
        """A quiet surface as high as what it holds."""
        settings = {"orientation": "vertical", "padding": (40, 28), "spacing": 12, "size_hint_y": None} | settings
        panel = Panel(
            fill=self.palette.card if fill is None else fill,
            frame=self.palette.hair,
            frame_px=2 if frame else 0,
            **settings,
        )
        for widget in widgets:
            panel.add_widget(widget)
        if panel.size_hint_y is None:
            panel.bind(minimum_height=panel.setter("height"))
            panel.height = panel.minimum_height
        return panel


class Chip(Key):
    """A short answer or a switch: chosen is filled with the strong colour, for there is no room for a tick."""

    def __init__(self, kit: Kit, name: str, words: str, *, main: bool = True, px: int = 34, **settings: Any) -> None:
        size = kit.main_px(px) if main else kit.side_px(px)
        settings = {"padding": (CHIP_SIDE_PX, 6), "radius_px": 22, "kind": "secondary", **settings}
        super().__init__(name, words, main=main, font_px=size, palette=kit.palette, face=kit.face, **settings)

    def _look(self, *_: object) -> None:
        if self.chosen and not self.disabled:
            self.fill, self.frame, self.title.color = self.palette.jade, self.palette.jade, self.palette.on_jade
        else:
            super()._look()
