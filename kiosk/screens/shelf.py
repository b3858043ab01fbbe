"""Choices in columns and on pages: as large as they fit, and what does not fit one touch away. Nothing scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from display.theme import wrap
from display.theme.widgets.text import width_of
from hub.domain.hall import Value
from kiosk.screens.kit import Key, Kit
from kiosk.shelving import Plan, plan

TITLE_PITCH, HINT_PITCH = 1.25, 1.3
_SIDE_PX, _ABOVE_PX = 34, 12


class Choice(Value, frozen=True):
    """One of several: its touch's name, what it says, and what a tap means. `chosen` is shown with a tick."""

    name: str
    title: str
    hint: str = ""
    then: Callable[[], None] = lambda: None
    chosen: bool = False
    kind: str = "secondary"
    disabled: bool = False


class Shelf(BoxLayout):
    """Fills its room. `columns` at most; `ticks` where chosen ones stay on the page; `below` stand in the last row."""

    def __init__(
        self,
        kit: Kit,
        choices: Sequence[Choice],
        *,
        px: int = 42,
        columns: int = 2,
        most_px: float = 170,
        ticks: bool = False,
        below: Sequence[Choice] = (),
        page: int = 0,
    ) -> None:
        self._gap_px = kit.gap_px(kit.high_px(16))
        super().__init__(orientation="vertical", spacing=self._gap_px)
        self.kit, self.choices, self.below, self.page = kit, tuple(choices), tuple(below), page
        self._px, self._columns, self._most_px, self._ticks = px, columns, most_px, ticks
        self.keys: dict[str, Key] = {}
        self.plan: Plan | None = None
        self._arrange = Clock.create_trigger(self._fill, -1)
        self.bind(size=self._arrange)

    def turn(self, by: int) -> None:
        self.page += by
        self._fill()

    def tick(self, chosen: Callable[[str], bool]) -> None:
        """Marks what is chosen now, by the touch's name."""
        self.choices = tuple(_ticked(one, chosen(one.name)) for one in self.choices)
        for name, key in self.keys.items():
            key.chosen = chosen(name)

    # --- arranging

    def _fill(self, *_: object) -> None:
        if self.width < 2 or self.height < 2:
            return
        kit, gap = self.kit, self._gap_px
        last = self._last_px()
        room = (self.width, self.height - (last + gap if self.below else 0))
        turner = kit.target_px(104) + gap if not self.below else 0
        needs = [self._need(one) for one in self.choices]
        least, wanted = kit.main_px(0), kit.main_px(self._px)
        sizes = sorted({wanted, (wanted + least) // 2, least}, reverse=True)
        self.plan = fit = plan(needs, room, gap, turner, sizes, self._columns, least_px=kit.scale.px(60))
        self.page = max(0, min(self.page, fit.pages - 1))
        self.clear_widgets()
        self.keys = {}
        shown = self.choices[self.page * fit.a_page : (self.page + 1) * fit.a_page]
        rows = fit.rows if fit.pages > 1 else -(-len(shown) // fit.columns)
        high = room[1] - (turner if fit.pages > 1 else 0) - gap * (rows - 1)
        high = min(max(fit.high_px, kit.high_px(self._most_px)), high / max(1, rows))
        grid = GridLayout(cols=fit.columns, spacing=gap, size_hint_y=None, height=rows * high + gap * (rows - 1))
        for choice in shown:
            grid.add_widget(self._key(choice, fit.font_px, high))
        for _empty in range(-len(shown) % fit.columns):
            grid.add_widget(Widget())
        self.add_widget(grid)
        self.add_widget(Widget())
        self._add_last_row(fit, last)

    def _key(self, choice: Choice, font_px: int, high: float) -> Key:
        kit = self.kit
        key = kit.key(
            choice.name,
            choice.title,
            choice.hint,
            px=0,
            kind=choice.kind,
            then=choice.then,
            padding=(_SIDE_PX, _ABOVE_PX, self._right_px(), _ABOVE_PX),
            size_hint_y=None,
            height=high,
        )
        key.title.font_px = font_px
        key.chosen, key.disabled = choice.chosen, choice.disabled
        self.keys[choice.name] = key
        return key

    def _right_px(self) -> int:
        return _SIDE_PX + 44 if self._ticks else _SIDE_PX

    def _need(self, choice: Choice) -> Callable[[float, int], float]:
        kit = self.kit
        hint_px = kit.side_px(29)

        def high(width: float, font_px: int) -> float:
            inner = width - _SIDE_PX - self._right_px()
            title = _lines(choice.title, font_px, inner, kit.face, bold=True) * font_px * TITLE_PITCH
            hint = _lines(choice.hint, hint_px, inner, kit.face) * hint_px * HINT_PITCH if choice.hint else 0.0
            return max(title + hint + 2 * _ABOVE_PX + 4, kit.target_px(0))

        return high

    # --- the last row

    def _last_px(self) -> float:
        return self.kit.target_px(112) if self.below else 0.0

    def _add_last_row(self, fit: Plan, last: float) -> None:
        kit = self.kit
        row: list[Any] = [
            kit.key(one.name, one.title, px=40, kind=one.kind, then=one.then, padding=(16, 8)) for one in self.below
        ]
        for key, one in zip(row, self.below, strict=True):
            key.chosen = one.chosen
            key.title.max_lines, key.title.min_px = 2, kit.main_px(0)
            self.keys[one.name] = key
        if fit.pages > 1:
            before = kit.key("page.before", kit.words("page.before"), px=40, then=lambda: self.turn(-1), padding=(8, 8))
            after = kit.key("page.after", kit.words("page.after"), px=40, then=lambda: self.turn(1), padding=(8, 8))
            before.disabled, after.disabled = self.page == 0, self.page == fit.pages - 1
            row += [before, after]
        if row:
            self.add_widget(kit.row(last or kit.target_px(104), *row))


def _ticked(choice: Choice, chosen: bool) -> Choice:
    return Choice(
        choice.name,
        choice.title,
        choice.hint,
        then=choice.then,
        chosen=chosen,
        kind=choice.kind,
        disabled=choice.disabled,
    )


def _lines(text: str, font_px: int, width: float, face: str, *, bold: bool = False) -> int:
    return len(wrap.lines(text, max(width, font_px), lambda words: width_of(words, font_px, bold=bold, face=face)))
