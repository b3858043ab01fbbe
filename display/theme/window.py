"""One borderless Kivy window at its place, without Kivy's own habits (configuration files, arguments, red dots)."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import platformdirs

from display.theme import fonts
from display.theme.palette import NORMAL, Colour

_zoomed = False


def environment() -> dict[str, str]:
    """What Kivy must find in the process' environment before it is first imported."""
    return {
        "KIVY_HOME": os.path.join(platformdirs.user_cache_dir("bancheng", appauthor=False), "kivy"),
        "KIVY_NO_CONFIG": "1",
        "KIVY_NO_ARGS": "1",
        "KIVY_NO_FILELOG": "1",
        "KIVY_NO_CONSOLELOG": "1",
        "KIVY_LOG_MODE": "PYTHON",
        "KCFG_KIVY_LOG_LEVEL": "warning",
        "KIVY_METRICS_DENSITY": "1",
    }


def prepare(
    width_px: int,
    height_px: int,
    title: str,
    left: int = 0,
    top: int = 0,
    *,
    background: Colour = NORMAL.paper,
    cursor: bool = True,
    zoom: float = 1.0,
) -> Any:
    """Opens the window and returns it, fonts registered. Call it before anything imports `kivy`.

    Warnings and errors of Kivy go to Python's logging; `cursor=False` hides the pointer, for touchscreens and walls.
    With `zoom` the window is that much smaller than its picture, which `stage` then shrinks.
    """
    global _zoomed
    _zoomed = zoom != 1.0
    os.environ.update(environment())
    from kivy.config import Config

    settings: dict[str, dict[str, object]] = {
        "kivy": {
            "default_font": [
                fonts.SANS,
                *(str(fonts.face(weight)) for weight in ("Regular", "Regular", "Bold", "Bold")),
            ],
            "exit_on_escape": 0,
        },
        "graphics": {
            "width": round(width_px * zoom),
            "height": round(height_px * zoom),
            "left": left,
            "top": top,
            "position": "custom",  # SDL centres windows otherwise, and scripted touches miss
            "borderless": 1,
            "resizable": 0,
            "multisamples": 0,  # shapes are drawn smooth; multisampling in software costs a core
            "show_cursor": int(cursor),
        },
    }
    for section, values in settings.items():
        for key, value in values.items():
            Config.set(section, key, str(value))
    # Touches come from SDL alone: a second reader of the same device delivers each of them twice.
    for name in list(Config["input"]):
        Config.remove_option("input", name)
    Config.set("input", "mouse", "mouse,disable_multitouch")

    fonts.register()
    from kivy.core.window import Window

    Window.clearcolor = background
    Window.set_title(title)
    return Window


def sharp(texture: Any) -> Any:
    """A texture that is drawn dot for dot, without asking its neighbours: a fifth of what a frame costs in software."""
    if not _zoomed:
        texture.mag_filter = texture.min_filter = "nearest"
    return texture


def stage(root: Any, width_px: int, height_px: int, zoom: float) -> Any:
    """The root widget at its true size, drawn and touched `zoom` times as large: for a desk smaller than the screen."""
    if zoom == 1.0:
        return root
    from kivy.uix.scatter import Scatter

    size = (width_px, height_px)
    shrunk = Scatter(do_rotation=False, do_scale=False, do_translation=False, size_hint=(None, None), size=size)
    root.size_hint, root.size = (None, None), size
    shrunk.add_widget(root)
    shrunk.scale = zoom
    shrunk.pos = (0, 0)
    return shrunk


def when_shown(opened: Any, then: Callable[[], None]) -> None:
    """Calls `then` once, as soon as the first frame stands on the screen."""
    from kivy.clock import Clock

    def flipped(*_: Any) -> None:
        opened.unbind(on_flip=flipped)
        Clock.schedule_once(lambda _: then(), 0)

    opened.bind(on_flip=flipped)
