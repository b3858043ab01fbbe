"""The real kiosk window over a hub that answers at once, under fingers that come as events of Kivy's own input.

`python -m tests.kiosk.glass FOLDER SCENARIO ...` plays some, each for a citizen of its own, and tells as JSON what came
of each. Several fingers at once, and a touch in the very frame of a change, cannot be made with a mouse.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from display.theme import window
from hub.wire.messages import FileComplaint
from kiosk import stumbling
from kiosk.modes import Modes
from kiosk.offline import OfflineSeries
from tests.factories import a_hall, a_policy
from tests.kiosk.test_filing import KEY, accepted
from tests.kiosk.test_session import at_check

WIDTH_PX, HEIGHT_PX = 1080, 1920
CITIZEN = "王芳 13800138000"
Play = Iterator[float]
"""A scenario yields how many seconds pass before it goes on; 0 is one frame."""


class Fingers:
    """Puts touches into Kivy's input, as a driver of a touchscreen does: whole frames later they are at the widgets."""

    def __init__(self) -> None:
        from kivy.base import EventLoop
        from kivy.input.motionevent import MotionEvent

        class Finger(MotionEvent):
            """One finger on the glass; positions are parts of its width and height, as drivers tell them."""

            def depack(self, args: tuple[float, float]) -> None:
                self.is_touch, self.profile = True, ("pos",)
                self.sx, self.sy = args
                super().depack(args)

        self._kind = Finger
        self._waiting: list[tuple[str, Any]] = []
        self._down: dict[int, Any] = {}
        self._count = 0
        EventLoop.add_input_provider(self)

    def start(self) -> None:
        """Kivy's names."""

    def stop(self) -> None: ...

    def update(self, dispatch_fn: Callable[[str, Any], None]) -> None:
        waiting, self._waiting = self._waiting, []
        for kind, touch in waiting:
            dispatch_fn(kind, touch)

    def down(self, x: float, y: float) -> int:
        """Another finger, in the window's pixels from the bottom left; its number."""
        self._count += 1
        touch = self._down[self._count] = self._kind("storm", self._count, (x / WIDTH_PX, y / HEIGHT_PX))
        self._waiting.append(("begin", touch))
        return self._count

    def move(self, finger: int, x: float, y: float) -> None:
        self._down[finger].move((x / WIDTH_PX, y / HEIGHT_PX))
        self._waiting.append(("update", self._down[finger]))

    def up(self, finger: int) -> None:
        self._waiting.append(("end", self._down.pop(finger)))

    def tap(self, x: float, y: float) -> None:
        self.up(self.down(x, y))


class Glass:
    """A kiosk's window; `filed` are the complaints that reached the hub."""

    def __init__(self, folder: Path) -> None:
        self.opened = window.prepare(WIDTH_PX, HEIGHT_PX, "glass", cursor=False)
        from kivy.clock import Clock

        from kiosk import catching
        from kiosk.app import Kiosk
        from kiosk.input.means import Means
        from kiosk.outbox import Outbox
        from kiosk.screens.kit import Kit
        from kiosk.terminal import Terminal
        from tests.kiosk.test_terminal import Hub, Paper

        glass = self

        class Answering(Hub):
            """Answers a complaint in the next poll, as a hub beside it does."""

            live = True

            def send(self, command: Any, then: Any, command_id: str = "") -> str:
                sent = super().send(command, then, command_id)
                if isinstance(command, FileComplaint):
                    glass.filed.append(sent)
                    self.due.append((sent, accepted()))
                return sent

        self.filed: list[str] = []
        hall, policy = a_hall(), a_policy()
        hub = Answering()
        hub.live = True
        self.outbox = Outbox(folder / "outbox.db", KEY)
        own = hall.terminal("kiosk-1")
        self.terminal = Terminal(
            hall,
            policy,
            hub,
            self.outbox,
            Paper(),
            clock=lambda: dt.datetime.now(dt.UTC),
            now_s=Clock.get_time,
            series=OfflineSeries.of(hall, own),
        )
        assert own.screen is not None
        self.app = Kiosk(self.terminal, Kit(hall, policy, own.screen, Modes(language=hall.language)), Means())
        self.fingers = Fingers()
        self.stumbles = 0
        self.told: list[dict[str, Any]] = []
        catching.catch(self._stumble)

    def _stumble(self) -> None:
        self.stumbles += 1
        self.app.stumble()

    def play(self, names: list[str]) -> None:
        """Runs the window until the scenarios are over, or it ends by itself; `told` has what came of each."""
        from kivy.clock import Clock

        playing = self._all(names)

        def go_on(_dt: float) -> None:
            try:
                wait_s = next(playing)
            except StopIteration:
                self.app.stop()
                return
            self.opened.canvas.ask_update()
            Clock.schedule_once(go_on, wait_s)

        self.app.bind(on_stop=lambda _app: self._end())
        Clock.schedule_once(go_on, 0.5)
        self.app.run()

    def _end(self) -> None:
        """Kivy says it twice."""
        if self.told[-1:] != [self._state("the end")]:
            self.told.append(self._state("the end"))

    def _all(self, names: list[str]) -> Play:
        for name in names:
            try:
                yield from SCENARIOS[name](self)
            except (AssertionError, LookupError) as wrong:
                self.told.append({"wrong": str(wrong)})
            self.told.append(self._state(name))
            self.filed.clear()
            self.stumbles = 0
            self.app.finish()
            yield 0.8

    # --- what is there

    @property
    def where(self) -> str:
        return str(self.app._where()["screen"])

    def middle(self, key: str) -> tuple[float, float]:
        """The middle of the touch of that name; a scenario that asks for what is not there fails."""
        found = [one for one in self._touches() if one.touch_key == key]
        if not found:
            there = sorted(one.touch_key for one in self._touches())
            raise LookupError(f"no touch {key!r} at {self.where}: {there}")
        x, y = found[-1].to_window(*found[-1].center)
        return float(x), float(y)

    def tap(self, key: str) -> Play:
        """A finger's press and release."""
        finger = self.fingers.down(*self.middle(key))
        yield 0.03
        self.fingers.up(finger)
        yield 0.03

    def goes(self, key: str, to: str) -> Play:
        """Taps, once more where it was taken for the same touch as the last, until that screen is there."""
        for _ in range(10):
            yield from self.tap(key)
            for _ in range(20):
                if self.where == to:
                    yield 0.1  # it is laid out
                    return
                yield 0.03
        raise AssertionError(f"{key} does not lead to {to} but to {self.where}")

    def at_check(self) -> Play:
        """A citizen who has filled in everything."""
        at_check(self.terminal.session)
        self.app.show()
        yield 0.4

    def pressed(self) -> list[str]:
        """Touches that look pressed."""
        return [one.touch_key for one in self._touches() if one._finger is not None]

    def _touches(self) -> list[Any]:
        return [one for one in self.app._root.walk() if getattr(one, "touch_key", "")]

    def _state(self, name: str) -> dict[str, Any]:
        return {
            "scenario": name,
            "where": self.where,
            "filed": len(self.filed),
            "stumbles": self.stumbles,
            "pressed": self.pressed(),
            "exit_code": self.app.exit_code,
        }


# --- scenarios


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


SCENARIOS: dict[str, Callable[[Glass], Play]] = {
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
    glass.play(names)
    print(json.dumps(glass.told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
