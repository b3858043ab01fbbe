"""Everything on one page before it is submitted; each line can be changed."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel, Text
from display.theme.widgets.discard import empty
from hub.domain.hall import Value
from kiosk.screens.fitting import lines_of
from kiosk.screens.frame import StepScreen
from kiosk.screens.spoken import unspoken
from kiosk.screens.turner import turning_keys
from kiosk.session import MOST_VISITS, Move
from kiosk.since import told

PITCH, LABEL_PX, LABEL_PITCH, TEXT_PX, CHANGE_PX = 1.35, 28, 1.3, 40, 34
SIDE_PX, ABOVE_PX = 30, 12
PERSONAL = frozenset({"change_words", "change_contact"})
LEAST_LINES, ALL_LINES = 4, 99
SIZES = 6
"""Sizes of type that are tried, from the look's to the smallest."""


class Line(Value, frozen=True):
    """What was chosen, under its label, and the move that changes it. `own`: the citizen's words, which may be long."""

    label: str
    text: str
    change: Move
    own: bool = False

    @property
    def bold(self) -> bool:
        return self.change == "change_matter"


class CheckScreen(StepScreen):
    """Four lines, beside each other where the glass is wide, and on pages where large type has no room for all.

    A line that is too long even so ends in … : it stands whole one touch away, behind 修改.
    """

    name = "check"
    next_word = "check.submit"
    next_name = "submit"

    def build(self) -> None:
        kit = self.kit
        self._gap = kit.gap_px(kit.high_px(14))
        self._texts: list[Text] = []
        self._page = 0
        self._change_px = kit.wide_px(kit.words("change"), kit.main_px(CHANGE_PX), kit.scale.px(20), 28)
        self._place = BoxLayout(orientation="vertical", spacing=self._gap)
        self.body.add_widget(self._place)
        self._fill()

    def state(self) -> str:
        return f"page.{self._page}" if self._page else ""

    def go_next(self) -> None:
        """One submit: the key is dead from the first touch on."""
        self.next.disabled = True
        self.asks.submit()

    def wipe(self) -> None:
        for text in self._texts:
            text.text = ""

    def turn(self, by: int) -> None:
        self._page += by
        self._fill()

    # --- what was chosen

    def _lines(self) -> list[Line]:
        kit, chosen = self.kit, self.asks.session.choices
        said = chosen.text.strip()
        matter = self.asks.session.matter_name() or kit.words(f"matter.{chosen.matter}")
        head = kit.words("check.words.many", n=len(said)) if said else kit.words("check.words")
        return [
            Line(kit.words("check.matter"), matter, "change_matter"),
            Line(kit.words("check.reason"), self._reasons(), "change_reason"),
            Line(head, said or kit.words("check.nothing"), "change_words", own=bool(said)),
            Line(kit.words("check.contact"), self._contact(), "change_contact"),
        ]

    def _reasons(self) -> str:
        kit, chosen = self.kit, self.asks.session.choices
        parts = [kit.policy.reason(code).text for code in chosen.reasons]
        outside = self.asks.session.exclusion()
        if outside is not None:
            parts.append(kit.words("check.scope", ground=outside.text))
        said = kit.words("check.visits.most" if chosen.visits == MOST_VISITS else "check.visits", n=chosen.visits)
        if chosen.since:
            said += kit.words("check.since", since=told(chosen.since, kit.words))
        return "\n".join([kit.words("check.between").join(parts), said])

    def _contact(self) -> str:
        kit, chosen = self.kit, self.asks.session.choices
        if not chosen.signed:
            return kit.words("check.anonymous")
        who = "  ".join(one for one in (chosen.name.strip(), chosen.phone) if one)
        return f"{who}\n{kit.words('check.confidential')}" if chosen.confidential else who

    # --- arranging

    def _fill(self) -> None:
        """The largest type at which all lines stand on one page; else the smallest, on pages that turn."""
        kit, lines = self.kit, self._lines()
        promise = kit.note(kit.words("check.promise"), px=31, width=kit.inner_px, pitch=1.3)
        least, wanted = kit.main_px(0), kit.main_px(TEXT_PX)
        sizes = [round(least + (wanted - least) * step / SIZES) for step in range(SIZES, -1, -1)]
        columns = 2 if kit.shape.across and not kit.modes.big else 1
        for room, below in (
            (self.room_px - promise.height - 2 * self._gap, [promise]),
            (self.room_px - self._gap, []),
        ):
            for px in sizes:
                if self._whole(lines, px, columns, room):
                    self._show([lines], px, columns, room, below)
                    return
        turner = max(kit.target_px(0), kit.main_px(38) * 1.25 + 16)
        room = self.room_px - turner - 2 * self._gap
        self._show(self._paged(lines, least, room), least, 1, room, [])
        self._place.add_widget(turning_keys(kit, turner, self._page, self._pages, self.turn))

    def _width(self, columns: int) -> float:
        """Of a line's words."""
        wide = (self.kit.inner_px - self._gap * (columns - 1)) / columns
        return wide - 2 * SIDE_PX - self._change_px - 16

    def _need(self, line: Line, px: int, width: float, most_lines: int = LEAST_LINES) -> float:
        """How high a line is with all its words; the citizen's own may be small, and be cut after `most_lines`."""
        kit = self.kit
        words_px = kit.side_px(0) if line.own and most_lines == LEAST_LINES else px
        lines = lines_of(line.text, words_px, width, kit.face, bold=line.bold)
        words = (min(lines, most_lines) if line.own else lines) * words_px * PITCH
        label = kit.side_px(LABEL_PX) * LABEL_PITCH
        return max(label + words, kit.target_px(88)) + 2 * ABOVE_PX + 4

    def _whole(self, lines: list[Line], px: int, columns: int, room: float) -> bool:
        width = self._width(columns)
        needs = [self._need(line, px, width) for line in lines]
        rows = [max(needs[at : at + columns]) for at in range(0, len(needs), columns)]
        return sum(rows) + self._gap * (len(rows) - 1) <= room

    def _paged(self, lines: list[Line], px: int, room: float) -> list[list[Line]]:
        pages: list[list[Line]] = []
        left = 0.0
        for line in lines:
            need = self._need(line, px, self._width(1)) + self._gap
            if not pages or need > left:
                pages.append([])
                left = room + self._gap
            pages[-1].append(line)
            left -= need
        return pages

    def _show(self, pages: list[list[Line]], px: int, columns: int, room: float, below: list[Text]) -> None:
        empty(self._place)
        self._pages = len(pages)
        self._page = max(0, min(self._page, self._pages - 1))
        shown = pages[self._page]
        width = self._width(columns)
        rows = [shown[at : at + columns] for at in range(0, len(shown), columns)]
        highs = [max(self._need(line, px, width) for line in row) for row in rows]
        spare = room - sum(highs) - self._gap * (len(rows) - 1)
        for row, high in zip(rows, highs, strict=True):
            if any(line.own for line in row):
                whole = max(self._need(line, TEXT_PX, width, ALL_LINES) for line in row if line.own)
                high += max(0.0, min(spare, whole - high))  # all of their own words, where there is room
            high = min(high, room)
            held = BoxLayout(size_hint_y=None, height=high, spacing=self._gap)
            for line in row:
                held.add_widget(self._line(line, px, width, high))
            self._place.add_widget(held)
        for text in below:
            self._place.add_widget(text)
        self._place.add_widget(Widget(size_hint_y=0.0001))

    def _line(self, line: Line, px: int, width: float, high: float) -> Widget:
        kit = self.kit
        panel = Panel(
            fill=kit.palette.card, frame=kit.palette.hair, frame_px=2, padding=(SIDE_PX, ABOVE_PX), spacing=16
        )
        label = kit.note(line.label, px=LABEL_PX, pitch=LABEL_PITCH, width=width)
        room = high - 2 * ABOVE_PX - label.height
        shown = kit.text(line.text, bold=line.bold, pitch=PITCH, size_hint_y=1, valign="top")
        shown.font_px = kit.fitting_px(line.text, width, room, TEXT_PX, PITCH) if line.own else px
        if line.own:
            shown.least_cap_mm = kit.scale.cap_mm(kit.side_px(0)) / (1.4 if kit.modes.big else 1)
        shown.max_lines = max(1, int((room + 2) / (PITCH * shown.font_px)))
        shown.min_px, shown.may_be_cut = shown.font_px, line.own
        if line.change in PERSONAL:
            unspoken(shown)
        self._texts.append(shown)
        left = BoxLayout(orientation="vertical")
        left.add_widget(label)
        left.add_widget(shown)
        change = kit.key(
            line.change, kit.words("change"), kind="quiet", px=CHANGE_PX, then=lambda: self.asks.move(line.change)
        )
        change.padding, change.pos_hint = (6, 6), {"center_y": 0.5}
        change.size_hint, change.size = (None, None), (self._change_px, kit.target_px(88))
        panel.add_widget(left)
        panel.add_widget(change)
        return panel
