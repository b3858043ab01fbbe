"""A real kiosk's window, pressed and let go turn by turn of its loop: a line of JSON tells what was made ahead of it.

Every value is true where things are as they should be.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes

MARKER = "我叫䶮𠮷，三次被退回"
AWAY = (2.0, 2.0)
QUICKER_S = 0.3
"""A second touch at one place that comes sooner is the first one."""


class Finger:
    """Lies on a key until it is lifted, there or elsewhere."""

    def __init__(self, app: Any, key: str) -> None:
        from kivy.clock import Clock
        from kivy.tests.common import UnitTestTouch

        from display.theme.widgets import Touch

        while Clock.get_time() - Touch._last[0] <= QUICKER_S:
            turns(1)
        widget = next(one for one in app._stage.root.walk() if getattr(one, "touch_key", "") == key)
        self._touch = UnitTestTouch(*widget.center)
        self._touch.touch_down()
        turns(3)

    def lift(self, *, at: tuple[float, float] | None = None) -> None:
        if at is not None:
            self._touch.touch_move(*at)
        self._touch.touch_up()
        turns(5)


def turns(count: int) -> None:
    from kivy.base import EventLoop

    for _ in range(count):
        EventLoop.idle()


def made(app: Any) -> Any:
    return app._ahead._next.screen if app._ahead._next else None


def main(place: Path) -> None:
    opened = window.prepare(1080, 1920, "foreseeing", cursor=False)
    from kivy.base import EventLoop
    from kivy.clock import Clock

    from kiosk.app import Kiosk
    from kiosk.input.means import Means
    from kiosk.screens.kit import Kit
    from tests.factories import a_hall, a_policy
    from tests.kiosk import bare_kiosk

    glass = Screen(width_px=1080, height_px=1920, width_mm=268.0, height_mm=476.0)
    bare = bare_kiosk.Kiosk(place)
    Clock.schedule_interval(lambda _dt: setattr(bare, "now_s", Clock.get_time()), 0)
    app = Kiosk(bare.terminal, Kit(a_hall(), a_policy(), glass, Modes(language="zh_Hans")), Means())
    opened.add_widget(app.build())
    EventLoop.start()
    turns(5)
    told: dict[str, bool] = {}
    first = app._screen

    finger = Finger(app, "start")
    foreseen = made(app)
    told["made while the finger lies there"] = foreseen.name == "matter" and app._screen is first
    finger.lift()
    told["shown when it is lifted"] = app._screen is foreseen and app.session.step == "matter"

    Finger(app, "matter.unknown").lift()
    Finger(app, f"reason.{app.session.policy.reasons[0].code}").lift()
    session = app.session
    session.write(MARKER)
    finger = Finger(app, "next")
    foreseen = made(app)
    told["with what was written so far"] = foreseen.writing.text == MARKER
    finger.lift(at=AWAY)
    told["nothing when it slid off"] = (app._screen.name, app.session.step, made(app)) == ("reason", "reason", None)
    told["nor is anything of it left"] = foreseen.writing.text == "" and app.session is session

    finger = Finger(app, "next")
    foreseen = made(app)
    app.session.choose_visits(3)  # a second finger
    finger.lift()
    told["another where something else was chosen"] = app._screen.name == "words" and app._screen is not foreseen
    told["and that counts"] = app.session.choices.visits == 3 and app._screen.writing.text == MARKER

    finger = Finger(app, "next")
    foreseen = made(app)
    app.finish()
    told["wiped when the session ends under the finger"] = foreseen.name == "contact" and made(app) is None
    finger.lift()
    told["the first screen again"] = app._screen is first and app.session.choices.text == ""

    app.switch(Modes(language="en"))
    told["another in other words"] = app._screen is not first and app._screen.name == "home"
    app.finish()
    told["and back"] = app._screen.kit.modes.language == "zh_Hans" and app._screen.name == "home"
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
