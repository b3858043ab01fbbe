"""The frame around every screen: heading, modes, body and foot, for a glass upright, across or low.

A screen fills `body` and never asks where it is. Upright, heading and modes stand above it; across, they are a rail at
its left; low, the same stands closer together in the part of the glass that is within reach.
"""

from __future__ import annotations

from typing import Any, Protocol

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.palette import Colour
from display.theme.widgets import Steps
from kiosk.modes import Modes
from kiosk.screens.kit import RAIL_PX, Key, Kit
from kiosk.screens.modes_row import modes_row
from kiosk.services import Flow
from kiosk.session import Move, Session


class Asks(Protocol):
    """What a screen may ask for; the program behind it decides."""

    @property
    def session(self) -> Session: ...
    @property
    def flow(self) -> Flow | None: ...
    def move(self, by: Move) -> None: ...
    def submit(self) -> None: ...
    def abandon(self) -> None: ...
    def finish(self) -> None: ...
    def call_staff(self) -> None: ...
    def open(self, service: str) -> None:
        """Begins a service of the home screen."""

    def show(self) -> None:
        """The flow went on: its step's screen, made anew."""

    def switch(self, modes: Modes) -> None:
        """Shows the same step in other modes."""

    def choose_language(self) -> None: ...


class Ground(BoxLayout):
    """A plain coloured ground from edge to edge."""

    def __init__(self, fill: Colour, **settings: Any) -> None:
        super().__init__(**settings)
        with self.canvas.before:
            Color(*fill)
            self._ground = Rectangle()
        self.bind(pos=self._spread, size=self._spread)

    def _spread(self, *_: Any) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size


class Screen(BoxLayout):
    """A whole screen; `name` is what drivers see. `refresh` shows what changed without a rebuild.

    `follows_hall`: it shows numbers of the hall that move while somebody stands before it.
    """

    name = ""
    follows_hall = False

    def __init__(self, kit: Kit, asks: Asks, **settings: Any) -> None:
        super().__init__(**({"orientation": "vertical"} | settings))
        self.kit, self.asks = kit, asks

    def refresh(self) -> None:
        """The session or the hall's picture changed."""

    def state(self) -> str:
        """What a driver may know besides the name: keys of ours, never words of a citizen."""
        return ""

    def keep(self) -> None:
        """Hands what is just being written to the session, before the screen is made anew."""

    def wipe(self) -> None:
        """Forgets what a citizen typed, before the screen is thrown away."""

    def staff_key(self) -> Key:
        """呼叫工作人员, at the same place on every screen."""
        kit = self.kit
        return kit.key(
            "staff",
            kit.words("staff.call"),
            kind="danger",
            px=36,
            then=self.asks.call_staff,
            padding=(16, 12),
            size_hint_x=None,
            width=kit.high_px(216) * (1.3 if kit.modes.big else 1),
        )


