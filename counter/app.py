"""The counter's window: opens it, hears the hub and the keyboard, and changes between log-in and work."""

from __future__ import annotations

import os
import time
from typing import Any

from counter.scanning import Scanning
from display.theme import touchmap
from display.theme.palette import NORMAL as P
from display.theme.window import prepare, stage
from hub.config import HallDirectory
from hub.domain.hall import Screen
from hub.domain.words import STAFF, Words
from hub.wire.messages import Notice, Rejected

POLL_S = 0.01
LOOK_S = 1.0
DEFAULT_SCREEN = Screen(width_px=1920, height_px=1080, width_mm=527.0, height_mm=296.0)

NOT_OURS = Rejected(code="wrong_code", text="this is no code of this hall; scan the square on the receipt")

# Kivy's numbers for the keys that mean something here.
NAMES = {13: "enter", 271: "enter", 27: "escape", 273: "up", 274: "down", 276: "left", 275: "right"}
NAMES |= {48 + number: str(number) for number in range(10)}
NAMES |= {281 + number: f"f{number}" for number in range(1, 13)}


def run(directory: HallDirectory, terminal: str, left: int = 0, top: int = 0, zoom: float = 1.0) -> None:
    """Shows the terminal until its window is closed; raises what `Workplace` raises when it cannot begin."""
    from counter.identity import terminal_of

    screen = terminal_of(directory, terminal).screen or DEFAULT_SCREEN
    # In this process, and gone with it: another program would keep what was copied.
    os.environ["KIVY_CLIPBOARD"] = "sdl2"
    title = Words("counter", STAFF)("app.title")
    window = prepare(screen.width_px, screen.height_px, f"{title} · {terminal}", left, top, zoom=zoom)

    # Kivy reads its environment when it is first imported, so its users come after the window.
    from kivy.app import App
    from kivy.clock import Clock
    from kivy.uix.boxlayout import BoxLayout
    from kivy.uix.textinput import TextInput

    from counter.screens.login import Login
    from counter.screens.shell import Shell
    from counter.workplace import Workplace
    from display.voice import Voice

    class Counter(App):
        """One terminal."""

        use_kivy_settings = False

        def build(self) -> Any:
            self.voice = Voice()
            self.look = Clock.create_trigger(self._look)
            self.place = Workplace(directory, terminal, changed=self.look, alert=self._alert)
            self.room = BoxLayout()
            self.shown: Any = None
            session = self.place.session
            self.scanning = Scanning(session.ask, time.monotonic, self._free, self._open_case, self._not_ours)
            self._look()
            Clock.schedule_interval(self._poll, POLL_S)
            Clock.schedule_interval(self._look, LOOK_S)
            window.bind(on_key_down=self._key)
            touchmap.follow(window, roots=self._reachable)
            return stage(self.room, screen.width_px, screen.height_px, zoom)

        def on_stop(self) -> None:
            if isinstance(self.shown, Shell):
                self.shown.close()
            self.place.close()
            self.voice.close()

        def open_settings(self, *_: Any) -> bool:
            return False

        def _reachable(self) -> list[Any]:
            """What can be touched now: under a question nothing else."""
            asked = getattr(self.shown, "dialog", None)
            return [asked] if asked is not None else list(window.children)

        def _look(self, *_: Any) -> None:
            wanted = Login if self.place.session.staff is None else Shell
            if not isinstance(self.shown, wanted):
                self._change(wanted)
            self.shown.show()

        def _poll(self, _dt: float) -> None:
            self.place.poll()
            for code in self.place.devices.codes():
                self.scanning.scanned(code)

        def _change(self, wanted: Any) -> None:
            self.scanning.forget()
            if isinstance(self.shown, Shell):
                self.shown.close()
            elif self.shown is not None:
                self.shown.wipe()
            self.room.clear_widgets()
            self.shown = Login(self.place) if wanted is Login else Shell(self.place, self._log_out)
            self.room.add_widget(self.shown)
            if wanted is Login:
                self.shown.focus()

        def _log_out(self) -> None:
            self.shown.close()  # drafts first: the session forgets what they belong to
            self.place.session.log_out()
            self._look()

        def _alert(self, notice: Notice) -> None:
            self.voice.chime()

        def _free(self) -> bool:
            """Whether somebody works here and nothing asks them a question."""
            return isinstance(self.shown, Shell) and self.shown.dialog is None

        def _open_case(self, case_number: str) -> None:
            self.shown.open_case(case_number)

        def _not_ours(self) -> None:
            self.place.session.refused = NOT_OURS
            self._look()

        def _key(self, _window: Any, key: int, _code: int, text: str | None, modifiers: list[str]) -> bool:
            if text and isinstance(self.shown, Shell) and not _typing():
                self.scanning.key(text, modifiers)
            name = NAMES.get(key)
            if name is None or not isinstance(self.shown, Shell):
                return False
            if name == "enter" and self.scanning.enter():
                return True
            if name.isdigit() and "ctrl" not in modifiers and self.scanning.under_way:
                return True
            if "shift" in modifiers and name.startswith("f"):
                name = f"shift+{name}"
            return bool(self.shown.press(name, "ctrl" in modifiers, _typing()))

    def _typing() -> bool:
        """Whether a text field has the caret."""
        return any(isinstance(one, TextInput) and one.focus for one in window.children[0].walk())

    window.clearcolor = P.paper
    Counter().run()
