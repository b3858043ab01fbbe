"""Draws every state of every screen in a window of its own and tells, as JSON, how large everything came out.

`python -m tests.kiosk.screens.measure HALL WIDTH_MM [PICTURES]`: with a folder, each state is saved there as PNG.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from display.theme import window
from hub.domain.hall import Screen

WIDTH_PX, HEIGHT_PX = 1080, 1920


def main(template: str, width_mm: float, pictures: Path | None) -> None:
    opened = window.prepare(WIDTH_PX, HEIGHT_PX, "measure", cursor=False)
    from kivy.app import App
    from kivy.clock import Clock
    from kivy.uix.floatlayout import FloatLayout

    from display.theme.scale import Scale
    from kiosk.input.pinyin import Pinyin
    from kiosk.screens.kit import Kit
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.states import States

    glass = Screen(width_px=WIDTH_PX, height_px=HEIGHT_PX, width_mm=width_mm, height_mm=width_mm * 16 / 9)
    scale = Scale(glass)
    pinyin = Pinyin()
    states = States(Kit(a_hall(template), a_policy(template), scale, "zh_Hans"), pinyin)
    waiting = list(states.all)

    class Measure(App):
        def build(self) -> FloatLayout:
            self.place = FloatLayout()
            Clock.schedule_once(self.show)
            return self.place

        def show(self, _dt: float) -> None:
            self.place.clear_widgets()
            if not waiting:
                self.stop()
                return
            self.place.add_widget(states.all[waiting[0]]())
            self.frames = 6  # layouts settle within a few frames
            Clock.schedule_once(self.settle)

        def settle(self, _dt: float) -> None:
            self.frames -= 1
            if self.frames:
                opened.canvas.ask_update()
                Clock.schedule_once(self.settle)
                return
            state = waiting.pop(0)
            print(json.dumps({"state": state, "found": list(measures(self.place, scale))}, ensure_ascii=False))
            if pictures:
                save(pictures / f"{state}.png")
            Clock.schedule_once(self.show)

    Measure().run()
    pinyin.close()


def measures(root: Any, scale: Any) -> Any:
    """Every touch and every text below `root`, in millimetres and pixels."""
    from kivy.uix.boxlayout import BoxLayout

    from display.theme.widgets import Text
    from kiosk.screens.kit import Key
    from kiosk.screens.sizes import SIDE_CAP_MM

    for widget in root.walk():
        left, bottom = widget.to_window(*widget.pos)
        place = {"rect": [left, bottom, widget.width, widget.height]}
        if isinstance(widget, Key):
            size_mm = [scale.mm(widget.width), scale.mm(widget.height)]
            yield {"what": "touch", "name": widget.touch_key, "main": widget.main, "mm": size_mm, **place}
        elif isinstance(widget, Text) and widget.text.strip():
            yield {
                "what": "text",
                "text": widget.text,
                "lines": widget.lines,
                "cap_mm": scale.cap_mm(widget.used_px),
                "least_mm": getattr(widget, "least_cap_mm", SIDE_CAP_MM),
                "wide": max(one.size[0] for one in widget._placed),
                "high": (len(widget.lines) - 1) * widget.pitch * widget.used_px + widget.used_px,
                "may_be_cut": bool(getattr(widget, "may_be_cut", False)),
                **place,
            }
        elif isinstance(widget, BoxLayout):
            over = [max(0, widget.minimum_width - widget.width), max(0, widget.minimum_height - widget.height)]
            yield {"what": "box", "over": over, "name": type(widget).__name__, **place}


def save(path: Path) -> None:
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    data = glReadPixels(0, 0, WIDTH_PX, HEIGHT_PX, GL_RGB, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGB", (WIDTH_PX, HEIGHT_PX), data)
    picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM).save(path)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
