"""Choosing: one of several, any of several, yes or no. Each knows its name, its value and who is told of a change.

The key of a choice on the touch map is `NAME.CODE`, that of a tick `field.NAME`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from kivy.uix.gridlayout import GridLayout

from counter.screens.parts import BODY_PX, RADIUS_PX, SMALL_PX
from display.theme import touchmap
from display.theme.widgets import Touch

CHOICE_PX = 72
OnChange = Callable[[str, Any], None]


class Option(NamedTuple):
    """One of several to choose from; `hint` stands below it."""

    code: str
    title: str
    hint: str = ""


class Offered(GridLayout):
    """What there is to choose from, each in a box of one size; `_tap` hears which was tapped."""

    def __init__(
        self,
        name: str,
        on_change: OnChange,
        *,
        options: Sequence[Option],
        columns: int = 3,
        row_px: float = 0,
        **settings: Any,
    ) -> None:
        high = row_px or (CHOICE_PX + 22 if any(one.hint for one in options) else CHOICE_PX)
        super().__init__(
            cols=max(1, min(columns, len(options))),
            spacing=12,
            size_hint_y=None,
            row_default_height=high,
            row_force_default=True,
            **settings,
        )
        self.bind(minimum_height=self.setter("height"))
        self.name, self._on_change = name, on_change
        self.touches = {one.code: choice(f"{name}.{one.code}", one, partial(self._tap, one.code)) for one in options}
        for touch in self.touches.values():
            self.add_widget(touch)

    def _tap(self, code: str) -> None:
        raise NotImplementedError  # one of many, or several: each kind says what a tap means


class Choice(Offered):
    """One of several; `value` is its code, empty while nothing is chosen. With `free` a second tap lets go again."""

    def __init__(self, name: str, value: str, on_change: OnChange, *, free: bool = False, **settings: Any) -> None:
        super().__init__(name, on_change, **settings)
        self._free = free
        self.value = value

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        self._value = value
        for code, touch in self.touches.items():
            touch.chosen = code == value

    def step(self, by: int) -> None:
        """The next (1) or the one before (-1), by the arrow keys."""
        codes = list(self.touches)
        if codes:
            self._tap(codes[(codes.index(self._value) + by) % len(codes)] if self._value in codes else codes[0])

    def pick(self, number: int) -> None:
        """The n-th one, from 1, by its digit."""
        if 0 < number <= len(self.touches):
            self._tap(list(self.touches)[number - 1])

    def _tap(self, code: str) -> None:
        self.value = "" if self._free and code == self._value else code
        self._on_change(self.name, self._value)


class Choices(Offered):
    """Any number of several; `value` has the codes in the order in which they are offered."""

    def __init__(self, name: str, value: tuple[str, ...], on_change: OnChange, **settings: Any) -> None:
        super().__init__(name, on_change, **settings)
        self.value = value

    @property
    def value(self) -> tuple[str, ...]:
        return tuple(code for code, touch in self.touches.items() if touch.chosen)

    @value.setter
    def value(self, value: tuple[str, ...]) -> None:
        for code, touch in self.touches.items():
            touch.chosen = code in value

    def _tap(self, code: str) -> None:
        self.touches[code].chosen = not self.touches[code].chosen
        self._on_change(self.name, self.value)


class Tick(Touch):
    """Yes or no: a statement that is ticked."""

    def __init__(
        self, name: str, value: bool, on_change: OnChange, *, text: str, hint: str = "", **settings: Any
    ) -> None:
        settings.setdefault("size_hint_y", None)
        settings.setdefault("height", CHOICE_PX + 22 if hint else CHOICE_PX)
        super().__init__(text, hint, **_LIKE_A_CHOICE, **settings)
        touchmap.name(self, f"field.{name}")
        self.name, self._on_change = name, on_change
        self.value = value

    @property
    def value(self) -> bool:
        return bool(self.chosen)

    @value.setter
    def value(self, value: bool) -> None:
        self.chosen = value

    def on_tap(self) -> None:
        self.chosen = not self.chosen
        self._on_change(self.name, self.value)


_LIKE_A_CHOICE: dict[str, Any] = {
    "kind": "secondary",
    "font_px": BODY_PX,
    "hint_px": SMALL_PX - 1,
    "align": "left",
    "radius_px": RADIUS_PX,
    "frame_px": 2,
    "padding": (24, 8),
    "debounce_s": 0.15,
}


def choice(key: str, option: Option, chosen: Callable[[], None]) -> Touch:
    """What one of several looks like; words too long for it become smaller, then two lines."""
    touch = Touch(option.title, option.hint, **_LIKE_A_CHOICE)
    touch.title.max_lines, touch.title.min_px = (1 if option.hint else 2), 18
    touch.subtitle.max_lines, touch.subtitle.min_px = 1, 16
    touch.bind(on_tap=lambda _w: chosen())
    touchmap.name(touch, key)
    return touch
