"""Draws every state of every screen in one window and tells, as JSON, how large everything came out.

`python -m tests.kiosk.screens.measure yueyang wuxi:268:en:big:contrast --across --pictures DIR`: one kit after another
(hall, and what differs from the options), a line a state; with a folder each state is saved there as PNG. `--pixels`
adds the colours that were really drawn: words against their ground, and touches against what lies around them.
"""

from __future__ import annotations

import argparse
import gc
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from display.theme import window
from hub.domain.hall import Screen, Value
from kiosk.modes import Modes

INCH_27_MM = 336.0
SWITCHES = ("big", "contrast", "speech", "low")
LAYOUTS = 4
"""Passes of layout: what a pass moved, the next one follows."""


class Asked(Value, frozen=True):
    """One kit: a hall's words on a glass (`short_mm` its shorter side), as one citizen wants them."""

    hall: str
    short_mm: float
    modes: Modes

    @staticmethod
    def of(text: str, usual: Asked) -> Asked:
        """`wuxi:268:en:big:contrast` over what is usual."""
        hall, *own = text.split(":")
        asked = replace(usual, hall=hall)
        for one in own:
            if one in SWITCHES:
                asked = replace(asked, modes=replace(asked.modes, **{one: True}))
            elif one[:1].isdigit():
                asked = replace(asked, short_mm=float(one))
            else:
                asked = replace(asked, modes=asked.modes.speaking(one))
        return asked

    @property
    def name(self) -> str:
        on = [one for one in SWITCHES if getattr(self.modes, one)]
        return ":".join([self.hall, f"{self.short_mm:.0f}", self.modes.language, *on])

    def glass(self, across: bool) -> Screen:
        size_px, size_mm = (1080, 1920), (self.short_mm, self.short_mm * 16 / 9)
        if across:
            size_px, size_mm = size_px[::-1], size_mm[::-1]
        return Screen(width_px=size_px[0], height_px=size_px[1], width_mm=size_mm[0], height_mm=size_mm[1])


def measured(
    kits: list[Asked],
    *,
    across: bool,
    only: tuple[str, ...] = ("",),
    pixels: bool = False,
    pictures: Path | None = None,
) -> Iterator[dict[str, Any]]:
    """`{"kit", "state", "found", "spoken"}`, one after another; opens the one window that a process may have."""
    size = (1920, 1080) if across else (1080, 1920)
    opened = window.prepare(*size, "measure", cursor=False)
    from kivy.uix.floatlayout import FloatLayout

    from kiosk.input.means import Means
    from kiosk.screens.kit import Kit
    from kiosk.screens.spoken import spoken
    from kiosk.screens.upper import staged
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.states import States

    means = Means.installed()
    place = FloatLayout()
    opened.add_widget(place)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)  # looking for garbage after every few widgets took half of the time
    for asked in kits:
        kit = Kit(a_hall(asked.hall), a_policy(asked.hall), asked.glass(across), asked.modes)
        kit.can_speak = True
        opened.clearcolor = kit.palette.paper
        for state, make in States(kit, means).all.items():
            if not any(f"{state}.".startswith(f"{one}." if one else "") for one in only):
                continue
            shown = make()
            place.clear_widgets()
            place.add_widget(staged(kit, shown))
            _lay_out()
            picture = _drawn(opened, size) if pixels or pictures else None
            found = list(_found(place, kit.scale, picture if pixels else None))
            if pictures is not None and picture is not None:
                pictures.mkdir(parents=True, exist_ok=True)
                picture.save(pictures / f"{state}.png")
            known = {"kit": asked.name, "state": state, "px_per_mm": kit.scale.px_per_mm}
            yield {
                **known,
                "reach_px": kit.shape.height_px,
                "found": found,
                "spoken": spoken(shown, kit.words("spoken.chosen")),
            }
    means.close()


def _lay_out() -> None:
    """What a frame does before it is drawn, without drawing it."""
    from kivy.clock import Clock

    from display.theme.widgets.text import draw_all

    Clock.tick()  # what comes with the next frame, such as a code
    for _pass in range(LAYOUTS):
        Clock.tick_draw()
    draw_all()