class Page(Screen):
    """A screen of a service: heading, question and hint, then the body, then 呼叫工作人员, 上一步 and the way on.

    `heading` is a key of the catalogue; `next_word` empty where tapping in the body is the only way on.
    """

    heading = ""
    next_word = "next"
    next_name = "next"
    has_back = True
    """Whether 上一步 stands in the foot: what was given is not given back by it."""

    def __init__(self, kit: Kit, asks: Asks) -> None:
        across = kit.shape.across
        super().__init__(kit, asks, orientation="horizontal" if across else "vertical")
        self.body = BoxLayout(
            orientation="vertical",
            padding=(kit.edge_px, kit.high_px(28), kit.edge_px, 0),
            spacing=kit.gap_px(kit.high_px(14)),
        )
        if across:
            self.add_widget(self._rail())
            beside = BoxLayout(orientation="vertical")
            beside.add_widget(self.body)
            beside.add_widget(self._foot())
            self.add_widget(beside)
        else:
            self.add_widget(self._bar())
            self.add_widget(modes_row(kit, asks))
            self.add_widget(self.body)
        if not across and self._steps() is not None:
            self.body.add_widget(self._steps_row())
        self._title = kit.title(self.title_words(), px=60)
        self.hint = kit.note(self.hint_words(), px=33)
        self.body.add_widget(self._title)
        if self.hint.text:
            self.body.add_widget(self.hint)
        self.build()
        self.body.add_widget(Widget(size_hint_y=0.0001))
        if not across:
            self.add_widget(self._foot())
        self.refresh()

    def build(self) -> None:
        """Adds the page's own pieces to `body`."""
        raise NotImplementedError

    def title_words(self) -> str:
        return self.kit.words(f"{self.name}.title")

    def hint_words(self) -> str:
        """What stands smaller below the question; may be empty."""
        return self.kit.words(f"{self.name}.hint")

    def go_next(self) -> None:
        """The key at the lower right."""

    def go_back(self) -> None:
        """The key beside it; from a service's first page it leads home."""
        self.asks.finish()

    def leave(self) -> None:
        """The quiet key of the heading; nothing is asked where nothing would be lost."""
        self.asks.finish()

    def leave_word(self) -> str:
        return self.kit.words("home.back")

    # --- the frame

    def _steps(self) -> tuple[int, int] | None:
        """Which step of how many, where a form counts them."""
        return None

    def _steps_row(self) -> Steps:
        kit, steps = self.kit, self._steps()
        assert steps is not None
        at, count = steps
        return Steps(
            at=at - 1,
            count=count,
            word=kit.words("step", at=at, count=count),
            font_px=kit.side_px(31),
            face=kit.face,
            piece_px=(kit.high_px(92) if not kit.modes.big else 64, 22),
            palette=kit.palette,
            size_hint_y=None,
            height=kit.side_px(31) * 1.4,
        )

    def _bar(self) -> Widget:
        kit = self.kit
        high = kit.target_px(84, main=False)
        around = kit.high_px(26) if not kit.shape.low else 10
        bar = Ground(kit.palette.jade, padding=(kit.edge_px, around), size_hint_y=None, height=high + 2 * around)
        heading = kit.title(kit.words(self.heading), px=50, color=kit.palette.on_jade, size_hint_y=1, valign="middle")
        heading.max_lines, heading.min_px = 1, kit.main_px(0)
        bar.add_widget(heading)
        bar.add_widget(self._leave_key(size_hint_x=None, width=kit.high_px(232) * (1.35 if kit.modes.big else 1)))
        return bar

    def _rail(self) -> Widget:
        kit = self.kit
        rail = Ground(
            kit.palette.jade,
            orientation="vertical",
            padding=(32, 40, 32, 40),
            spacing=24,
            size_hint_x=None,
            width=RAIL_PX,
        )
        rail.add_widget(kit.title(kit.words(self.heading), px=56, color=kit.palette.on_jade))
        steps = self._steps()
        if steps is not None:
            at, count = steps
            words = kit.words("step", at=at, count=count)
            rail.add_widget(kit.note(words, px=33, color=kit.palette.on_jade))
        rail.add_widget(Widget())
        rail.add_widget(modes_row(kit, self.asks))
        rail.add_widget(self._leave_key(size_hint_y=None, height=kit.target_px(92, main=False)))
        return rail

    def _leave_key(self, **settings: Any) -> Key:
        return self.kit.key(
            "abandon",
            self.leave_word(),
            kind="quiet",
            px=34,
            then=self.leave,
            main=False,
            padding=(12, 8),
            **settings,
        )

    def _foot(self) -> BoxLayout:
        kit = self.kit
        back = kit.key(
            "back",
            kit.words("back"),
            then=self.go_back,
            px=42,
            padding=(12, 8),
            size_hint_x=None,
            width=kit.high_px(232) * (1.3 if kit.modes.big else 1),
        )
        self.next = kit.key(
            self.next_name, kit.words(self.next_word or "next"), kind="primary", px=52, then=self.go_next
        )
        high = kit.target_px(136)
        way = (back,) if self.has_back else ()
        row = kit.row(high, self.staff_key(), *way, self.next if self.next_word else Widget(), gap_px=24)
        row.size_hint_y = 1
        above, below = (10, 16) if kit.shape.low else (20, 44)
        foot = BoxLayout(padding=(kit.edge_px, above, kit.edge_px, below), size_hint_y=None)
        foot.height = high + above + below
        foot.add_widget(row)
        return foot


class StepScreen(Page):
    """A step of the complaint: the row of progress, and leaving asks first."""

    heading = "form.title"

    def go_next(self) -> None:
        self.asks.move("next")

    def go_back(self) -> None:
        self.asks.move("back")

    def leave(self) -> None:
        self.asks.abandon()

    def leave_word(self) -> str:
        return self.kit.words("abandon")

    def complain(self, missing: str) -> None:
        """Says what the step lacks, where the hint stood."""
        self.hint.text = self.kit.words(f"missing.{missing}")
        self.hint.color = self.kit.palette.seal
        self.hint.bold = True

    def _steps(self) -> tuple[int, int]:
        at, count = self.asks.session.place()
        return at, count - 1
