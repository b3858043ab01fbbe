"""Pieces that the counter's screens share: columns, scrolling, fields to type in, buttons with their key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.effects.scroll import ScrollEffect
from kivy.graphics import Color, Rectangle
from kivy.properties import ColorProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.scrollview import ScrollView
from kivy.uix.textinput import TextInput
from kivy.uix.widget import Widget

from display.theme import fonts, touchmap
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text, Touch

RADIUS_PX = 16
BODY_PX, SMALL_PX, HEAD_PX, TITLE_PX = 25, 21, 28, 38
GAP_PX = 16
CLEAR = (0.0, 0.0, 0.0, 0.0)
SCROLLING: dict[str, Any] = {
    "do_scroll_x": False,
    "bar_width": 10,
    "bar_color": P.line,
    "bar_inactive_color": P.line,
    "scroll_type": ["bars", "content"],
    "scroll_wheel_distance": 90,
    "effect_cls": ScrollEffect,
}
"""How everything scrolls that is longer than its place: a bar that can be dragged, a wheel, no swing."""


class Column(BoxLayout):
    """Things below each other, as high as they are together."""

    def __init__(self, *children: Widget, spacing: float = GAP_PX, **settings: Any) -> None:
        super().__init__(orientation="vertical", spacing=spacing, size_hint_y=None, **settings)
        self.bind(minimum_height=self.setter("height"))
        for child in children:
            self.add_widget(child)


class Row(BoxLayout):
    """Things beside each other, of one height; without `height` as high as the highest."""

    def __init__(self, *children: Widget, height: float = 0, spacing: float = GAP_PX, **settings: Any) -> None:
        super().__init__(orientation="horizontal", spacing=spacing, size_hint_y=None, **settings)
        if height:
            self.height = height
        else:
            self.bind(minimum_height=self.setter("height"))
        for child in children:
            self.add_widget(child)


class Scroll(ScrollView):
    """A view on something longer than its place, with a bar that can be dragged."""

    def __init__(self, content: Widget | None = None, **settings: Any) -> None:
        super().__init__(
            bar_margin=2,
            **SCROLLING,
            **settings,
        )
        if content is not None:
            self.add_widget(content)

    def to_top(self) -> None:
        self.scroll_y = 1


class Typing(TextInput):
    """A text field that leaves the X primary selection alone: Kivy hands what is selected to a helper process."""

    def _update_cutbuffer(self, *_: Any) -> None:
        pass


class Field(Panel):
    """A place to type in, with its frame; takes what an input method or the clipboard brings."""

    def __init__(
        self,
        key: str,
        *,
        hint: str = "",
        multiline: bool = False,
        password: bool = False,
        font_px: float = BODY_PX,
        on_text: Callable[[str], None] | None = None,
        on_enter: Callable[[], None] | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(fill=P.card, frame=P.line, frame_px=2, radius_px=RADIUS_PX, padding=3, **settings)
        self.input = Typing(
            font_name=fonts.SANS,
            font_size=font_px,
            line_spacing=round(font_px * 0.18),
            multiline=multiline,
            password=password,
            password_mask="●",  # noqa: S106 - what hides a PIN, not one
            write_tab=False,
            hint_text=hint,
            hint_text_color=P.faint,
            foreground_color=P.ink,
            background_color=CLEAR,
            background_normal="",
            background_active="",
            cursor_color=P.jade,
            cursor_width=2,
            cursor_blink=False,
            selection_color=(*P.gold[:3], 0.4),
            padding=(20, 14),
            use_bubble=False,
            use_handles=False,
        )
        touchmap.name(self.input, key)
        self.input.fbind("focus", self._framed)
        if on_text is not None:
            self.input.fbind("text", lambda _w, text: on_text(text))
        if on_enter is not None:
            self.input.bind(on_text_validate=lambda _w: on_enter())
        self.add_widget(self.input)

    @property
    def text(self) -> str:
        return str(self.input.text)

    @text.setter
    def text(self, text: str) -> None:
        self.input.text = text

    def take_focus(self) -> None:
        """Puts the caret here when it is laid out: Kivy takes it away from wherever the touch now ending was not."""
        Clock.schedule_once(lambda _dt: setattr(self.input, "focus", True))

    def wipe(self) -> None:
        """Forgets what was typed, undo included."""
        self.input.text = ""
        self.input.reset_undo()

    def _framed(self, _widget: Any, focused: bool) -> None:
        self.frame, self.frame_px = (P.jade, 3) if focused else (P.line, 2)


class Press(Touch):
    """A button of the counter: its words, what it is for, and the key that does the same."""

    def __init__(
        self,
        key: str,
        text: str,
        on_tap: Callable[[], None],
        *,
        hint: str = "",
        shortcut: str = "",
        kind: str = "secondary",
        height: float = 76,
        font_px: float = 27,
        **settings: Any,
    ) -> None:
        settings.setdefault("align", "left" if hint or shortcut else "center")
        super().__init__(
            text,
            font_px=font_px,
            kind=kind,
            orientation="horizontal",
            radius_px=RADIUS_PX,
            frame_px=2,
            padding=(24, 8),
            spacing=12,
            size_hint_y=None,
            height=height,
            debounce_s=0.15,
            **settings,
        )
        self.aside: list[Text] = []
        for words in (hint, shortcut):
            if words:
                one = Text(words, font_px=SMALL_PX, hug=True, align="right", size_hint_y=1, bold=words is shortcut)
                self.aside.append(one)
                self.add_widget(one)
        self.bind(on_tap=lambda _w: on_tap())
        touchmap.name(self, key)
        self._look()

    def _look(self, *args: Any) -> None:
        super()._look(*args)
        for one in getattr(self, "aside", []):
            plain = self.kind in ("secondary", "quiet") and not self.disabled
            one.color = self.palette.ink_2 if plain else self.title.color


class Band(BoxLayout):
    """A flat surface without corners: header, rail, columns."""

    fill = ColorProperty(CLEAR)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        with self.canvas.before:
            self._tint = Color(*self.fill)
            self._ground = Rectangle()
        for name in ("pos", "size", "fill"):
            self.fbind(name, self._draw)
        self._draw()

    def _draw(self, *_: Any) -> None:
        self._tint.rgba = self.fill
        self._ground.pos, self._ground.size = self.pos, self.size


def label(name: str, value: str, *, value_px: float = BODY_PX) -> Column:
    """A field of a form: its name small above its value."""
    words = Text(value, font_px=value_px, pitch=1.4)
    return Column(Text(name, font_px=SMALL_PX, color=P.ink_2, pitch=1.35), words, spacing=0, pos_hint={"top": 1})


def heading(words: str) -> Text:
    return Text(words, font_px=HEAD_PX, bold=True, pitch=1.4)


def small(words: str, **settings: Any) -> Text:
    for name, value in (("font_px", SMALL_PX), ("color", P.ink_2), ("pitch", 1.45)):
        settings.setdefault(name, value)
    return Text(words, **settings)


def side(*children: Widget, **settings: Any) -> Band:
    """A column of the window, from top to bottom."""
    band = Band(orientation="vertical", fill=P.card, padding=24, spacing=GAP_PX, **settings)
    for child in children:
        band.add_widget(child)
    return band
