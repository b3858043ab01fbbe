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
from kiosk.screens.fitting import TITLE_PITCH, lines_of
from kiosk.screens.kit import Key, Kit
from kiosk.screens.spoken import unspoken

MOST_WIDE_PX, AROUND_PX, BETWEEN_PX, ANSWER_PX, COUNT_PX = 1120, 56, 28, 44, 170


class Cover(AnchorLayout):
    """A card in the middle; nothing beneath it can be touched. `count` is the large number of the warning."""

    def __init__(
        self, kit: Kit, name: str, answers: list[tuple[str, str, Callable[[], None]]], **values: object
    ) -> None:
        super().__init__(anchor_x="center", anchor_y="center", padding=kit.edge_px)
        self.name, self.kit = name, kit
        with self.canvas.before:
            Color(0.05, 0.1, 0.13, 0.78)
            self._shade = Rectangle()
        self.bind(pos=self._spread, size=self._spread)
        words, around = kit.words, kit.high_px(AROUND_PX)
        wide = min(kit.shape.width_px - 2 * kit.edge_px, MOST_WIDE_PX)
        inner = wide - 2 * AROUND_PX
        title = kit.headline(words(f"{name}.title", **values), 64, inner, align="center")
        card = kit.card(
            title, padding=(AROUND_PX, around), spacing=kit.high_px(BETWEEN_PX), radius_px=36, size_hint_x=None
        )
        card.width = wide
        card.frame, card.frame_px = kit.palette.line, 3
        count_px = kit.high_px(COUNT_PX)
        self._count = Text("", font_px=count_px, face=fonts.BLACK, align="center", pitch=1.1, color=kit.palette.seal)
        if name == "warning":
            card.add_widget(unspoken(self._count))
        card.add_widget(kit.text(words(f"{name}.text", **values), px=42, align="center", width=inner))
        card.add_widget(self._answers(answers, inner))
        self.add_widget(card)

    def count(self, seconds: int) -> None:
        self._count.text = str(seconds)

    def on_touch_down(self, touch: Any) -> bool:
        super().on_touch_down(touch)
        return True

    def _answers(self, answers: list[tuple[str, str, Callable[[], None]]], inner: float) -> Widget:
        """Beside each other where their words have room on two lines, else below each other."""
        kit, gap = self.kit, self.kit.gap_px(24)
        keys = [self._key(one, kind, then) for one, kind, then in answers]
        room = (inner - gap * (len(keys) - 1)) / len(keys) - 32
        px = kit.main_px(ANSWER_PX)
        lines = max(lines_of(key.text, px, room, kit.face, bold=True) for key in keys)
        beside = lines == 1 or (lines == 2 and len(keys) <= 2)
        high = max(kit.target_px(132), (min(lines, 2) * px * TITLE_PITCH) + 24)
        if not beside:
            high = max(kit.target_px(100), px * TITLE_PITCH + 24)
        box = BoxLayout(orientation="horizontal" if beside else "vertical", spacing=gap, size_hint_y=None)
        box.height = high if beside else len(keys) * high + (len(keys) - 1) * gap
        for key in keys:
            box.add_widget(key)
        return box

    def _key(self, name: str, kind: str, then: Callable[[], None]) -> Key:
        words = self.kit.words(f"{self.name}.{name}")
        return self.kit.key(name, words, kind=kind, px=ANSWER_PX, then=then, padding=(16, 8))

    def _spread(self, *_: Any) -> None:
        self._shade.pos, self._shade.size = self.pos, self.size


class Fault(BoxLayout):
    """机器故障，正在维修 (R67), with the nearest people (R65)."""

    name = "fault"

    def state(self) -> str:
        return ""

    def __init__(self, kit: Kit) -> None:
        side = kit.edge_px if not kit.shape.across else 280
        super().__init__(orientation="vertical", padding=(side, kit.high_px(48)), spacing=kit.high_px(44))
        inner, on = kit.shape.width_px - 2 * side, kit.palette.on_jade
        panel = Panel(
            fill=kit.palette.jade,
            radius_px=36,
            orientation="vertical",
            padding=(56, kit.high_px(72)),
            spacing=kit.high_px(20),
            size_hint_y=None,
        )
        panel.bind(minimum_height=panel.setter("height"))
        panel.add_widget(kit.headline(kit.words("fault.title"), 84, inner - 112, color=on, align="center"))
        panel.add_widget(kit.text(kit.words("fault.text"), px=44, color=on, align="center", width=inner - 112))
        self.add_widget(Widget())
        self.add_widget(panel)
        where = kit.words("rejected.where", window=kit.hall.window_name, place=kit.hall.place)
        self.add_widget(kit.text(where, px=48, bold=True, align="center", width=inner))
        if kit.hall.phone:
            self.add_widget(kit.text(kit.words("home.phone", phone=kit.hall.phone), px=42, align="center"))
        self.add_widget(Widget())
