"""Calls on the wall: up to three cards, and the strip of the last five."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.board import LISTED, Call, Standing
from display.theme import fonts
from display.theme.palette import NIGHT, Colour
from display.theme.widgets import Divider, Panel, Text
from display.wall.phrase import Phrase, Piece, wide
from hub.domain.words import Words

LIT: tuple[Colour, Colour] = (NIGHT.gold, NIGHT.on_gold)
UNLIT: tuple[Colour, Colour] = (NIGHT.night, NIGHT.gold)


class CallCard(Panel):
    """请 F012 号到 3 号窗口, as large as fits; `tall` puts 请 above, else the windows stand at the right."""

    def __init__(self, call: Call, words: Words, size: tuple[float, float], tall: bool, **settings: Any) -> None:
        gap = max(min(size) * 0.09, size[0] * 0.03)
        super().__init__(
            orientation="vertical",
            padding=(gap, size[1] * 0.06),
            frame=NIGHT.gold,
            frame_px=6,
            radius_px=40,
            **settings,
        )
        room = (size[0] - 2 * gap, size[1] * 0.88)
        color = LIT[1]
        please = words("wall.please") if call.calls < 2 else words("wall.again", n=call.calls)
        self._please = Text(please, font_px=round(room[1] * 0.15), bold=True, color=color, pitch=1.2)
        if tall:
            self.add_widget(self._please)
            room = (room[0], room[1] - self._please.font_px * 1.2)
        number, window = _fitted(call, words, room, color, tall)
        line_px = number[-1].font_px
        self._phrases = (
            [Phrase([*number, *window])]
            if tall
            else [Phrase(number, line_px=line_px), Phrase(window, line_px=line_px, align="right")]
        )
        row = BoxLayout()
        for phrase in self._phrases:
            row.add_widget(phrase)
        self.add_widget(row)
        self.light(True)

    def light(self, lit: bool) -> None:
        """Gold, or night with gold words: the two steps of the flash."""
        fill, color = LIT if lit else UNLIT
        self.fill = fill
        self._please.color = color
        for phrase in self._phrases:
            phrase.recolour(color)


class Calls(BoxLayout):
    """What is being called: three cards at most, the newest on top; the last one stays."""

    def __init__(self, words: Words, unit: float, **settings: Any) -> None:
        super().__init__(orientation="vertical", spacing=round(20 * unit), **settings)
        self.words, self.unit = words, unit
        self._title = Text("", font_px=round(44 * unit), bold=True, color=NIGHT.gold, pitch=1.2)
        self._cards = BoxLayout(orientation="vertical", spacing=round(20 * unit))
        self._shown: list[tuple[Call, CallCard]] = []
        self._laid: tuple[object, ...] | None = None
        self._standing: tuple[Standing, ...] = ()
        self.add_widget(self._title)
        self.add_widget(self._cards)
        self._cards.fbind("size", lambda *_: self.show(self._standing))

    def show(self, standing: tuple[Standing, ...]) -> None:
        self._standing = standing
        flashing = any(one.flashing for one in standing)
        key = "wall.calling" if flashing else "wall.called" if standing else "wall.nobody"
        self._title.text = self.words(key)
        calls = tuple(one.call for one in standing)
        if (calls, *self._cards.size) != self._laid:
            self._laid = (calls, *self._cards.size)
            self._lay(calls)
        for (_, card), one in zip(self._shown, standing, strict=True):
            card.light(one.lit)

    def _lay(self, calls: tuple[Call, ...]) -> None:
        self._cards.clear_widgets()
        self._shown = []
        width, height = self._cards.size
        if not calls:
            self._cards.add_widget(_nobody(self.words, self.unit))
            return
        high = (height - self._cards.spacing * (len(calls) - 1)) / len(calls)
        for call in calls:
            card = CallCard(call, self.words, (width, high), tall=len(calls) == 1)
            self._shown.append((call, card))
            self._cards.add_widget(card)


class Recent(BoxLayout):
    """The last five calls, newest first, each number as high as the hall needs to read it."""

    def __init__(self, words: Words, unit: float, number_px: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.words, self.unit, self.number_px = words, unit, number_px
        self._shown: tuple[object, ...] | None = None
        self._calls: tuple[Call, ...] = ()
        title = Text(
            words("wall.recent"),
            font_px=round(40 * unit),
            bold=True,
            color=NIGHT.gold,
            size_hint=(None, 1),
            width=88 * unit,
        )
        self._columns = BoxLayout()
        self.add_widget(title)
        self.add_widget(self._columns)
        self._columns.fbind("size", lambda *_: self.show(self._calls))

    def show(self, calls: tuple[Call, ...]) -> None:
        self._calls = calls
        if (calls, *self._columns.size) == self._shown:
            return
        self._shown = (calls, *self._columns.size)
        self._columns.clear_widgets()
        room = self._columns.width / LISTED - 20 * self.unit
        for place in range(LISTED):
            self._columns.add_widget(Divider(palette=NIGHT, upright=True))
            self._columns.add_widget(self._column(calls[place], room) if place < len(calls) else Widget())

    def _column(self, call: Call, room: float) -> BoxLayout:
        number = [Piece(call.number, self.number_px, NIGHT.ink, face=fonts.BLACK)]
        if wide(number) > room:
            number = [number[0]._replace(font_px=int(self.number_px * room / wide(number)))]
        window = self.words("wall.at_window", window=call.window)
        column = BoxLayout(orientation="vertical")
        column.add_widget(Phrase(number, align="center"))
        column.add_widget(Text(window, font_px=round(44 * self.unit), color=NIGHT.ink_2, align="center", pitch=1.3))
        return column


def _pieces(call: Call, words: Words, number_px: int, color: Colour, tall: bool) -> tuple[list[Piece], list[Piece]]:
    small, gap = round(number_px * 0.3), number_px * 0.07
    number = [Piece(call.number, number_px, color, face=fonts.BLACK)]
    if not tall:
        please = words("wall.please" if call.calls < 2 else "wall.please_again")
        number = [Piece(please, small, color), number[0]._replace(before_px=gap)]
    window = [
        Piece(words("wall.to"), small, color, before_px=gap),
        Piece(str(call.window), round(number_px * 0.9), color, before_px=gap, face=fonts.BLACK),
        Piece(words("wall.window"), small, color, before_px=gap),
    ]
    return number, window


def _fitted(
    call: Call, words: Words, room: tuple[float, float], color: Colour, tall: bool
) -> tuple[list[Piece], list[Piece]]:
    """Number and window at the largest size that fits the room."""
    per_px = sum(wide(part) for part in _pieces(call, words, 100, color, tall)) / 100
    number_px = int(min(room[0] / per_px, room[1] / 0.86))
    return _pieces(call, words, number_px - 2, color, tall)


def _nobody(words: Words, unit: float) -> Panel:
    calm = Panel(orientation="vertical", frame=NIGHT.line, frame_px=3, fill=NIGHT.card, radius_px=40, padding=40 * unit)
    calm.add_widget(Widget())
    calm.add_widget(
        Text(words("wall.nobody_hint"), font_px=round(56 * unit), color=NIGHT.ink_2, align="center", pitch=1.4)
    )
    calm.add_widget(Widget())
    return calm
