"""The frame around every screen: heading, modes, body and foot, for a glass upright, across or low.

A screen fills `body` and never asks where it is. Upright, heading and modes stand above it; across, they are a rail at
its left; low, the same stands closer together in the part of the glass that is within reach.
"""

from __future__ import annotations

from typing import Any, Protocol

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Text
from kiosk.modes import Modes
from kiosk.screens.heads import LEAVE_PX, RAIL_EDGE_PX, TITLE_PITCH, Rungs, bar, progress, rail
from kiosk.screens.kit import RAIL_PX, Key, Kit
from kiosk.screens.modes_row import modes_row
from kiosk.services import Flow
from kiosk.session import Move, Session

STAFF_PX = 36


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

    def close(self) -> None:
        """Back from a service to the complaint, where it stood."""

    @property
    def can_pair(self) -> bool:
        """Whether a phone could open a form of this kiosk's now."""

    def show(self) -> None:
        """The flow went on: its step's screen, made anew."""

    def switch(self, modes: Modes) -> None:
        """Shows the same step in other modes."""

    def choose_language(self) -> None: ...


class Screen(BoxLayout):
    """A whole screen; `name` is what drivers see. `refresh` shows what changed without a rebuild.

    `follows_hall`: it shows numbers of the hall that move while somebody stands before it. `warns`: who does not touch
    it is asked for a sign before everything is wiped. `stays`: nothing in it is a citizen's, so it is shown again.
    """

    name = ""
    follows_hall = False
    warns = True
    stays = False

    def __init__(self, kit: Kit, asks: Asks, **settings: Any) -> None:
        super().__init__(**({"orientation": "vertical"} | settings))
        self.kit, self.asks = kit, asks

    def refresh(self) -> None:
        """The session or the hall's picture changed."""

    def state(self) -> str:
        """What a driver may know besides the name: keys of ours, never words of a citizen."""
        return ""

    def lead(self, key: str, session: Session) -> None:
        """Does to a copy of the session what a tap on that key does, where it leads to the next step of the form."""

    def keep(self) -> None:
        """Hands what is just being written to the session, before the screen is made anew."""

    def wipe(self) -> None:
        """Forgets what a citizen typed, before the screen is thrown away."""

    def staff_key(self) -> Key:
        """呼叫工作人员, at the same place on every screen."""
        kit, words = self.kit, staff_words(self.kit)
        key = kit.key("staff", words, kind="danger", px=STAFF_PX, then=self.asks.call_staff, padding=(16, 8))
        key.size_hint_x, key.width = None, kit.wide_px(words, kit.main_px(STAFF_PX), 216)
        return key

    def foot(self, *widgets: Widget, gap_px: int = 24) -> BoxLayout:
        """The lowest row: 呼叫工作人员 first, as high as its words and everything beside it need."""
        kit = self.kit
        above, below = (10, 16) if kit.shape.low else (20, 44)
        high = foot_px(kit)
        foot = BoxLayout(padding=(kit.edge_px, above, kit.edge_px, below), size_hint_y=None, height=high)
        row = kit.row(high - above - below, self.staff_key(), *widgets, gap_px=gap_px)
        row.size_hint_y = 1
        foot.add_widget(row)
        return foot


def staff_words(kit: Kit) -> str:
    """On two lines; low, on one."""
    words = kit.words("staff.call")
    return words.replace("\n", " " if words.isascii() else "") if kit.shape.low else words


def foot_px(kit: Kit) -> float:
    """How high the lowest row is."""
    words = (staff_words(kit).count("\n") + 1) * kit.main_px(STAFF_PX) * TITLE_PITCH + 20
    return max(kit.target_px(136), words) + (26 if kit.shape.low else 64)


