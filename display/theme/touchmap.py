"""Where the touchable widgets are now, for whoever drives a program from outside by real touches.

With `BANCHENG_TOUCHMAP=/path.json` in the environment the file follows the window, always whole:
`{"touch": {key: [left, top, width, height]}, "off": [key]}`, in pixels from the window's top left corner; `off` are
those that are shown but cannot be pressed. A program may add where it is, such as `"screen": "check"`. Keys and
rectangles only, nothing that anybody typed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from display.theme.window import when_shown

ENVIRONMENT = "BANCHENG_TOUCHMAP"

Rectangle = tuple[float, float, float, float]


def name(widget: Any, key: str) -> Any:
    """Gives a widget its key, such as `login.enter`, and returns it."""
    widget.touch_key = key
    return widget


def follow(
    window: Any, *, where: Callable[[], dict[str, str]] = dict, roots: Callable[[], list[Any]] | None = None
) -> None:
    """Writes the map when it changed, then stood still for a frame and touches count, if the environment asks for it.

    `where` adds to the map; `roots` are the widgets that can be touched now, last drawn first, when that is not the
    whole window: what lies under a modal card is out of reach.
    """
    path = os.environ.get(ENVIRONMENT)
    if not path:
        return
    from display.theme.widgets import Touch  # Kivy reads its environment when first imported

    seen = written = ""

    def flipped(*_: Any) -> None:
        nonlocal seen, written
        said = json.dumps(_seen(window, roots() if roots else window.children) | where(), sort_keys=True)
        if said != seen or Touch.drawing():  # Kivy may still be laying it out: look again after the next frame
            seen = said
            window.canvas.ask_update()
        elif said != written:
            written = said
            whole = Path(f"{path}.new")
            whole.write_text(said)
            whole.replace(path)

    def shown() -> None:
        flipped()
        window.bind(on_flip=flipped)

    when_shown(window, shown)  # a touch before that would go through to whatever is behind


def _seen(window: Any, roots: list[Any]) -> dict[str, Any]:
    touch: dict[str, list[int]] = {}
    off: list[str] = []
    for child in reversed(roots):  # the last drawn comes first in a window's children
        for widget in child.walk():
            key = getattr(widget, "touch_key", "")
            left, bottom, right, top = _shown(widget, window) if key else (0.0, 0.0, 0.0, 0.0)
            if right - left >= 1 and top - bottom >= 1:
                touch[key] = [round(left), round(window.height - top), round(right - left), round(top - bottom)]
                if widget.disabled:
                    off.append(key)
    return {"touch": touch, "off": sorted(off)}


def _shown(widget: Any, window: Any) -> Rectangle:
    """The part of a widget that can be seen, in the window's coordinates: what scrolls is cut by its view."""
    left, bottom = widget.to_window(*widget.pos)
    right, top = widget.to_window(widget.right, widget.top)
    above = widget
    while above.parent is not None and above.parent is not above and above is not window:
        above = above.parent
        if above is not window and hasattr(above, "viewport_size"):
            view_left, view_bottom = above.to_window(*above.pos)
            view_right, view_top = above.to_window(above.right, above.top)
            left, bottom = max(left, view_left), max(bottom, view_bottom)
            right, top = min(right, view_right), min(top, view_top)
    return max(left, 0), max(bottom, 0), min(right, window.width), min(top, window.height)
