"""The wall's program: the link polled from Kivy's clock, the board model shown, calls spoken."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from kivy.app import App
from kivy.clock import Clock

from display.board import Board
from display.theme.window import stage
from display.voice import Voice
from display.wall.screen import GLASS, WallScreen
from hub.domain.hall import Hall, Screen
from hub.domain.words import Words
from hub.link import Link
from hub.pulse import Pulse
from hub.wire.messages import Numbered


class WallApp(App):
    """One wall. Nothing on it is ever touched, and nothing it does waits for anything."""

    def __init__(
        self, hall: Hall, link: Link, voice: Voice, glass: Screen | None = None, zoom: float = 1.0, **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.title = hall.name
        self.hall, self.link, self.voice = hall, link, voice
        self.words = Words("display", hall.language)
        self.board = Board(hall)
        self.glass = glass or GLASS
        self._zoom = zoom
        self._ended = False
        self._pulse = Pulse(link.send)
        link.listeners.event.append(self._event)
        link.listeners.snapshot.append(self._snapshot)

    def build(self) -> Any:
        self.screen = WallScreen(self.hall, self.words, self.glass)
        self._ticking = Clock.schedule_interval(self._tick, 0)
        return stage(self.screen, self.glass.width_px, self.glass.height_px, self._zoom)

    def end(self) -> None:
        """Ends at the next tick; a signal may come in the middle of anything."""
        self._ended = True

    def on_stop(self) -> None:
        self._ticking.cancel()
        self.voice.close()
        self.link.close()

    def _tick(self, _: float) -> None:
        if self._ended:
            self.stop()
            return
        self.link.poll()
        now_s = time.monotonic()
        view = self.board.view(
            self.link.picture, dt.datetime.now(dt.UTC), now_s, live=self.link.live, heard=self.link.heard_at
        )
        self.screen.show(view, now_s)
        while (call := self.board.next_speech()) is not None:
            self.voice.say(self.words("speech.call", number=call.number, window=call.window))
        self._pulse.poll(now_s, (self.voice.trouble,) if self.voice.trouble else ())

    def _event(self, numbered: Numbered) -> None:
        self.board.apply(numbered.event, numbered.at, self.link.heard_at or numbered.at, time.monotonic())

    def _snapshot(self) -> None:
        if self.link.heard_at is not None:
            self.board.begin(self.link.picture, self.link.heard_at, time.monotonic())