class Page(Screen):
    """A screen of a service: heading, question and hint, then the body, then 呼叫工作人员, 上一步 and the way on.

    `heading` is a key of the catalogue; `next_word` empty where tapping in the body is the only way on.
    """

    heading = ""
    next_word = "next"
    next_name = "next"
    back_word = "back"
    has_back = True
    """Whether 上一步 stands in the foot: what was given is not given back by it."""

    room_px = 0.0
    """How much height the page's own pieces have together."""

    def __init__(self, kit: Kit, asks: Asks) -> None:
        across = kit.shape.across
        super().__init__(kit, asks, orientation="horizontal" if across else "vertical")
        around, between = kit.high_px(28), kit.gap_px(kit.high_px(14))
        self.body = BoxLayout(orientation="vertical", padding=(kit.edge_px, around, kit.edge_px, 0), spacing=between)
        above = self._above()
        for one in above:
            self.body.add_widget(one)
        foot = self._foot()
        heads = [] if across else [self._bar(), modes_row(kit, asks)]
        taken = sum(one.height for one in (*heads, foot)) + sum(one.height + between for one in above)
        self.room_px = kit.shape.height_px - taken - around - between
        self.build()
        self.body.add_widget(Widget(size_hint_y=0.0001))
        column: BoxLayout = self
        if across:
            self.add_widget(self._rail())
            column = BoxLayout(orientation="vertical")
            self.add_widget(column)
        for one in (*heads, self.body, foot):
            column.add_widget(one)
        self.refresh()

    def _above(self) -> list[Widget]:
        """What stands over the body: how far one is, the question and its hint. Low, the bar says the question."""
        kit = self.kit
        self.hint = kit.note(self.hint_words(), px=33, width=kit.inner_px, pitch=1.45)
        self._title = kit.title(
            self.title_words(), px=52 if kit.shape.across else 60, width=kit.inner_px, pitch=TITLE_PITCH
        )
        if kit.shape.low:
            if kit.modes.big:
                self.hint.text = ""  # large letters need its room; `complain` says here what is missing
            elif self._steps() is not None:
                self.hint.text = self._step_words(self.hint.text)
            row = self.title_row(self.hint)
            return [row] if self.hint.text or row is not self.hint else []
        counted = None if kit.shape.across else self._steps()
        steps = [progress(kit, *counted)] if counted is not None else []
        return [*steps, self.title_row(self._title), *([self.hint] if self.hint.text else [])]

    def build(self) -> None:
        """Adds the page's own pieces to `body`."""
        raise NotImplementedError  # each page has its own

    def title_words(self) -> str:
        return self.kit.words(f"{self.name}.title")

    def title_row(self, title: Text) -> Widget:
        """The question, and what stands beside it."""
        return title

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

    def _step_words(self, *more: str) -> str:
        steps = self._steps()
        assert steps is not None
        at, count = steps
        return " · ".join([self.kit.words("step", at=at, count=count), *(one for one in more if one)])

    def _bar(self) -> Widget:
        """What this is, or low the question itself; and the way out of it."""
        words = self.title_words() if self.kit.shape.low else self.kit.words(self.heading)
        return bar(self.kit, words, self._leave_key())

    def _rail(self) -> Widget:
        kit, steps = self.kit, self._steps()
        told: list[Widget] = []
        if steps is not None:
            told = [kit.note(self._step_words(), px=33, color=kit.palette.on_jade), Rungs(kit, *steps)]
        leave = self._leave_key()
        leave.size_hint_y, leave.height = None, kit.target_px(92, main=False)
        heading = kit.headline(kit.words(self.heading), 56, RAIL_PX - 2 * RAIL_EDGE_PX, color=kit.palette.on_jade)
        return rail(kit, [heading, *told], [modes_row(kit, self.asks), leave])

    def _leave_key(self) -> Key:
        words = self.leave_word()
        return self.kit.key("abandon", words, kind="quiet", px=LEAVE_PX, then=self.leave, main=False, padding=(12, 8))

    def _foot(self) -> BoxLayout:
        kit = self.kit
        back = kit.key("back", kit.words(self.back_word), then=self.go_back, px=42, padding=(12, 8), size_hint_x=None)
        back.width = kit.wide_px(back.text, kit.main_px(42), 232)
        word = kit.words(self.next_word or "next")
        self.next = kit.key(self.next_name, word, kind="primary", px=52, then=self.go_next, padding=(16, 8))
        self.next.title.min_px = kit.main_px(0)
        self.next.title.max_lines = 2 if "\n" in word or kit.modes.big else 1
        way = (back,) if self.has_back else ()
        return self.foot(*way, self.next if self.next_word else Widget())


class StepScreen(Page):
    """A step of the complaint: the row of progress, and leaving asks first."""

    heading = "form.title"

    def lead(self, key: str, session: Session) -> None:
        if key == self.next_name:
            session.move("next")

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
        if self.hint.parent is None:
            self.body.add_widget(self.hint, index=len(self.body.children))
        self.hint.color = self.kit.palette.seal
        self.hint.bold = True

    def _steps(self) -> tuple[int, int]:
        at, count = self.asks.session.place()
        return at, count - 1
