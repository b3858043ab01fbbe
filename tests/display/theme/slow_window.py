"""A window with one button that takes its time to answer and then stands elsewhere; its map counts taps and frames."""

from __future__ import annotations

import time
from typing import Any

from display.theme import touchmap, window

SIZE = (800, 600)
SLOW_S = 0.6
BUTTON = {"size_hint": (None, None), "size": (200, 100)}


def main() -> None:
    opened = window.prepare(*SIZE, "slow")
    from kivy.app import App
    from kivy.uix.floatlayout import FloatLayout

    from display.theme.widgets import Touch

    taps = frames = 0

    def tapped(button: Any) -> None:
        nonlocal taps
        taps += 1
        time.sleep(SLOW_S)  # as a busy machine does
        button.pos = (500, 400) if taps % 2 else (0, 0)

    def flipped(*_: Any) -> None:
        nonlocal frames
        frames += 1

    class Slow(App):
        """The button and nothing else."""

        def build(self) -> FloatLayout:
            opened.bind(on_flip=flipped)
            touchmap.follow(opened, where=lambda: {"screen": "slow", "taps": str(taps), "frames": str(frames)})
            root = FloatLayout()
            root.add_widget(touchmap.name(Touch("走", on_tap=tapped, **BUTTON), "go"))
            return root

    Slow().run()


if __name__ == "__main__":
    main()
