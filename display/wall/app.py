"""The wall's program: the link polled from Kivy's clock, the board model shown on every screen, calls spoken."""

from __future__ import annotations

import datetime as dt
import gc
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout
from msgspec.structs import replace

from display.board import LISTED, PLACES, Board, Call, Standing, View
from display.theme import touchmap
from display.theme.window import stage, when_shown
from display.voice.announcer import Announcer
from display.wall.screen import Place
from hub.domain.hall import Hall
from hub.domain.screens import Wall, desktop
from hub.link import Link
from hub.pulse import Pulse
from hub.wire.messages import Numbered

NUMBERS = range(888, 888 - LISTED, -1)
"""As wide as numbers are."""
COLLECTED_EVERY_S = 2.0


class Screens(FloatLayout):
    """One window over all screens of a wall: SDL gives a program no second one."""

    def __init__(self, walls: tuple[Wall, ...], hall: Hall, place: Path, **settings: Any) -> None:
        left, top, width, height = desktop(walls)
        super().__init__(size_hint=(None, None), size=(width, height), **settings)
        self._worker = ThreadPoolExecutor(1, "stills")
        for wall in walls:
            pos = (wall.left_px - left, height - (wall.top_px - top) - wall.height_px)
            self.add_widget(Place(wall, hall, place, self._worker, pos=pos))

    @property
    def places(self) -> list[Place]:
        """In the order of hall.toml."""
        return list(reversed(self.children))

    @property
    def troubles(self) -> tuple[str, ...]:
        shown = [place.screen for place in self.places if place.screen is not None]
        return tuple(sorted(frozenset().union(*(screen.troubles for screen in shown))))

    def show(self, view: View, now_s: float) -> None:
        for place in self.places:
            place.show(view, now_s)

    def close(self) -> None:
        self._worker.shutdown(cancel_futures=True)


class WallApp(App):
    """One wall. Nothing on it is ever touched, and nothing it does waits for anything."""

    def __init__(
        self,
        hall: Hall,
        link: Link,
        announcer: Announcer | None,
        walls: tuple[Wall, ...],
        place: Path,
        *,
        zoom: float = 1.0,
        each: Callable[[], None] = lambda: None,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.title = hall.name
        self.hall, self.link, self.announcer = hall, link, announcer
        self.board = Board(hall)
        self._walls, self._place, self._zoom, self._each = walls, place, zoom, each
        self._ended = False
        self._pulse = Pulse(link.send)
        link.listeners.event.append(self._event)
        link.listeners.snapshot.append(self._snapshot)

    def build(self) -> Any:
        self.screens = Screens(self._walls, self.hall, self._place)
        touchmap.follow(Window)
        when_shown(Window, self._rehearse)
        self._ticking = Clock.schedule_interval(self._tick, 0)
        width, height = (round(one) for one in self.screens.size)
        return stage(self.screens, width, height, self._zoom)

    def end(self) -> None:
        """Ends at the next tick; a signal may come in the middle of anything."""
        self._ended = True

    def on_stop(self) -> None:
        self._ticking.cancel()
        self.screens.close()
        if self.announcer is not None:
            self.announcer.voice.close()
        self.link.close()

    def _tick(self, _: float) -> None:
        if self._ended:
            self.stop()
            return
        self._each()
        self.link.poll()
        now_s = time.monotonic()
        self.screens.show(self._view(now_s), now_s)
        while (call := self.board.next_speech()) is not None:
            if self.announcer is not None:
                self.announcer.call(call.number, call.window, dt.datetime.now(dt.UTC))
        if self.announcer is not None:
            self.announcer.mend(now_s)
        heard = self.announcer.troubles if self.announcer else ()
        self._pulse.poll(now_s, (*heard, *self.screens.troubles))

    def _rehearse(self) -> None:
        """Lays out calls that nobody sees, so that the first one does not wait for fonts to be opened at its sizes.

        Then what will always be there is taken from the collector, and what went is collected every other second: by
        itself Python would look through everything, or free the cards of a whole minute, and hold a call up for 0.1 s.
        """
        now_s = time.monotonic()
        still = self._view(now_s)
        calls = [
            Call(str(n), f"{self.hall.services[0].letter}{n:03d}", max(one.number for one in self.hall.windows))
            for n in NUMBERS
        ]
        for count in (*range(1, PLACES + 1), 1):
            standing = tuple(Standing(call=call, flashing=True, lit=True) for call in calls[:count])
            self.screens.show(replace(still, calls=standing, recent=tuple(calls)), now_s)
        self.screens.show(still, now_s)  # before the next frame is drawn
        gc.collect()
        gc.freeze()
        gc.disable()
        self._collecting = Clock.schedule_interval(lambda _: gc.collect(), COLLECTED_EVERY_S)

    def _view(self, now_s: float) -> View:
        now = dt.datetime.now(dt.UTC)
        return self.board.view(self.link.picture, now, now_s, live=self.link.live, heard=self.link.heard_at)

    def _event(self, numbered: Numbered) -> None:
        self.board.apply(numbered.event, numbered.at, self.link.heard_at or numbered.at, time.monotonic())

    def _snapshot(self) -> None:
        if self.link.heard_at is not None:
            self.board.begin(self.link.picture, self.link.heard_at, time.monotonic())
