"""What the screens of the rail that are not about one case have in common: a title, columns, and a foot that sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.screens.parts import TITLE_PX, Column, Press, Row, Scroll, side, small
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider, Text
from hub.wire.messages import Rejected


class Page(BoxLayout):
    """A screen behind one item of the rail."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(**settings)
        self.place = place

    def show(self) -> None:
        """What it shows is brought up to date; called often."""

    def enter(self) -> None:
        """It comes to the front."""

    def close(self) -> None:
        """The shift ends: nothing that was typed stays."""

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        """A key of the keyboard; true when it meant something here."""
        return False

    @property
    def me(self) -> str:
        """The code of whoever is logged in."""
        return self.place.session.staff.staff if self.place.session.staff is not None else ""


class Foot(BoxLayout):
    """What is still missing, and the one primary action, bottom right."""

    def __init__(
        self, key: str, words: str, send: Callable[[], None], *, width: float = 400, shortcut: str = "Ctrl+Enter"
    ) -> None:
        super().__init__(size_hint_y=None, height=84, spacing=24)
        self.ready = small("", size_hint_y=1)
        self.button = Press(
            key,
            words,
            send,
            kind="primary",
            shortcut=shortcut,
            height=84,
            font_px=29,
            size_hint_x=None,
            width=width,
        )
        self.add_widget(self.ready)
        self.add_widget(self.button)

    def tell(
        self, place: Workplace, said: str, *, off: bool, sending: bool = False, refused: Rejected | None = None
    ) -> None:
        """`said` is what is missing, or what comes of it; who waits, sees old news or was refused is told that instead.

        Without a hub, and while something is sent, the button is off too.
        """
        words = place.say.words
        self.ready.color = P.ink_2
        if sending:
            said = words("action.sending")
        elif not place.live:
            said = words("page.stale")
        elif refused is not None:
            said, self.ready.color = place.say.rejected(refused), P.seal
        self.ready.text = said
        self.button.disabled = off or sending or not place.live

    def press(self, key: str, ctrl: bool) -> bool:
        if key == "enter" and ctrl:
            if not self.button.disabled:
                self.button.dispatch("on_tap")
            return True
        return False


def title(words: str, note: str = "") -> Column:
    column = Column(Text(words, font_px=TITLE_PX, bold=True, pitch=1.35), spacing=2)
    if note:
        column.add_widget(small(note))
    return column


def body(*children: Widget, foot: Widget | None = None, **settings: Any) -> BoxLayout:
    """A column on the paper that scrolls, with its foot below."""
    box = BoxLayout(orientation="vertical", padding=(36, 28, 28, 24), spacing=16, **settings)
    box.add_widget(Scroll(Column(*children, spacing=18, padding=(0, 0, 20, 12))))
    if foot is not None:
        box.add_widget(foot)
    return box


def aside(*children: Widget, width: float, foot: Widget | None = None) -> BoxLayout:
    """A white column beside it, which scrolls too."""
    band = side(Scroll(Column(*children, spacing=18, padding=(0, 0, 18, 0))), size_hint_x=None, width=width)
    if foot is not None:
        band.add_widget(foot)
    return band


def between() -> Divider:
    return Divider(upright=True, color=P.line)


def pair(*children: Widget) -> Row:
    """Fields beside each other, from the same height."""
    for one in children:
        one.pos_hint = {"top": 1}
    return Row(*children, spacing=20)
