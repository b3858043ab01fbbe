"""What fingers do on the kiosk's glass, each time for a citizen of its own.

`python -m tests.kiosk.scenarios FOLDER SCENARIO ...` plays some and tells as JSON what came of each.
"""

from __future__ import annotations

import json
import logging
import random
import sys
from pathlib import Path
from typing import Any

from kiosk import stumbling
from tests.kiosk.glass import CITIZEN, HEIGHT_PX, WIDTH_PX, Glass, Play, Scenario


def two_fingers_on_two_matters(glass: Glass) -> Play:
    yield from glass.goes("start", "matter")
    yield 0.4
    one = glass.fingers.down(*glass.middle("matter.transfer-sale"))
    other = glass.fingers.down(*glass.middle("matter.pension"))
    yield 0.05
    glass.fingers.up(one)
    glass.fingers.up(other)
    yield 0.5


def two_fingers_on_submit(glass: Glass) -> Play:
    yield from glass.at_check()
    x, y = glass.middle("submit")
    fingers = [glass.fingers.down(x - 120, y), glass.fingers.down(x + 120, y)]
    yield 0.05
    for finger in fingers:
        glass.fingers.up(finger)
    yield 0.5


def submit_and_back_at_once(glass: Glass) -> Play:
    yield from glass.at_check()
    fingers = [glass.fingers.down(*glass.middle(key)) for key in ("submit", "back", "staff")]
    yield 0.05
    for finger in fingers:
        glass.fingers.up(finger)
    yield 0.5


def ten_taps_on_submit(glass: Glass) -> Play:
    yield from glass.at_check()
    x, y = glass.middle("submit")
    for _ in range(10):
        glass.fingers.tap(x, y)
        yield 0.1
    yield 0.3


def a_finger_that_outlives_its_screen(glass: Glass) -> Play:
    """Held on 确认提交 while the session ends, and let go on the first screen."""
    yield from glass.at_check()
    finger = glass.fingers.down(*glass.middle("submit"))
    yield 0.05
    glass.app.finish()
    yield 0.2
    glass.fingers.up(finger)
    yield 0.3


def a_drag_from_key_to_key(glass: Glass) -> Play:
    yield from glass.at_check()
    finger = glass.fingers.down(*glass.middle("back"))
    yield 0.03
    glass.fingers.move(finger, *glass.middle("submit"))
    yield 0.03
    glass.fingers.up(finger)
    yield 0.3


def a_long_press(glass: Glass) -> Play:
    yield from glass.at_check()
    finger = glass.fingers.down(*glass.middle("submit"))
    yield 2.5
    glass.fingers.up(finger)
    yield 0.5


def a_turned_glass(glass: Glass) -> Play:
    """The display turns and turns back while a citizen fills in the form, a finger on the glass."""
    yield from glass.at_check()
    finger = glass.fingers.down(*glass.middle("submit"))
    for width, height in ((HEIGHT_PX, WIDTH_PX), (WIDTH_PX, HEIGHT_PX)):
        glass.opened.dispatch("on_resize", width, height)
        yield 0.2
    glass.fingers.up(finger)
    yield 0.5


def a_storm(glass: Glass) -> Play:
    """50 fingers a second for three seconds, some of them held and dragged."""
    chance = random.Random(20261123)
    held: list[int] = []
    for _ in range(150):
        x, y = chance.uniform(0, WIDTH_PX), chance.uniform(0, HEIGHT_PX)
        match chance.randrange(4):
            case 0:
                held.append(glass.fingers.down(x, y))
            case 1 if held:
                glass.fingers.move(chance.choice(held), x, y)
            case 2 if held:
                glass.fingers.up(held.pop(chance.randrange(len(held))))
            case _:
                glass.fingers.tap(x, y)
        yield 0.02
    for finger in held:
        glass.fingers.up(finger)
    yield 0.5
    glass.filed.clear()
    glass.app.finish()  # and the next citizen finds a kiosk that works
    yield 0.4
    yield from glass.at_check()
    yield from glass.goes("submit", "done")


def a_mistake_of_ours(glass: Glass) -> Play:
    yield from glass.goes("start", "matter")
    yield from glass.goes("matter.transfer-sale", "reason")
    yield 0.4
    _break(glass)
    yield from glass.tap("reason.not_accepted")
    yield 0.3


def two_mistakes_of_ours(glass: Glass) -> Play:
    yield from a_mistake_of_ours(glass)
    yield 0.3
    glass.terminal.strip = _raise  # type: ignore[method-assign]
    yield 1.0
    yield 8.0  # the window ends by itself before that


def _break(glass: Glass) -> None:
    glass.terminal.session.toggle_reason = _raise  # type: ignore[method-assign]


def _raise(*_: object) -> Any:
    raise ValueError(f"a mistake of ours that quotes {CITIZEN}")


SCENARIOS: dict[str, Scenario] = {
    one.__name__: one
    for one in (
        two_fingers_on_two_matters,
        two_fingers_on_submit,
        submit_and_back_at_once,
        ten_taps_on_submit,
        a_finger_that_outlives_its_screen,
        a_drag_from_key_to_key,
        a_long_press,
        a_turned_glass,
        a_storm,
        a_mistake_of_ours,
        two_mistakes_of_ours,
    )
}


def main(folder: Path, names: list[str]) -> None:
    logging.basicConfig(level=logging.WARNING)
    stumbling.log_uncaught()
    glass = Glass(folder)
    glass.play([SCENARIOS[name] for name in names])
    print(json.dumps(glass.told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
