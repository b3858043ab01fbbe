"""Choices in columns and on pages: as large as they fit, and what does not fit one touch away. Nothing scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget
from msgspec.structs import replace

from display.theme.widgets.discard import empty
from display.theme.widgets.settle import settle
from hub.domain.hall import Value
from kiosk.screens.fitting import HINT_PITCH, TITLE_PITCH, lines_of
from kiosk.screens.kit import Key, Kit
from kiosk.shelving import Plan, plan

_SIDE_PX, _ABOVE_PX = 34, 12
_ROW_PX, _ROW_SIDE_PX = 38, 14
MOST_ROW_LINES = 2
TURNERS = ("page.before", "page.after")


class Choice(Value, frozen=True):
    """One of several: its touch's name, what it says, and what a tap means. `chosen` is shown with a tick.

    `hint_lines`: a hint of examples, of which so many lines are enough; 0 is a hint that stands whole or not at all.
    """

    name: str
    title: str
    hint: str = ""
    then: Callable[[], None] = lambda: None
    chosen: bool = False
    kind: str = "secondary"
    disabled: bool = False
    hint_lines: int = 0


class Shelf(BoxLayout):
    """Fills its room. `columns` at most; `ticks` where chosen ones stay on the page; `below` stand in the last row.

    `even`: always in all its columns, as a home's tiles are, unless a word would be torn.
    """

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
        even: bool = False,
    ) -> None:
        self._gap_px = kit.gap_px(kit.high_px(16))
        super().__init__(orientation="vertical")
        self.kit, self.choices, self.below, self.page = kit, tuple(choices), tuple(below), page
        self._px, self._columns, self._most_px, self._ticks = px, columns, most_px, ticks
        self._even = even
        self._above_px = 5 if kit.shape.low else _ABOVE_PX
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

    def pages_in(self, width_px: float, height_px: float) -> int:
        """How many pages it would have in that room."""
        now = (self.width, self.height)
        self.size = (width_px, height_px)
        pages = self._planned()[0].pages
        self.size = now
        self._arrange.cancel()
        return pages

    # --- arranging

    def _planned(self) -> tuple[Plan, bool]:
        """Columns, rows and size of type; and whether the hints stand there too."""
        kit, gap = self.kit, self._gap_px
        least, wanted = kit.main_px(0), kit.main_px(self._px)
        sizes = sorted({wanted, (wanted + least) // 2, least}, reverse=True)
        rows_below = self._high_of(self._rows_below(turning=False))
        room = (self.width, self.height - rows_below)
        turner = self._high_of(self._rows_below(turning=True)) - rows_below

        def planned(hints: bool) -> Plan:
            needs = [self._need(one, hints) for one in self.choices]
            least_px = kit.scale.px(60)
            if self._even:
                tiles = plan(needs, room, gap, turner, sizes, self._columns, least_px=least_px, fewest=self._columns)
                if tiles.high_px < self.height:
                    return tiles
            return plan(needs, room, gap, turner, sizes, self._columns, least_px=least_px)

        fit = planned(hints=True)
        if fit.pages > 1:  # fewer pages are worth more than hints
            plain = planned(hints=False)
            if plain.pages < fit.pages or fit.high_px > room[1] - turner:
                return plain, False
        return fit, True

    def _fill(self, *_: object) -> None:
        if self.width < 2 or self.height < 2:
            return
        kit, gap = self.kit, self._gap_px
        fit, self._hints = self._planned()
        self.plan = fit
        below = self._rows_below(turning=fit.pages > 1)
        room = self.height - self._high_of(below)
        self.page = max(0, min(self.page, fit.pages - 1))
        empty(self)
        self.keys = {}
        shown = self.choices[self.page * fit.a_page : (self.page + 1) * fit.a_page]
        rows = fit.rows if fit.pages > 1 else -(-len(shown) // fit.columns)
        high = room - gap * (rows - 1)
        high = min(max(fit.high_px, kit.high_px(self._most_px)), high / max(1, rows))
        grid = GridLayout(cols=fit.columns, spacing=gap, size_hint_y=None, height=rows * high + gap * (rows - 1))
        for choice in shown:
            grid.add_widget(self._key(choice, fit.font_px, high))
        for _empty in range(-len(shown) % fit.columns):
            grid.add_widget(Widget())
        self.add_widget(grid)
        self.add_widget(Widget(size_hint_y=0.0001))
        self._add_rows(below)
        settle(self)

    def _key(self, choice: Choice, font_px: int, high: float) -> Key:
        kit = self.kit
        key = kit.key(
            choice.name,
            choice.title,
            choice.hint if self._hints else "",
            px=0,
            kind=choice.kind,
            then=choice.then,
            align="left",
            padding=(_SIDE_PX, self._above_px, self._right_px(), self._above_px),
            size_hint_y=None,
            height=high,
        )
        key.title.font_px = font_px
        if choice.hint_lines:
            key.subtitle.max_lines, key.subtitle.min_px = choice.hint_lines, kit.side_px(0)
            key.subtitle.may_be_cut = True
        key.chosen, key.disabled = choice.chosen, choice.disabled
        self.keys[choice.name] = key
        return key

    def _right_px(self) -> int:
        return _SIDE_PX + 44 if self._ticks else _SIDE_PX

    def _need(self, choice: Choice, hints: bool) -> Callable[[float, int], float]:
        kit = self.kit
        hint_px = kit.side_px(29)

        def high(width: float, font_px: int) -> float:
            inner = width - _SIDE_PX - self._right_px()
            title = lines_of(choice.title, font_px, inner, kit.face, bold=True) * font_px * TITLE_PITCH
            hint = 0.0
            if hints and choice.hint:
                lines = choice.hint_lines or lines_of(choice.hint, hint_px, inner, kit.face)
                hint = lines * hint_px * HINT_PITCH
            return max(title + hint + 2 * self._above_px + 4, kit.target_px(0))

        return high

    # --- the last rows

    def _rows_below(self, turning: bool) -> list[tuple[Choice, ...]]:
        """What stands below the shelf, in one row if its words have room there, else the pages' keys in their own."""
        words = self.kit.words
        turners = (
            Choice("page.before", words("page.before"), kind="quiet", then=lambda: self.turn(-1)),
            Choice("page.after", words("page.after"), kind="quiet", then=lambda: self.turn(1)),
        )
        rows = [self.below] if self.below else []
        if not turning:
            return rows
        together = (*self.below, *turners)
        return [together] if self._row_lines(together) <= MOST_ROW_LINES else [*rows, turners]

    def _widths(self, row: Sequence[Choice]) -> list[float]:
        """The pages' keys as wide as their words; the others share what is left."""
        kit = self.kit
        room = self.width - self._gap_px * (len(row) - 1)
        own = [
            kit.wide_px(one.title, kit.main_px(_ROW_PX), 150) if one.name in TURNERS and len(row) > 2 else 0.0
            for one in row
        ]
        share = (room - sum(own)) / max(1, own.count(0.0))
        return [wide or share for wide in own]

    def _row_lines(self, row: Sequence[Choice]) -> int:
        kit, px = self.kit, self.kit.main_px(_ROW_PX)
        return max(
            lines_of(one.title, px, wide - 2 * _ROW_SIDE_PX, kit.face, bold=True)
            for one, wide in zip(row, self._widths(row), strict=True)
        )

    def _row_high(self, row: Sequence[Choice]) -> float:
        kit = self.kit
        words = self._row_lines(row) * kit.main_px(_ROW_PX) * TITLE_PITCH + 2 * self._above_px
        return max(kit.target_px(104 if not kit.modes.big else 0), words)

    def _high_of(self, rows: list[tuple[Choice, ...]]) -> float:
        return sum(self._row_high(row) + self._gap_px for row in rows)

    def _add_rows(self, rows: list[tuple[Choice, ...]]) -> None:
        kit, pages = self.kit, self.plan.pages if self.plan else 1
        for row in rows:
            keys = [
                kit.key(one.name, one.title, px=_ROW_PX, kind=one.kind, then=one.then, padding=(_ROW_SIDE_PX, 8))
                for one in row
            ]
            for key, one, wide in zip(keys, row, self._widths(row), strict=True):
                key.chosen = one.chosen
                key.size_hint_x, key.width = None, wide
                self.keys[one.name] = key
            self.add_widget(Widget(size_hint_y=None, height=self._gap_px))
            self.add_widget(kit.row(self._row_high(row), *keys, gap_px=int(self._gap_px)))
        if pages > 1:
            self.keys["page.before"].disabled = self.page == 0
            self.keys["page.after"].disabled = self.page == pages - 1


def _ticked(choice: Choice, chosen: bool) -> Choice:
    return replace(choice, chosen=chosen)
