"""A stroke with a corner, put down, moved and lifted between two frames; prints, as JSON, the points that arrived."""

from __future__ import annotations

import json

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes

LAID_OUT_PX = 200
CORNERS = ((200, 200), (800, 200), (800, 800))


def main() -> None:
    opened = window.prepare(1080, 1920, "quick stroke", cursor=False)
    from kivy.app import App
    from kivy.clock import Clock

    from kiosk.input.means import Means
    from kiosk.screens.kit import Kit
    from kiosk.screens.words import WordsScreen
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.states import States

    glass = Screen(width_px=1080, height_px=1920, width_mm=268.0, height_mm=476.0)
    means = Means.installed()
    kit = Kit(a_hall("shanting"), a_policy("shanting"), glass, Modes(language="zh_Hans"))

    class Quick(App):
        def build(self) -> WordsScreen:
            self.shown = States(kit, means).words("", layout="hand")
            Clock.schedule_once(self.draw)
            return self.shown

        def draw(self, _dt: float) -> None:
            field = self.shown.keyboard.field
            if min(field.size) < LAID_OUT_PX:
                Clock.schedule_once(self.draw)
                return
            places = [(field.x + x * field.width / 1000, field.top - y * field.height / 1000) for x, y in CORNERS]
            points = [(x, opened.height - y) for x, y in places]
            opened.dispatch("on_mouse_down", *points[0], "left", [])
            for point in points[1:]:
                opened.dispatch("on_mouse_move", *point, [])
            opened.dispatch("on_mouse_up", *points[-1], "left", [])
            Clock.schedule_once(self.tell)

        def tell(self, _dt: float) -> None:
            if not self.shown.writing.handwriting.strokes:
                Clock.schedule_once(self.tell)
                return
            print(json.dumps(self.shown.writing.handwriting.strokes))
            self.stop()

    Quick().run()
    means.close()


if __name__ == "__main__":
    main()
