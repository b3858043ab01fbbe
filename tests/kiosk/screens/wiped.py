"""`python -m tests.kiosk.screens.wiped HALL`: wipes every screen and tells, as JSON, what is left on it."""

from __future__ import annotations

import json
import sys
from typing import Any

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes

PERSONAL = ("第一次说", "diyici", "wangkun", "欧阳䶮堃", "13800138000", "0208888")
"""What the states of `States` have written in them."""
WRITTEN = ("words", "contact", "check", "done", "phone")
"""The screens that show any of it."""


def main(template: str) -> None:
    glass = Screen(width_px=1080, height_px=1920, width_mm=336.0, height_mm=597.0)
    opened = window.prepare(glass.width_px, glass.height_px, "wiped", cursor=False)
    from kivy.clock import Clock
    from kivy.uix.floatlayout import FloatLayout

    from kiosk.input.means import Means
    from kiosk.screens.frame import Screen as Shown
    from kiosk.screens.kit import Kit
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.states import States

    means = Means.installed()
    states = States(Kit(a_hall(template), a_policy(template), glass, Modes(language="zh_Hans")), means)
    place = FloatLayout()
    opened.add_widget(place)
    for state, make in states.all.items():
        if not state.startswith(WRITTEN):
            continue
        place.clear_widgets()
        shown = make()
        place.add_widget(shown)
        before = personal(shown)
        Clock.tick()
        Clock.tick_draw()  # a frame but its drawing
        before |= personal(shown)
        if isinstance(shown, Shown):
            shown.wipe()
        after = sorted(personal(shown))
        print(json.dumps({"state": state, "before": sorted(before), "after": after}, ensure_ascii=False))
    means.close()


def personal(root: Any) -> set[str]:
    """The personal words in a tree of widgets: in their texts and in what is drawn of them."""
    shown = [str(getattr(one, "text", "")) for one in root.walk()]
    return {word for word in PERSONAL if any(word in text for text in shown)}


if __name__ == "__main__":
    main(sys.argv[1])
