"""Where the touches are, for drivers outside the process that tap with real touches.

With `BANCHENG_TOUCHMAP=/path.json` in its environment the kiosk writes, after every drawn change, the screen's name, its
state and each touch: name, rectangle in window pixels from the top left corner, whether it can be pressed. Names of ours
only: nothing a citizen typed or chose is in it. The file is replaced whole. Off by default.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.screens.kit import Key

VARIABLE = "BANCHENG_TOUCHMAP"


class TouchMap:
    """Writes `{"screen": ..., "state": ..., "touches": {name: {"x", "y", "width", "height", "enabled"}}}`."""

    def __init__(self, path: Path, height_px: int) -> None:
        self._path, self._height = path, height_px
        self._written = ""

    def write(self, screen: str, state: str, top: Any) -> None:
        """`top` is the widget that can be touched now: the cover where there is one."""
        touches = {
            key.name: {
                "x": round(key.to_window(*key.pos)[0]),
                "y": round(self._height - key.to_window(*key.pos)[1] - key.height),
                "width": round(key.width),
                "height": round(key.height),
                "enabled": not key.disabled,
            }
            for key in keys_under(top)
        }
        text = json.dumps({"screen": screen, "state": state, "touches": touches})
        if text == self._written:
            return
        with tempfile.NamedTemporaryFile("w", dir=self._path.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, self._path)
        self._written = text


def from_environment(height_px: int) -> TouchMap | None:
    path = os.environ.get(VARIABLE)
    return TouchMap(Path(path), height_px) if path else None


def keys_under(widget: Any) -> Iterator[Key]:
    """Every named touch of a widget tree."""
    if isinstance(widget, Key):
        yield widget
    for child in widget.children:
        yield from keys_under(child)
