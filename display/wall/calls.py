"""Calls on the wall: up to three cards, the newest on top."""

from __future__ import annotations

import re
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.board import PLACES, Call, Standing
from display.theme import fonts, touchmap
from display.theme.palette import Colour
from display.theme.widgets import Panel
from display.wall.arrange import Need
from display.wall.look import Look
from display.wall.phrase import Phrase, Piece, wide
from display.wall.sparing import CALMS_S

SMALL, WINDOW = 0.3, 0.9
"""Sizes of words and of the window in parts of the number's."""
LINE = 0.92
"""Height of a line in parts of its number's font size."""
FILLED = 0.92
"""Of a card's height."""
GAP, PAD = 16, 40
CONNECTING, PAUSED, NOBODY = "connecting", "wall.all_paused", "wall.nobody_hint"
"""What is said where nobody is called: before the hub was heard, while no window is open, and else."""


class CallCard(Panel):
    """请 F012 号到 3 号窗口: number at the left, window at the right, or in two lines where that makes them larger."""

    def __init__(self, call: Call, look: Look, lines: list[str], number_px: int, **settings: Any) -> None:
        super().__init__(
            orientation="vertical",
            padding=(look.px(PAD), 0),
            frame=look.palette.gold,
            frame_px=look.px(5),
            radius_px=look.px(28),
            **settings,
        )
        self.look, self.number_px = look, number_px
        self._phrases: list[Phrase] = []
        self.add_widget(Widget())
        for line in lines:
            parts = [_line(part, call, look, number_px) for part in line.split("~")]
            largest = max(one.font_px for part in parts for one in part)
            row = BoxLayout(size_hint_y=None, height=_high(line) * number_px)
            for at, part in enumerate(parts):
                self._phrases.append(Phrase(part, line_px=largest, align="right" if at else "left"))
                row.add_widget(self._phrases[-1])
            self.add_widget(row)
        self.add_widget(Widget())
        self.light(True)

    def light(self, lit: bool) -> None:
        """Gold, or night with gold words: the two steps of the flash."""
        palette = self.look.palette
        self.fill = palette.gold if lit else palette.night
        for phrase in self._phrases:
            phrase.recolour(palette.on_gold if lit else palette.gold)


class Calls(BoxLayout):
    """What is being called: three cards at most, the newest on top; the last one stays, and calms down."""

    def __init__(self, look: Look, **settings: Any) -> None:
        super().__init__(orientation="vertical", spacing=look.px(GAP), size_hint_y=None, **settings)
        self.look = look
        self._title = look.title("")
        self._cards = BoxLayout(orientation="vertical", spacing=look.px(GAP))
        self.shown: list[tuple[Call, CallCard]] = []
        self._laid: tuple[object, ...] | None = None
        self._made: dict[tuple[Call, tuple[str, ...], int], CallCard] = {}
        """The cards that stand: a new call must not wait for those of the others."""
        self._standing: tuple[Standing, ...] = ()
        self._flashed_s, self._hint = float("-inf"), CONNECTING
        self.add_widget(self._cards)
        self.fbind("height", self._entitle)
        self._cards.fbind("size", lambda *_: self.show(self._standing, self._flashed_s, self._hint))

    def need(self, _width: float) -> Need:
        """Three cards, and the title where there is room for that, too."""
        card = LINE * self.look.number_px / FILLED + 2
        least = PLACES * card + (PLACES - 1) * self._cards.spacing
        return Need(least, least + self._title.height + self.spacing, grows=True)

    def _entitle(self, *_: Any) -> None:
        wanted = self.height >= self.need(self.width).wish
        if wanted != (self._title.parent is not None):
            if wanted:
                self.add_widget(self._title, index=1)
            else:
                self.remove_widget(self._title)

    def show(self, standing: tuple[Standing, ...], now_s: float, hint: str) -> None:
        """`hint` is the key of what is said where nobody is called."""
        self._standing, self._hint = standing, hint
        flashing = any(one.flashing for one in standing)
        if flashing:
            self._flashed_s = now_s
        key = "wall.calling" if flashing else "wall.called" if standing else "wall.nobody"
        self._title.text = "" if hint == CONNECTING else self.look.words(key)
        calls = tuple(one.call for one in standing)
        if (calls, hint, *self._cards.size) != self._laid:
            self._laid = (calls, hint, *self._cards.size)
            self._lay(calls)
        calm = now_s - self._flashed_s >= CALMS_S
        for (_, card), one in zip(self.shown, standing, strict=True):
            card.light(one.lit and not calm)

    def _lay(self, calls: tuple[Call, ...]) -> None:
        self._cards.clear_widgets()
        self.shown = []
        width, height = self._cards.size
        if not calls:
            self._cards.add_widget(_nobody(self.look, self._hint))
            return
        high = (height - self._cards.spacing * (len(calls) - 1)) / len(calls)
        room = (width - 2 * self.look.px(PAD), high * FILLED)
        fitted = [_fitted(call, self.look, room, alone=len(calls) == 1) for call in calls]
        number_px = min(size for size, _ in fitted)  # numbers below each other are of one size
        kept, self._made = self._made, {}
        for place, (call, (_, lines)) in enumerate(zip(calls, fitted, strict=True), start=1):
            key = (call, tuple(lines), number_px)
            card = kept.get(key) or CallCard(call, self.look, lines, number_px)
            self._made[key] = touchmap.name(card, f"call.{place}")
            self.shown.append((call, card))
            self._cards.add_widget(card)


