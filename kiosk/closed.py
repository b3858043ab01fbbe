"""A window for a kiosk whose hall, policy or keys cannot be read: 机器故障，正在维修 (R67), until they can.

It needs none of them. A dark glass tells a citizen nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from display.theme import window
from hub.domain.hall import Screen
from hub.domain.words import Words
from kiosk.heartbeat import EVERY_S, Heartbeat

LOOK_AGAIN_S = 10.0


def show(screen: Screen, heartbeat: Heartbeat, mended: Callable[[], bool]) -> None:
    """Returns once what was wrong is `mended`; the watchdog then starts the kiosk."""
    opened = window.prepare(screen.width_px, screen.height_px, "bancheng-kiosk", cursor=False)

    from kivy.app import App
    from kivy.clock import Clock
    from kivy.uix.anchorlayout import AnchorLayout
    from kivy.uix.boxlayout import BoxLayout

    from display.theme import touchmap
    from display.theme.palette import NORMAL
    from display.theme.scale import Scale
    from display.theme.widgets import Panel, Text
    from kiosk.screens.sizes import MAIN_CAP_MM

    words, least_px = Words("kiosk", "zh_Hans"), Scale(screen).font(MAIN_CAP_MM)

    class Closed(App):
        """One sign and no touch."""

        def build(self) -> AnchorLayout:
            Clock.schedule_interval(lambda _dt: heartbeat.beat(), EVERY_S)
            Clock.schedule_interval(lambda _dt: self.stop() if mended() else None, LOOK_AGAIN_S)
            touchmap.follow(opened, where=lambda: {"screen": "closed"})
            sign = Panel(
                fill=NORMAL.jade,
                radius_px=36,
                orientation="vertical",
                padding=(56, 80),
                spacing=24,
                size_hint_y=None,
                height=max(480, 6 * least_px),
            )
            for key, px in (("fault.title", 84), ("fault.text", 44)):
                line = Text(words(key), font_px=max(px, least_px), align="center", color=NORMAL.on_jade)
                line.bold = key == "fault.title"
                box = BoxLayout()
                box.add_widget(line)
                sign.add_widget(box)
            root = AnchorLayout(padding=64)
            root.add_widget(sign)
            return root

    Closed().run()