def _drawn(opened: Any, size: tuple[int, int]) -> Any:
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
    from PIL import Image

    opened.dispatch("on_draw")
    data = glReadPixels(0, 0, *size, GL_RGB, GL_UNSIGNED_BYTE)
    return Image.frombytes("RGB", size, data).transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def _found(root: Any, scale: Any, picture: Any) -> Iterator[dict[str, Any]]:
    """Every touch and every text below `root`, in millimetres and pixels."""
    from kivy.uix.boxlayout import BoxLayout

    from display.theme.widgets import QrCode, Text
    from kiosk.screens.kit import Key
    from kiosk.screens.sizes import SIDE_CAP_MM

    for widget in root.walk():
        left, bottom = widget.to_window(*widget.pos)
        place = {"rect": [left, bottom, widget.width, widget.height]}
        if isinstance(widget, Key):
            size_mm = [scale.mm(widget.width), scale.mm(widget.height)]
            seen = {"edge": _edge(picture, place["rect"])} if picture else {}
            yield {"what": "touch", "name": widget.touch_key, "main": widget.main, "off": widget.disabled} | {
                "mm": size_mm,
                **seen,
                **place,
            }
        elif isinstance(widget, Text) and widget.text.strip():
            lines = [one for one in widget._placed if one.size[0] > 1]
            yield {
                "what": "text",
                "text": widget.text,
                "face": widget.face,
                "lines": widget.lines,
                "cap_mm": scale.cap_mm(widget.used_px),
                "least_mm": getattr(widget, "least_cap_mm", SIDE_CAP_MM),
                "wide": max(one.size[0] for one in widget._placed),
                "high": (len(widget.lines) - 1) * widget.pitch * widget.used_px + widget.used_px,
                "may_be_cut": bool(getattr(widget, "may_be_cut", False)),
                "off": widget.disabled,
                "contrast": min(_ink(picture, [*one.pos, *one.size]) for one in lines) if picture and lines else None,
                **place,
            }
        elif isinstance(widget, QrCode):
            side = widget._picture.size[0]
            corners = _colours(picture, [*widget._picture.pos, side, side]) if picture else {}
            yield {"what": "code", "mm": scale.mm(side), "colours": sorted(corners), **place}
        elif isinstance(widget, BoxLayout):
            over = [max(0, widget.minimum_width - widget.width), max(0, widget.minimum_height - widget.height)]
            yield {"what": "box", "over": over, "name": type(widget).__name__, **place}


# --- what was really drawn


def _ink(picture: Any, rect: list[float]) -> float:
    """The contrast of a line of words: its commonest colour is the ground, the one farthest from it the ink."""
    counted = _colours(picture, rect)
    if not counted:
        return 1.0
    ground = max(counted, key=counted.__getitem__)
    return max(_contrast(ground, one) for one in counted)


def _edge(picture: Any, rect: list[float]) -> float:
    """How a touch stands out from what lies around it, in the middle of its left side."""
    left, bottom, _wide, high = rect
    around = _colours(picture, [left - 5, bottom + high / 2, 3, 1])
    edge = _colours(picture, [left, bottom + high / 2, 8, 1])
    return max((_contrast(one, other) for one in around for other in edge), default=21.0)


def _colours(picture: Any, rect: list[float]) -> dict[tuple[int, int, int], int]:
    left, bottom, wide, high = (round(one) for one in rect)
    box = (
        max(0, left),
        max(0, picture.height - bottom - high),
        min(picture.width, left + wide),
        picture.height - bottom,
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return {}
    crop = picture.crop(box)
    return {one: count for count, one in crop.getcolors(crop.width * crop.height)}


@cache
def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    from display.theme.palette import contrast

    return contrast(*((red / 255, green / 255, blue / 255, 1.0) for red, green, blue in (one, other)))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("kits", nargs="+", metavar="HALL[:MM][:LANGUAGE][:big][:contrast][:low]")
    asked.add_argument("--short-mm", type=float, default=INCH_27_MM, help="the glass's shorter side")
    asked.add_argument("--language", default="zh_Hans")
    for switch in ("across", *SWITCHES):
        asked.add_argument(f"--{switch}", action="store_true")
    asked.add_argument("--only", nargs="+", default=[""], help="states of these names")
    asked.add_argument("--pixels", action="store_true", help="the colours, too")
    asked.add_argument("--pictures", type=Path)
    told = asked.parse_args()
    modes = Modes(language=told.language, **{one: getattr(told, one) for one in SWITCHES})
    usual = Asked(hall="", short_mm=told.short_mm, modes=modes)
    kits = [Asked.of(one, usual) for one in told.kits]
    for one in measured(kits, across=told.across, only=tuple(told.only), pixels=told.pixels, pictures=told.pictures):
        print(json.dumps(one, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
