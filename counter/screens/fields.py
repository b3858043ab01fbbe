"""Fields of a form. Each takes its name, its value and who is told of a change, and knows nothing else.

`on_change(name, value)` hears what a person changed, never what a program set. A field that can be typed in also has
`take_focus` and `wipe`, which forgets what was typed. Its key on the touch map is `field.NAME`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.dates import date_of
from counter.screens.choices import OnChange
from counter.screens.parts import BODY_PX, Column, Field, Press, Row, small
from display.theme.palette import NORMAL as P
from display.theme.widgets import Text

LINE_PX = 68


def question(words: str, field: Widget, *, remark: str = "", missing: bool = False) -> Column:
    """A field under what it asks for; `remark` stands beside it, in the colour of what is still missing."""
    head = Row(Text(words, font_px=BODY_PX, bold=True, hug=True), spacing=16, height=36)
    head.add_widget(small(remark, color=P.seal if missing else P.ink_2, size_hint_y=1))
    return Column(head, field, spacing=6)


class Words(Field):
    """Text of one line, or of `rows` lines."""

    def __init__(
        self, name: str, value: str, on_change: OnChange, *, hint: str = "", rows: int = 1, **settings: Any
    ) -> None:
        settings.setdefault("size_hint_y", None)
        settings.setdefault("height", LINE_PX + (rows - 1) * round(BODY_PX * 1.5))
        super().__init__(f"field.{name}", hint=hint, multiline=rows > 1, **settings)
        self.name = name
        self.value = value
        self.input.fbind("text", self._typed)
        self._on_change = on_change

    @property
    def value(self) -> str:
        return self.text

    @value.setter
    def value(self, value: str) -> None:
        """Sets it without telling; what stands there already keeps its caret."""
        self._telling = False
        if self.text != value:
            self.text = value
        self._telling = True

    def wipe(self) -> None:
        self._telling = False
        super().wipe()
        self._telling = True

    def _typed(self, _input: Any, text: str) -> None:
        if self._telling:
            self._on_change(self.name, text)


class Lines(Words):
    """Several entries, each on a line of its own: a tuple without empty ones."""

    def __init__(
        self, name: str, value: tuple[str, ...], on_change: OnChange, *, hint: str = "", rows: int = 4, **settings: Any
    ) -> None:
        super().__init__(
            name,
            "\n".join(value),
            lambda name, text: on_change(name, entries(text)),
            hint=hint,
            rows=rows,
            **settings,
        )


def entries(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(one.strip() for one in text.splitlines() if one.strip())


class Number(BoxLayout):
    """A whole number between `least` and `most`, by its two buttons or typed."""

    def __init__(
        self, name: str, value: int, on_change: OnChange, *, least: int = 0, most: int = 999, **settings: Any
    ) -> None:
        super().__init__(spacing=12, size_hint=(None, None), size=(330, LINE_PX), **settings)
        self.name, self._on_change, self._least, self._most = name, on_change, least, most
        self.words = Words(name, str(value), self._typed, size_hint_x=None, width=150)
        self.words.input.input_filter = "int"
        self.words.input.halign = "center"
        for part in (_step(f"{name}.less", "−", partial(self.move, -1)), self.words):
            self.add_widget(part)
        self.add_widget(_step(f"{name}.more", "+", partial(self.move, 1)))

    @property
    def value(self) -> int:
        """What is typed, held within its bounds; the least while it is no number."""
        text = self.words.value.strip()
        return max(self._least, min(self._most, int(text))) if text.isascii() and text.isdigit() else self._least

    @value.setter
    def value(self, value: int) -> None:
        self.words.value = str(value)

    def take_focus(self) -> None:
        self.words.take_focus()

    def wipe(self) -> None:
        self.words.wipe()

    def move(self, by: int) -> None:
        """So many more, or fewer, within its bounds."""
        self.value = max(self._least, min(self._most, self.value + by))
        self._on_change(self.name, self.value)

    def _typed(self, name: str, _text: str) -> None:
        self._on_change(name, self.value)


class Day(BoxLayout):
    """A date, typed as 2026-11-23 or moved day by day; None while what stands there is none.

    `say` gives the words beside it, such as the day of the week; `start` is where the buttons begin from nothing.
    """

    def __init__(
        self,
        name: str,
        value: dt.date | None,
        on_change: OnChange,
        *,
        start: dt.date,
        say: Callable[[dt.date], str] = str,
        **settings: Any,
    ) -> None:
        super().__init__(spacing=12, size_hint_y=None, height=LINE_PX, **settings)
        self.name, self._on_change, self._start, self._say = name, on_change, start, say
        self.words = Words(name, str(value or ""), self._typed, hint=f"{start:%Y-%m-%d}", size_hint_x=None, width=210)
        self.said = Text("", font_px=BODY_PX - 2, size_hint_y=1, color=P.ink_2)
        for part in (_step(f"{name}.less", "−", partial(self._step, -1)), self.words):
            self.add_widget(part)
        self.add_widget(_step(f"{name}.more", "+", partial(self._step, 1)))
        self.add_widget(self.said)
        self._tell()

    @property
    def value(self) -> dt.date | None:
        return date_of(self.words.value)

    @value.setter
    def value(self, value: dt.date | None) -> None:
        self.words.value = str(value or "")
        self._tell()

    def take_focus(self) -> None:
        self.words.take_focus()

    def wipe(self) -> None:
        self.words.wipe()
        self._tell()

    def _step(self, by: int) -> None:
        self.value = self.value + dt.timedelta(days=by) if self.value else self._start
        self._on_change(self.name, self.value)

    def _typed(self, name: str, _text: str) -> None:
        self._tell()
        self._on_change(name, self.value)

    def _tell(self) -> None:
        self.said.text = self._say(self.value) if self.value else ""


def _step(key: str, sign: str, on_tap: Callable[[], None]) -> Press:
    press = Press(key, sign, on_tap, height=LINE_PX, font_px=34, size_hint_x=None, width=72)
    press.padding = (4, 4)
    return press