def _line(pattern: str, call: Call, look: Look, number_px: int) -> list[Piece]:
    """A pattern such as `请 {number} 号到 {window} 号窗口` as pieces: what it names is large."""
    values = {"number": (call.number, 1.0), "window": (str(call.window), WINDOW)}
    color: Colour = look.palette.on_gold
    gap = number_px * 0.08
    pieces: list[Piece] = []
    for part in filter(None, (one.strip() for one in re.split(r"(\{\w+\})", pattern))):
        before = gap if pieces else 0
        if part[0] == "{":
            said, share = values[part[1:-1]]
            pieces.append(Piece(said, round(number_px * share), color, before_px=before, face=fonts.BLACK))
        else:
            pieces.append(Piece(part, round(number_px * SMALL), color, before_px=before, face=look.face))
    return pieces


def _high(line: str) -> float:
    """A line's height in parts of the number's font size: words alone are small."""
    return LINE if "{" in line else SMALL * 1.35


def _fitted(call: Call, look: Look, room: tuple[float, float], alone: bool) -> tuple[int, list[str]]:
    """The call's lines at the largest size that fits the room; `~` stands where a line is torn to both sides."""
    names = {"number": "{number}", "window": "{window}", "n": call.calls}
    key = "wall.call.again" if call.calls > 1 else "wall.call.first"
    said, over, tail = (look.words(one, **names) for one in (key, f"{key}.over", "wall.call.tail"))
    ways = [[said.replace("{number}", "{number}~")]]
    if alone:
        ways = [[over, tail]]
    if alone or call.calls == 1:
        ways.append(look.words(f"{key}.two", **names).split(" | "))

    def largest(lines: list[str]) -> int:
        widest = max(sum(wide(_line(part, call, look, 200)) for part in line.split("~")) for line in lines) / 200
        return int(min(room[0] / (widest + 0.1), room[1] / sum(map(_high, lines))))

    return max(((largest(lines), lines) for lines in ways), key=lambda way: way[0])


def _nobody(look: Look, key: str) -> Panel:
    calm = Panel(
        orientation="vertical",
        frame=look.palette.hair,
        frame_px=look.px(3),
        fill=look.palette.card,
        radius_px=look.px(28),
        padding=look.px(40),
    )
    calm.add_widget(Widget())
    calm.add_widget(look.text(look.words(key), 56, align="center", pitch=1.4))
    calm.add_widget(Widget())
    return calm
