"""The real kiosk window over a hub that answers at once, under fingers that come as events of Kivy's own input.

Several fingers at once, and a touch in the very frame of a change, cannot be made with a mouse.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from display.theme import window
from hub.wire.messages import FileComplaint
from kiosk.modes import Modes
from kiosk.offline import OfflineSeries
from tests.factories import a_hall, a_policy
from tests.kiosk.filing_desk import KEY, accepted
from tests.kiosk.test_session import at_check

WIDTH_PX, HEIGHT_PX = 1080, 1920
CITIZEN = "王芳 13800138000"
Play = Iterator[float]
"""A scenario yields how many seconds pass before it goes on; 0 is one frame."""
Scenario = Callable[["Glass"], Play]


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
        from tests.kiosk.bare_kiosk import Hub, Paper

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

    def play(self, scenarios: list[Scenario]) -> None:
        """Runs the window until the scenarios are over, or it ends by itself; `told` has what came of each."""
        from kivy.clock import Clock

        playing = self._all(scenarios)

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

    def _all(self, scenarios: list[Scenario]) -> Play:
        for scenario in scenarios:
            try:
                yield from scenario(self)
            except (AssertionError, LookupError) as wrong:
                self.told.append({"wrong": str(wrong)})
            self.told.append(self._state(scenario.__name__))
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
        return [one for one in self.app._stage.root.walk() if getattr(one, "touch_key", "")]

    def _state(self, name: str) -> dict[str, Any]:
        return {
            "scenario": name,
            "where": self.where,
            "filed": len(self.filed),
            "stumbles": self.stumbles,
            "pressed": self.pressed(),
            "exit_code": self.app.exit_code,
        }
