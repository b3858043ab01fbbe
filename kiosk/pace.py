"""How often the window looks for touches: quickly while somebody is at the glass, seldom while nobody is."""

from __future__ import annotations

from kivy.clock import Clock

CALM_FPS, QUICK_FPS = 60.0, 500.0
"""Kivy takes a touch in one turn of its loop and hands it on in the next: two turns are what a finger waits."""
STAYS_S = 2.0


class Pace:
    """Quick from a touch on, until there was none for a while. A picture that stands still is drawn at neither pace."""

    def __init__(self) -> None:
        self._calm = Clock.create_trigger(lambda _dt: self._turn(CALM_FPS), STAYS_S)

    def touched(self) -> None:
        self._turn(QUICK_FPS)
        self._calm.cancel()
        self._calm()

    def _turn(self, fps: float) -> None:
        Clock._max_fps = fps  # what Kivy's `maxfps` sets, and has no name for while it runs
