"""A stage in a real window, with Python's own collector off: a line of JSON tells what was freed, and when.

Every value is true where things are as they should be.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from typing import Any
from weakref import ref

from display.theme import window
from hub.domain.hall import Screen
from kiosk.modes import Modes

FORGET_S = 1.5
"""Longer than the kiosk's: Kivy counts from the frame before, so that a slow frame counts as a pause."""


class Left:
    """What only the collector finds once its screen is gone."""

    def __init__(self) -> None:
        self.itself = self


def main() -> None:
    opened = window.prepare(1080, 1920, "staging", cursor=False)
    from kivy.base import EventLoop
    from kivy.clock import Clock

    from kiosk.pace import CALM_FPS, QUICK_FPS, STAYS_S, Pace
    from kiosk.screens import stage as staged
    from kiosk.screens.kit import Kit
    from kiosk.screens.matter import MatterScreen
    from kiosk.screens.stage import MOST_GONE, Stage
    from kiosk.session import Session
    from tests.factories import a_hall, a_policy
    from tests.kiosk.screens.nobody import Nobody

    glass = Screen(width_px=1080, height_px=1920, width_mm=268.0, height_mm=476.0)
    kit = Kit(a_hall(), a_policy(), glass, Modes(language="zh_Hans"))
    session = Session(kit.hall, kit.policy)
    session.move("start")
    asks: Any = Nobody()
    asks.session = session
    staged.FORGET_S = FORGET_S
    stage = Stage()
    opened.add_widget(stage.root)
    EventLoop.start()

    def put() -> Any:
        screen = MatterScreen(kit, asks)
        screen.left = Left()
        stage.put(kit, screen)
        return ref(screen.left)

    def turn(seconds: float, each: Callable[[], None] = lambda: None) -> None:
        ends = Clock.get_time() + seconds
        while Clock.get_time() < ends:
            each()
            EventLoop.idle()

    turn(0.2)
    gc.collect()
    gc.disable()
    told: dict[str, bool] = {}
    first = put()
    put()
    turn(2 * FORGET_S, stage.touched)
    told["kept while somebody touches"] = first() is not None
    turn(2 * FORGET_S)
    told["freed when nobody does"] = first() is None

    second, gone = put(), 0
    while second() is not None and gone <= 2 * MOST_GONE:
        stage.touched()
        put()
        gone += 1
        stage.touched()
        EventLoop.idle()  # without frames between, the time of all of them would pass in one
        turn(2 * FORGET_S if gone > MOST_GONE else 0.0, stage.touched)
    told["freed while somebody touches without a pause, once it is much"] = MOST_GONE <= gone <= MOST_GONE + 2

    pace = Pace()
    pace.touched()
    told["quick while somebody touches"] = Clock._max_fps == QUICK_FPS
    turn(STAYS_S / 2)
    pace.touched()
    turn(STAYS_S * 0.75)
    told["quick as long as they do"] = Clock._max_fps == QUICK_FPS
    turn(STAYS_S)
    told["calm again"] = Clock._max_fps == CALM_FPS
    print(json.dumps(told))


if __name__ == "__main__":
    main()
