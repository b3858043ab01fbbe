"""A window for a program whose hall, policy or keys cannot be read: a calm sign (R67) until they can.

It needs none of them. A dark glass tells a citizen nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence

from display.theme import window
from display.watch.heartbeat import EVERY_S, Heartbeat
from hub.domain.screens import Screen
from hub.errors import HubError

LOOK_AGAIN_S = 10.0
MM_A_PX = 336.0 / 1080
"""Of a 27 inch glass: what displays say of their millimetres is seldom so."""


class NoDisplay(HubError):
    """There is nothing to show the sign on."""

    code = "no_display"


def show(
    heartbeat: Heartbeat,
    mended: Callable[[], bool],
    said: tuple[str, str],
    sizes: Callable[[Screen], Sequence[int]],
) -> None:
    """Returns once what was wrong is `mended`; the watchdog then starts the program.

    `said` is a title and a text, `sizes` gives their font sizes in px.
    """
    screen = _glass()
    opened = window.prepare(screen.width_px, screen.height_px, "bancheng", cursor=False)
    title_px, text_px = sizes(screen)

    from kivy.app import App
    from kivy.clock import Clock
    from kivy.uix.anchorlayout import AnchorLayout
    from kivy.uix.boxlayout import BoxLayout

    from display.theme import touchmap
    from display.theme.palette import NORMAL
    from display.theme.widgets import Panel, Text

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
                height=max(480, 6 * text_px),
            )
            for words, px in zip(said, (title_px, text_px), strict=True):
                line = Text(words, font_px=px, align="center", color=NORMAL.on_jade)
                line.bold = px == title_px
                box = BoxLayout()
                box.add_widget(line)
                sign.add_widget(box)
            root = AnchorLayout(padding=64)
            root.add_widget(sign)
            return root

    Closed().run()


def _glass() -> Screen:
    """The display as it is: what it should be stands in the file that cannot be read."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    if not display:
        raise NoDisplay("no X server answers; the next window waits for one")
    width_px, height_px = x11.XDisplayWidth(display, 0), x11.XDisplayHeight(display, 0)
    x11.XCloseDisplay(display)
    return Screen(width_px=width_px, height_px=height_px, width_mm=width_px * MM_A_PX, height_mm=height_px * MM_A_PX)
