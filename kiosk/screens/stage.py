"""What stands on the glass: one screen, and over it at most one question; what went is freed when nobody waits."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.uix.floatlayout import FloatLayout

from display.theme.widgets.discard import throw_away
from display.theme.widgets.settle import settle
from display.theme.widgets.text import draw_all
from kiosk.screens.cover import Cover, Fault
from kiosk.screens.frame import Screen
from kiosk.screens.kit import Kit
from kiosk.screens.upper import staged

MOST_GONE = 40
"""So many screens that went are collected even while somebody touches without a pause."""
MOST_LOOKS = 3
FORGET_S = 0.5
"""So long after the last touch what is left of screens that are gone is collected: it takes as long as two frames."""
_give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)
"""malloc_trim(3): what glibc keeps of freed memory, fifty megabytes in pieces, goes back to the machine."""


class Stage:
    """`root` belongs into a window; `screen` is None before the first one, `cover` while nothing is asked."""

    def __init__(self) -> None:
        self.root = FloatLayout()
        self.screen: Any = None
        self.cover: Cover | None = None
        self._gone = 0
        self._forget = Clock.create_trigger(self._collect, FORGET_S)

    @property
    def top(self) -> Any:
        """What can be touched now."""
        return self.cover or self.screen

    def put(self, kit: Kit, screen: Screen | Fault) -> None:
        """Shows a screen instead of the one before, which forgets what was written on it."""
        before = self.screen
        self.root.clear_widgets()
        if before is not None and not (isinstance(before, Screen) and before.stays):
            self.strike(before)
        self.screen = screen
        self.root.add_widget(screen.parent or self._held(kit, screen))
        if self.cover is not None:
            self.root.add_widget(self.cover)

    def prepare(self, kit: Kit, screen: Screen) -> None:
        """Lays a screen out and draws its words, where nobody sees it; it may be put later."""
        self._held(kit, screen)
        Clock.schedule_once(draw_all, 0)  # after Kivy's own pass

    def strike(self, screen: Screen | Fault) -> None:
        """Frees a screen that is not shown, with what was written on it."""
        if isinstance(screen, Screen):  # the sign of a fault holds nothing
            screen.wipe()
        self._throw_away([screen.parent])

    def lay(self, kit: Kit, name: str, answers: list[tuple[str, str, Callable[[], None]]]) -> None:
        """A question over the screen, instead of the one before."""
        self.lift()
        hall, shape = kit.hall, kit.shape
        self.cover = Cover(kit, name, answers, window=hall.window_name, place=hall.place)
        self.cover.size_hint, self.cover.size, self.cover.pos = (1, None), (shape.width_px, shape.height_px), (0, 0)
        self.root.add_widget(self.cover)

    def lift(self) -> None:
        if self.cover is not None:
            self.root.remove_widget(self.cover)
            self._throw_away([self.cover])
            self.cover = None

    def touched(self) -> None:
        """Somebody is busy: what there is to collect waits, as long as it is not too much."""
        if self._forget.is_triggered and self._gone < MOST_GONE:
            self._forget.cancel()
            self._forget()

    def _held(self, kit: Kit, screen: Screen | Fault) -> FloatLayout:
        held = staged(kit, screen)
        glass = kit.scale.screen  # the root takes the window's size only with the first frame
        held.size = (glass.width_px, glass.height_px)
        settle(held)
        return held

    def _throw_away(self, widgets: list[Any]) -> None:
        throw_away(widgets)
        self._gone += len(widgets)
        self._forget()

    def _collect(self, _dt: float) -> None:
        self._gone = 0
        for _look in range(MOST_LOOKS):  # widgets that went leave what was bound to them, which another look finds
            if not gc.collect():
                break
        if _give_back is not None:
            _give_back(0)
