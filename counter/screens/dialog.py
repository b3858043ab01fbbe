"""A question over everything else; Enter says yes, Esc says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.anchorlayout import AnchorLayout

from counter.screens.parts import Press, Row, small
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, Text


class Dialog(AnchorLayout):
    """What is below cannot be touched until it is answered."""

    def __init__(
        self,
        title: str,
        text: str,
        yes: str,
        no: str,
        on_yes: Callable[[], None],
        on_no: Callable[[], None],
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self._yes, self._no = on_yes, on_no
        with self.canvas.before:
            Color(*P.night[:3], 0.6)
            self._ground = Rectangle()
        self.bind(pos=self._place, size=self._place)
        card = Panel(orientation="vertical", fill=P.card, radius_px=20, padding=(48, 40), spacing=24)
        card.size_hint, card.width = (None, None), 720
        card.bind(minimum_height=card.setter("height"))
        card.add_widget(Text(title, font_px=38, bold=True))
        card.add_widget(small(text, font_px=25))
        card.add_widget(
            Row(
                Press("dialog.no", no, on_no, shortcut="Esc"),
                Press("dialog.yes", yes, on_yes, shortcut="Enter", kind="primary"),
                height=80,
                spacing=20,
            )
        )
        self.add_widget(card)

    def press(self, key: str) -> bool:
        if key == "enter":
            self._yes()
        elif key == "escape":
            self._no()
        return True

    def on_touch_down(self, touch: Any) -> bool:
        super().on_touch_down(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        super().on_touch_up(touch)
        return True

    def _place(self, *_: Any) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size
