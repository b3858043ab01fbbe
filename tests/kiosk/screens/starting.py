"""A kiosk's window from its making to its first picture: a line of JSON tells what was done before it stood.

Every value is true where things are as they should be.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes

PATIENCE_S = 20.0


def main(place: Path) -> None:
    opened = window.prepare(1080, 1920, "starting", cursor=False)
    from kivy.base import EventLoop
    from kivy.clock import Clock

    from kiosk.app import REHEARSE_S, Kiosk
    from kiosk.input.means import Means
    from kiosk.screens import home
    from kiosk.screens.kit import Kit
    from kiosk.screens.shelf import Shelf
    from tests.factories import a_hall, a_policy
    from tests.kiosk import bare_kiosk

    filled: list[tuple[Shelf, float, float]] = []

    class Counted(Shelf):
        def _fill(self, *_: object) -> None:
            filled.append((self, self.width, self.height))
            super()._fill()

    home.Shelf = Counted
    glass = Screen(width_px=1080, height_px=1920, width_mm=268.0, height_mm=476.0)
    app = Kiosk(bare_kiosk.Kiosk(place).terminal, Kit(a_hall(), a_policy(), glass, Modes(language="zh_Hans")), Means())
    while Clock.time() - Clock.get_time() < REHEARSE_S:
        pass  # a slow machine, which is still loading
    opened.add_widget(app.build())
    told: dict[str, bool] = {}

    def shown() -> None:
        told["its tiles were laid out once"] = len(filled) == 1
        told["and as large as they are"] = all((tiles.width, tiles.height) == tuple(at) for tiles, *at in filled)
        told["and nothing was rehearsed"] = app._ahead._rehearsal is None

    opened.bind(on_flip=lambda *_: told or shown())
    EventLoop.start()
    ends = Clock.time() + PATIENCE_S
    while (not told or app._ahead._rehearsal is None) and Clock.time() < ends:
        EventLoop.idle()
    told["which began afterwards"] = app._ahead._rehearsal is not None
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
