"""Writes into the real screen, wipes it as the end of a session does, and tells where anything of it is still found.

`python -m tests.kiosk.screens.wiping`: a line of JSON, `{"before": [...], "after": [...]}`, each with the kinds of
objects that still hold the marker, and how many strokes are still drawn.
"""

from __future__ import annotations

import gc
import json
from typing import Any

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes

MARKER, LETTERS, CHARACTER = "龘靐齉记号", "fangan", "办"


def main() -> None:
    window.prepare(1080, 1920, "wiping", cursor=False)
    from kivy.base import EventLoop
    from kivy.clock import Clock
    from kivy.core.window import Window

    from kiosk.input.means import Means
    from kiosk.screens.kit import Kit
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.states import States, draw, press, turn_to

    glass = Screen(width_px=1080, height_px=1920, width_mm=268.0, height_mm=476.0)
    means = Means.installed()
    kit = Kit(a_hall("shanting"), a_policy("shanting"), glass, Modes(language="zh_Hans"))
    screen = States(kit, means).words("", LETTERS)
    Window.add_widget(screen)
    EventLoop.window = Window

    def frames() -> None:
        for _ in range(4):
            Clock.tick()

    frames()
    screen.writing.say(MARKER)
    press(screen, *LETTERS)
    screen.refresh()
    frames()
    offered = screen.writing.candidates[:3]
    turn_to(screen, "hand")
    draw(screen, CHARACTER)
    frames()
    offered += screen.writing.candidates[:3]
    before = left(screen, offered)
    screen.wipe()
    means.fresh()
    Window.remove_widget(screen)
    frames()
    print(json.dumps({"before": before, "after": left(screen, offered)}))
    means.close()


def left(screen: Any, offered: tuple[str, ...]) -> dict[str, Any]:
    """Kinds of living objects that show the marker or a candidate, and the strokes on the glass."""
    from kivy.core.text import LabelBase

    from display.theme.widgets import Text

    gc.collect()
    shown: list[tuple[str, str]] = []
    for one in gc.get_objects():
        if issubclass(type(one), Text):  # not isinstance: weak proxies may be dead
            shown += [("Text", one.text), *(("line", line) for line in one.lines)]
        elif issubclass(type(one), LabelBase):
            shown.append(("rendered", one.text))
    kinds = {kind for kind, text in shown if MARKER in text or any(text == candidate for candidate in offered)}
    strokes = len(screen.writing.handwriting.strokes)
    return {"kinds": sorted(kinds), "strokes": strokes, "drawn": len(screen.keyboard.field.inks)}


if __name__ == "__main__":
    main()
