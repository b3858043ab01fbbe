"""A Kivy window with nothing in it but a colour: what any kiosk takes at least to come up.

`python -m benchmarks.empty_window WIDTH HEIGHT`.
"""

from __future__ import annotations

import os
import sys


def main(width: int, height: int) -> None:
    os.environ.update({"KIVY_NO_CONFIG": "1", "KIVY_NO_ARGS": "1", "KIVY_NO_FILELOG": "1", "KIVY_NO_CONSOLELOG": "1"})
    from kivy.config import Config

    for name, value in (("width", width), ("height", height), ("borderless", 1), ("left", 0), ("top", 0)):
        Config.set("graphics", name, str(value))
    Config.set("graphics", "position", "custom")
    from kivy.app import App
    from kivy.core.window import Window
    from kivy.uix.widget import Widget

    class Empty(App):
        def build(self) -> Widget:
            return Widget()

    Window.clearcolor = (0.03, 0.27, 0.25, 1)
    Empty().run()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
