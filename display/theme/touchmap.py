"""Where the touchable widgets are now, for whoever drives a program from outside by real touches.

With `BANCHENG_TOUCHMAP=/path.json` in the environment the file follows the window, always whole:
`{"touch": {key: [left, top, width, height]}, "off": [key], "let_go_s": 81.2}`, in pixels from the window's top left
corner; `off` are those that are shown but cannot be pressed. The map knows of every finger that was lifted until
`let_go_s` of the machine's monotonic clock, and what they did is drawn: whoever has touched since waits for another
map. A program may add where it is, such as `"screen": "check"`. Keys and rectangles only, nothing that anybody typed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from display.theme.window import when_shown

ENVIRONMENT = "BANCHENG_TOUCHMAP"
STILL_FRAMES = 2
"""So many turns of the program's loop in a row have nothing to draw before its places are believed."""

Rectangle = tuple[float, float, float, float]


def name(widget: Any, key: str) -> Any:
    """Gives a widget its key, such as `login.enter`, and returns it."""
    widget.touch_key = key
    return widget


def follow(
    window: Any, *, where: Callable[[], dict[str, str]] = dict, roots: Callable[[], list[Any]] | None = None
) -> None:
    """Writes the map once what changed it stands still and touches count, if the environment asks for it.

    It draws nothing itself and looks at no widget while there is something to draw: it costs the program one walk
    after each change. `where` adds to the map; `roots` are the widgets that can be touched now, last drawn first, when
    that is not the whole window: what lies under a modal card is out of reach.
    """
    path = os.environ.get(ENVIRONMENT)
    if not path:
        return
    from kivy.clock import Clock  # Kivy reads its environment when first imported

    from display.theme.widgets import Touch

    whole = Path(f"{path}.new")
    let_go_s = 0.0
    still = 0
    written: dict[str, Any] = {}

    def look(_dt: float) -> None:
        nonlocal still, written
        if window.canvas.needs_redraw:
            return  # the flip that follows asks for another look
        still += 1
        if still < STILL_FRAMES or Touch.drawing():
            look_again()
            return
        found = _seen(window, roots() if roots else window.children) | where() | {"let_go_s": let_go_s}
        if found != written:
            written = found
            whole.write_text(json.dumps(found, sort_keys=True))
            whole.replace(path)

    look_again = Clock.create_trigger(look)

    def moved(*_: Any) -> None:
        nonlocal still
        still = 0
        look_again()

    def let_go(*_: Any) -> None:
        nonlocal let_go_s
        let_go_s = time.monotonic()
        moved()

    def shown() -> None:
        let_go()
        window.bind(on_flip=moved, on_touch_up=let_go)

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
