"""What lies over a screen: the warning before everything is wiped, a question, help on its way; and 暂停服务 whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme import fonts
from display.theme.widgets import Panel, Text
from kiosk.screens.kit import Kit
from kiosk.screens.spoken import unspoken


class Cover(AnchorLayout):
    """A card in the middle; nothing beneath it can be touched. `count` is the large number of the warning."""

    def __init__(
        self, kit: Kit, name: str, answers: list[tuple[str, str, Callable[[], None]]], **values: object
    ) -> None:
        super().__init__(anchor_x="center", anchor_y="center", padding=kit.edge_px)
        self.name = name
        with self.canvas.before:
            Color(0.05, 0.1, 0.13, 0.78)
            self._shade = Rectangle()
        self.bind(pos=self._spread, size=self._spread)
        words = kit.words
        card = kit.card(
            kit.title(words(f"{name}.title", **values), px=64, align="center"),
            orientation="vertical",
            padding=(56, 56),
            spacing=32,
            radius_px=36,
        )
        self._count = Text("", font_px=180, face=fonts.BLACK, align="center", pitch=1.1, color=kit.palette.seal)
        if name == "warning":
            card.add_widget(unspoken(self._count))
        card.add_widget(kit.text(words(f"{name}.text", **values), px=42, align="center"))
        row = BoxLayout(size_hint_y=None, height=kit.target_px(140), spacing=24)
        for key, kind, then in answers:
            row.add_widget(kit.key(key, words(f"{name}.{key}"), kind=kind, px=46, then=then))
        card.add_widget(row)
        self.add_widget(card)

    def count(self, seconds: int) -> None:
        self._count.text = str(seconds)

    def on_touch_down(self, touch: Any) -> bool:
        super().on_touch_down(touch)
        return True

    def _spread(self, *_: Any) -> None:
        self._shade.pos, self._shade.size = self.pos, self.size


class Fault(BoxLayout):
    """机器故障，正在维修 (R67), with the nearest people (R65)."""

    name = "fault"

    def state(self) -> str:
        return ""

    def __init__(self, kit: Kit) -> None:
        super().__init__(orientation="vertical", padding=(kit.edge_px, 200), spacing=48)
        self.add_widget(Widget())
        panel = Panel(fill=kit.palette.jade, radius_px=36, orientation="vertical", padding=(56, 80), size_hint_y=None)
        panel.height = 420
        on = kit.palette.on_jade
        panel.add_widget(kit.title(kit.words("fault.title"), px=84, color=on, align="center"))
        panel.add_widget(kit.text(kit.words("fault.text"), px=44, color=on, align="center"))
        self.add_widget(panel)
        where = kit.words("rejected.where", window=kit.hall.window_name, place=kit.hall.place)
        self.add_widget(kit.text(where, px=48, bold=True, align="center"))
        if kit.hall.phone:
            self.add_widget(kit.text(kit.words("home.phone", phone=kit.hall.phone), px=42, align="center"))
        self.add_widget(Widget())
