"""Draws every state of the wall in one window and tells, as JSON, how large everything came out.

`python -m tests.display.wall.measure landscape --pictures DIR`: a line a state; `portrait` and `two` (two screens from
one process) likewise. With a folder each state is saved there as PNG.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from display.theme import window
from display.theme.palette import NIGHT
from display.theme.scale import Scale
from hub.domain.screens import desktop
from tests.display.wall.states import GLASSES, paint_stills, states

LAYOUTS = 4
"""Passes of layout: what a pass moved, the next one follows."""


class Glass:
    """The one window that a process may have, with what is shown in it."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.window = window.prepare(width, height, "measure", background=NIGHT.paper, cursor=False)
        self.root: Any = None

    def put(self, root: Any) -> None:
        if self.root is not None:
            self.window.remove_widget(self.root)
        self.root = root
        self.window.add_widget(root)

    def lay_out(self) -> None:
        """What a frame does before it is drawn, without drawing it."""
        from kivy.clock import Clock

        from display.theme.widgets.text import draw_all

        Clock._max_fps = 0  # nobody looks: no frame waits for its turn
        Clock.tick()
        for _pass in range(LAYOUTS):
            Clock.tick_draw()
        draw_all()

    def drawn(self) -> Any:
        from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
        from PIL import Image

        self.window.dispatch("on_draw")
        data = glReadPixels(0, 0, *self.size, GL_RGB, GL_UNSIGNED_BYTE)
        return Image.frombytes("RGB", self.size, data).transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def measured(glass: str, only: tuple[str, ...], pictures: Path | None) -> Iterator[dict[str, Any]]:
    """`{"state", "found"}`, one after another."""
    shown = dict(states(glass))
    first = next(iter(shown.values()))
    opened = Glass(*desktop(first.walls)[2:])
    from display.wall.app import Screens

    with tempfile.TemporaryDirectory() as place:
        paint_stills(Path(place) / "stills")
        for name, state in shown.items():
            if only and name not in only:
                continue
            screens = Screens(state.walls, state.hall, Path(place))
            opened.put(screens)
            _settle(opened, screens, state)
            if pictures is not None:
                pictures.mkdir(parents=True, exist_ok=True)
                opened.drawn().save(pictures / f"{glass}-{name}.png")
            yield {"state": f"{glass}-{name}", "found": [one for place in screens.places for one in _found(place)]}
            screens.close()


def _settle(opened: Glass, screens: Any, state: Any) -> None:
    """Shows a state until it stands; stills are read beside the program."""
    from display.wall.stills import Stills

    for _pass in range(3):
        screens.show(state.view, state.now_s)
        opened.lay_out()
    for place in screens.places:
        for stills in (part for part in place.screen.parts if isinstance(part, Stills)):
            ends = time.monotonic() + 20
            while stills._picture.size[0] < 1 and time.monotonic() < ends:
                stills.show(state.now_s)
                time.sleep(0.01)
    opened.lay_out()


def _found(place: Any) -> Iterator[dict[str, Any]]:
    """Every text of one screen, in millimetres and degrees."""
    from display.theme.widgets import Text
    from display.wall.calls import CallCard
    from display.wall.recent import Recent

    wall, scale = place.wall, Scale(place.wall)
    for widget in place.walk(restrict=True):
        if not isinstance(widget, Text) or not widget.text.strip() or _hidden(widget):
            continue
        holders = [type(one) for one in _holders(widget)]
        left, bottom = widget.to_window(*widget.pos)
        inside = [left - place.x, bottom - place.y]
        yield {
            "text": widget.text,
            "lines": widget.lines,
            "cap_mm": scale.cap_mm(widget.used_px),
            "least_mm": wall.number_mm,
            "degrees": math.degrees(math.atan(scale.mm(widget.used_px) / wall.viewed_mm)),
            "called": CallCard in holders or Recent in holders,
            "wide": max(one.size[0] for one in widget._placed) if widget._placed else 0,
            "high": (len(widget.lines) - 1) * widget.pitch * widget.used_px + widget.used_px * 0.95,
            "face": widget.face,
            "ink": [[one.pos[0] - place.x, one.pos[1] - place.y, *one.size] for one in widget._placed],
            "rect": [*inside, widget.width, widget.height],
            "glass": [wall.width_px, wall.height_px],
            "color": list(widget.color[:3]),
        }


def _holders(widget: Any) -> Iterator[Any]:
    while widget.parent is not None and widget.parent is not widget:
        widget = widget.parent
        yield widget


def _hidden(widget: Any) -> bool:
    return any(one.opacity == 0 for one in _holders(widget))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("glass", choices=[*GLASSES, "two"])
    asked.add_argument("--only", nargs="+", default=[], help="states of these names")
    asked.add_argument("--pictures", type=Path)
    told = asked.parse_args()
    for one in measured(told.glass, tuple(told.only), told.pictures):
        print(json.dumps(one, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
