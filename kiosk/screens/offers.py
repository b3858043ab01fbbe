"""Words and characters to tap, in rows, on pages that turn. The keys are used again: a page costs no new widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from kivy.clock import Clock
from kivy.uix.widget import Widget

from display.theme import touchmap
from display.theme.widgets.text import width_of
from kiosk.input.layouts import packed
from kiosk.screens.kit import Key, Kit

_PX, _SIDES_PX, _TURNER_PX, _ARROW_PX = 42, 40, 96, 60


class Offers(Widget):
    """Shows what may be picked and calls `picked` with its place in the whole list.

    As many rows as fit `row_px`. The keys are called `NAME.0`, `NAME.1` and so on, on every page from 0; the page is
    turned by `CALLED.before` and `CALLED.after`.
    """

    def __init__(self, kit: Kit, row_px: float, picked: Callable[[int], None], called: str = "candidates") -> None:
        super().__init__()
        self._kit, self._row_px, self._picked = kit, row_px, picked
        self._gap = kit.gap_px(12)
        self._px = kit.side_px(_PX)
        self._name, self._now = "candidate", True
        self._texts: tuple[str, ...] = ()
        self._starts: list[int] = []
        self._keys: list[Key] = []
        self._turners = [
            kit.letter_key(
                f"{called}.{way}", kit.words(f"candidates.{way}"), partial(self.turn, by), kind="quiet", px=_ARROW_PX
            )
            for way, by in (("before", -1), ("after", 1))
        ]
        self.page = 0
        changed = Clock.create_trigger(lambda _dt: self._arrange(), -1)
        self.bind(pos=changed, size=changed)

    def show(self, name: str, texts: Sequence[str], *, now: bool) -> None:
        """Other words, from their first page; `now` marks the first of them, which the space key would take."""
        shown = (name, tuple(texts), now)
        if shown != (self._name, self._texts, self._now) or self.page:
            (self._name, self._texts, self._now), self.page = shown, 0
            self._arrange()

    def turn(self, by: int) -> None:
        self.page += by
        self._arrange()

    def wipe(self) -> None:
        """No word stays in a key that waits to be used again."""
        self._texts = ()
        for key in self._keys:
            key.text = ""
        self._arrange()

    # --- placing

    @property
    def _rows(self) -> int:
        return max(1, int((self.height + self._gap) // (self._row_px + self._gap)))

    @property
    def _upright(self) -> bool:
        """Higher than wide: the page is turned below, not at the side."""
        return bool(self.height > self.width * 0.8)

    def _arrange(self) -> None:
        widths = [self._width(text) for text in self._texts]
        rows, room, turner = self._rows, self.width, self._kit.target_px(_TURNER_PX, main=False)
        self._starts = packed(widths, room, self._gap, rows)
        turning = len(self._starts) > 1
        if turning:
            rows -= self._upright and rows > 1
            room -= 0 if self._upright and self._rows > 1 else self._turners_px(turner) + self._gap
            self._starts = packed(widths, room, self._gap, rows)
        self.page = max(0, min(self.page, len(self._starts) - 1))
        first = self._starts[self.page] if self._starts else 0
        last = self._starts[self.page + 1] if self.page + 1 < len(self._starts) else len(widths)
        self._place(first, last, widths, room)
        self._place_turners(turner, turning, last < len(widths))

    def _width(self, text: str) -> float:
        least = self._kit.target_px(_TURNER_PX, main=False)
        return float(max(least, width_of(text, self._px, bold=True, face=self._kit.face) + _SIDES_PX))

    def _turners_px(self, one: float) -> float:
        return one if self._rows > 1 else 2 * one + self._gap

    def _place(self, first: int, last: int, widths: list[float], room: float) -> None:
        height = (self.height - (self._rows - 1) * self._gap) / self._rows
        x, row = 0.0, 0
        for place, at in enumerate(range(first, last)):
            width = min(widths[at], room)
            if x and x + width > room + 0.5:
                x, row = 0.0, row + 1
            key = self._key(place)
            touchmap.name(key, f"{self._name}.{place}")
            key.text = self._texts[at]
            key.kind = "now" if self._now and at == 0 else "secondary"
            key.size = (width, height)
            key.pos = (round(self.x + x), round(self.y + self.height - (row + 1) * height - row * self._gap))
            self._stand(key, True)
            x += width + self._gap
        for key in self._keys[last - first :]:
            self._stand(key, False)
            key.text = ""

    def _key(self, place: int) -> Key:
        while len(self._keys) <= place:
            pick = partial(self._pick, len(self._keys))
            key = self._kit.letter_key(self._name, " ", pick, px=_PX, size_hint=(None, None))
            # What is wider than the room stands smaller, and is cut only below what eyes need.
            key.title.max_lines, key.title.min_px, key.title.may_be_cut = 1, self._kit.side_px(0), True
            self._keys.append(key)
        return self._keys[place]

    def _pick(self, place: int) -> None:
        self._picked(self._starts[self.page] + place)

    def _place_turners(self, width: float, turning: bool, more: bool) -> None:
        row_px = (self.height - (self._rows - 1) * self._gap) / self._rows
        half = (self.height - self._gap) / 2
        for at, (key, possible) in enumerate(zip(self._turners, (self.page > 0, more), strict=True)):
            self._stand(key, turning)
            key.disabled = not possible
            key.title.font_px = max(self._kit.side_px(0), min(self._kit.side_px(_ARROW_PX), int(row_px * 0.8)))
            key.size_hint = (None, None)
            if self._upright and self._rows > 1:
                each = (self.width - self._gap) / 2
                key.size, key.pos = (each, row_px), (round(self.x + at * (each + self._gap)), self.y)
            elif self._rows > 1:
                left = round(self.x + self.width - width)
                key.size, key.pos = (width, half), (left, round(self.y + (1 - at) * (half + self._gap)))
            else:
                left = round(self.x + self.width - (2 - at) * width - (1 - at) * self._gap)
                key.size, key.pos = (width, self.height), (left, self.y)

    def _stand(self, key: Any, shown: bool) -> None:
        if shown and key.parent is None:
            self.add_widget(key)
        elif not shown and key.parent is not None:
            self.remove_widget(key)
