"""The kiosk's window: shows the step the session is at, takes touches, and polls the terminal from Kivy's clock.

What a citizen chose or typed is in one session and on one screen; both are thrown away when the session ends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout

from display.theme import touchmap, window
from hub.domain.words import LANGUAGES
from kiosk.input.means import Means
from kiosk.modes import Modes
from kiosk.outbox import OutboxError
from kiosk.pace import Pace
from kiosk.scanning import Scanning
from kiosk.screens.ahead import Ahead
from kiosk.screens.aloud import Aloud
from kiosk.screens.cover import Cover, Fault
from kiosk.screens.done import DoneScreen
from kiosk.screens.frame import Screen, StepScreen
from kiosk.screens.home import Home
from kiosk.screens.kit import Kit
from kiosk.screens.makers import COMPLAINT, OPENERS, STAFF
from kiosk.screens.stage import Stage
from kiosk.services import Flow
from kiosk.services.staff import Hold, Staff
from kiosk.session import Incomplete, Move, Session
from kiosk.speech import Speech
from kiosk.stumbling import EXIT_CODE
from kiosk.terminal import Terminal

POLL_S, LOOK_S, REHEARSE_S = 0.01, 0.25, 0.4
FAULT_S = 5.0
"""So long the fault screen stands before a window that gives itself up ends; the watchdog starts another."""


class Kiosk(App):
    """Shows one terminal's session. `means` is how citizens can write; `stage` frames the root widget.

    `corner` begins the staff corner, which a long press at the upper left opens; `speech` is None without a voice.
    """

    def __init__(
        self,
        terminal: Terminal,
        kit: Kit,
        means: Means,
        stage: Callable[[FloatLayout], Any] = lambda root: root,
        corner: Callable[[], Staff] | None = None,
        speech: Speech | None = None,
    ) -> None:
        super().__init__()
        self._framed = stage
        self._corner, self._hold, self._aloud = corner, Hold(), Aloud(speech)
        self._terminal, self._kit, self._means = terminal, kit, means
        self._stage, self._pace = Stage(), Pace()
        self._ahead = Ahead(self._stage, self, terminal, means)
        self._at: tuple[str, str] = (COMPLAINT, "home")
        self._scanning = Scanning(terminal, Clock.get_time, lambda: self._stage.cover is None, self._refresh)
        self.exit_code = 0

    @property
    def session(self) -> Session:
        return self._terminal.session

    @property
    def flow(self) -> Flow | None:
        return self._terminal.flow

    def build(self) -> Any:
        self._terminal.changed = self._refresh
        self._terminal.start()
        self.show()
        self._scanning.follow(Window)
        Window.bind(on_touch_down=self._touched, on_touch_move=self._wandered, on_touch_up=self._let_go)
        Clock.schedule_interval(lambda _dt: self._terminal.poll(), POLL_S)
        Clock.schedule_interval(lambda _dt: self._look(), LOOK_S)
        # Not before: Kivy counts from the frame before, or from when it was loaded, and would rehearse at once.
        rehearse = partial(Clock.schedule_interval, lambda _dt: self._ahead.rehearse(self._kit), REHEARSE_S)
        window.when_shown(Window, rehearse)
        touchmap.follow(Window, where=self._where, roots=lambda: [self._stage.top])
        return self._framed(self._stage.root)

    # --- what screens ask

    def move(self, by: Move) -> None:
        """The next step, or the sentence that says what is missing."""
        try:
            self.session.move(by)
        except Incomplete as lacking:
            if isinstance(self._screen, StepScreen):
                self._screen.complain(lacking.missing)
            return
        if self.session.step == "home":
            self.finish()
        else:
            self.show()

    @property
    def can_pair(self) -> bool:
        return self._terminal.can_pair

    def close(self) -> None:
        self._terminal.close()
        self.show()

    def open(self, service: str) -> None:
        if isinstance(self._screen, Screen):
            self._screen.keep()
        self._terminal.open(service, OPENERS[service](self._terminal))
        self.show()

    def switch(self, modes: Modes) -> None:
        """The same step in other modes; what is being written stays."""
        self._lift()
        if isinstance(self._screen, Screen):
            self._screen.keep()
        if modes.language != self._terminal.modes.language or not modes.speech:
            self._aloud.forget()
        self._terminal.switch(modes)
        self.show()

    def choose_language(self) -> None:
        modes = self._terminal.modes
        self._lay("language", [(one, "secondary", partial(self.switch, modes.speaking(one))) for one in LANGUAGES])

    def submit(self) -> None:
        try:
            self._terminal.submit()
        except OutboxError:
            self._lay("unsaved", [("stay", "primary", self.finish)])
            return
        self.show()

    def abandon(self) -> None:
        self._lay("abandon", [("leave", "secondary", self.finish), ("stay", "primary", self._lift)])

    def finish(self) -> None:
        """Ends the session: everything personal is wiped from fields, screens, decoder and memory of ours."""
        self._lift()
        self._scanning.forget()
        if isinstance(self._screen, Screen):
            self._screen.wipe()
        self._terminal.begin()
        self._means.fresh()
        self._aloud.forget()
        self.show()

    def call_staff(self) -> None:
        """Says that it is being told, and that it was told only when the hub has it."""
        self._lay("calling", [("stay", "primary", self._lift)])
        self._terminal.call_staff(self._called)

    def stumble(self) -> None:
        """A mistake of ours: the session is over and the first screen back, or the fault screen and a new start."""
        if self.exit_code:
            return  # it is on its way out
        if self._terminal.stumble():
            self.exit_code = EXIT_CODE
            Clock.schedule_once(lambda _dt: self.stop(), FAULT_S)
        self.finish()

    # --- showing

    def show(self) -> None:
        """A fresh screen for the step, in the citizen's modes."""
        if self._kit.modes != self._terminal.modes:
            self._kit = self._kit.in_modes(self._terminal.modes)
            Window.clearcolor = self._kit.palette.paper
        if not self._out_of_service:
            self._at = self._step
        self._stage.put(
            self._kit, Fault(self._kit) if self._out_of_service else self._ahead.screen(self._kit, self._at)
        )

    @property
    def _step(self) -> tuple[str, str]:
        terminal = self._terminal
        return (COMPLAINT, self.session.step) if terminal.flow is None else (terminal.service, terminal.flow.step)

    def _refresh(self) -> None:
        """Something arrived: the service in use is at another step, or its screen has more to say."""
        if self._at != self._step:
            self.show()
        elif isinstance(self._screen, DoneScreen) or self._terminal.flow is not None:
            self._screen.refresh()

    def _look(self) -> None:
        """Four times a second: the waiting numbers, the citizen's patience, what there is to say."""
        terminal = self._terminal
        self._aloud.read(self._stage.top, self._kit)
        if self._hold.done(Clock.get_time()):
            self._to_corner()
        if self._out_of_service and not isinstance(self._screen, Fault) and self._cover is None:
            self.show()
        self._scanning.poll()
        if isinstance(self._screen, Home):
            self._screen.show(terminal.strip())
            if terminal.changed_modes and terminal.patience.mood(Clock.get_time()) != "calm":
                self.finish()  # whoever set the glass for themselves has gone without beginning anything
        elif isinstance(self._screen, Screen):
            if self._screen.follows_hall:
                self._screen.refresh()
            self._wait()

    def _wait(self) -> None:
        patience, now = self._terminal.patience, Clock.get_time()
        mood, left = patience.mood(now), patience.left_s(now)
        if mood == "over" or (mood == "warning" and not self._screen.warns):
            self.finish()
        elif isinstance(self._screen, DoneScreen):
            self._screen.count(left)
        elif mood == "warning":
            if self._cover is None or self._cover.name != "warning":
                self._lay("warning", [("leave", "secondary", self.finish), ("stay", "primary", self._lift)])
            assert self._cover is not None
            self._cover.count(left)

    @property
    def _out_of_service(self) -> bool:
        """Whoever mends it is let in all the same."""
        return bool(self._terminal.fault) and self._terminal.service != STAFF

    def _to_corner(self) -> None:
        """A long press in the quiet corner: to the PIN. Who is in the middle of something is asked first."""
        if self._corner is None or self._cover is not None or self._terminal.service == STAFF:
            return
        if isinstance(self._screen, Home | Fault):
            self._open_corner()
        else:
            self._lay("corner", [("leave", "secondary", self._open_corner), ("stay", "primary", self._lift)])

    def _open_corner(self) -> None:
        assert self._corner is not None
        self.finish()
        self._terminal.open(STAFF, self._corner())
        self.show()

    def _touched(self, _window: Any, touch: Any) -> bool:
        """Any touch anywhere extends the time; the warning goes away by itself."""
        self._terminal.touched()
        self._stage.touched()
        self._pace.touched()
        self._aloud.hush()
        self._hold.down(*self._mm(touch), Clock.get_time())
        Clock.schedule_once(self._foresee, 0)  # once the key is seen to be pressed
        return False

    def _foresee(self, _dt: float) -> None:
        if self._cover is None and isinstance(self._screen, Screen):
            self._ahead.foresee(self._kit, self._screen)

    def _wandered(self, _window: Any, touch: Any) -> bool:
        self._hold.moved(*self._mm(touch))
        return False

    def _let_go(self, *_: Any) -> bool:
        self._hold.up()
        Clock.schedule_once(lambda _dt: self._ahead.drop(), 0)  # after what it asked for
        return False

    def _mm(self, touch: Any) -> tuple[float, float]:
        """Where a finger is, from the glass's upper left corner."""
        glass = self._kit.scale.screen
        return touch.sx * glass.width_mm, (1 - touch.sy) * glass.height_mm

    def _called(self) -> None:
        if self._cover is not None and self._cover.name == "calling":
            self._lay("called", [("stay", "primary", self._lift)])

    def _lay(self, name: str, answers: list[tuple[str, str, Callable[[], None]]]) -> None:
        self._stage.lay(self._kit, name, answers)

    def _lift(self) -> None:
        self._stage.lift()

    @property
    def _screen(self) -> Any:
        return self._stage.screen

    @property
    def _cover(self) -> Cover | None:
        return self._stage.cover

    def _where(self) -> dict[str, str]:
        """For drivers: which screen, and keys of its state."""
        over = f"{self._cover.name}." if self._cover else ""
        return {"screen": f"{over}{self._screen.name}", "state": self._screen.state()}
