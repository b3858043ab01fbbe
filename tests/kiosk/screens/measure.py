"""Draws every state of every screen in a window of its own and tells, as JSON, how large everything came out.

`python -m tests.kiosk.screens.measure HALL --across --language en --big --contrast --low --pictures DIR`: with a
folder, each state is saved there as PNG. A citizen's modes, and a glass upright or across.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes

INCH_27_MM = 336.0


def main(asked: argparse.Namespace) -> None:
    short_mm, long_mm = asked.short_mm, asked.short_mm * 16 / 9
    size = (1920, 1080, long_mm, short_mm) if asked.across else (1080, 1920, short_mm, long_mm)
    glass = Screen(width_px=size[0], height_px=size[1], width_mm=size[2], height_mm=size[3])
    modes = Modes(language=asked.language, big=asked.big, contrast=asked.contrast, low=asked.low)
    opened = window.prepare(glass.width_px, glass.height_px, "measure", cursor=False)
    from kivy.app import App
    from kivy.clock import Clock
    from kivy.uix.floatlayout import FloatLayout

    from kiosk.input.pinyin import Pinyin
    from kiosk.screens.kit import Kit
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.states import States

    pinyin = Pinyin()
    kit = Kit(a_hall(asked.hall), a_policy(asked.hall), glass, modes)
    scale = kit.scale
    opened.clearcolor = kit.palette.paper
    states = States(kit, pinyin)
    waiting = [one for one in states.all if one.startswith(asked.only)]

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
            shown = states.all[waiting[0]]()
            shown.size_hint, shown.size, shown.pos = (1, None), (kit.shape.width_px, kit.shape.height_px), (0, 0)
            self.place.add_widget(shown)
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
            if asked.pictures:
                save(asked.pictures / f"{state}.png", glass.width_px, glass.height_px)
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


def save(path: Path, width_px: int, height_px: int) -> None:
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    data = glReadPixels(0, 0, width_px, height_px, GL_RGB, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGB", (width_px, height_px), data)
    picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM).save(path)


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("hall")
    asked.add_argument("--short-mm", type=float, default=INCH_27_MM, help="the glass's shorter side")
    asked.add_argument("--language", default="zh_Hans")
    for switch in ("across", "big", "contrast", "low"):
        asked.add_argument(f"--{switch}", action="store_true")
    asked.add_argument("--only", default="", help="states whose names begin so")
    asked.add_argument("--pictures", type=Path)
    return asked.parse_args()


if __name__ == "__main__":
    main(arguments())
