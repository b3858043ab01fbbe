"""The cases of this terminal by due date, each with its badge; as long as the work is."""

from __future__ import annotations

from typing import Any

from kivy.clock import Clock
from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from counter.casework import Urgency
from counter.screens.long_list import ListRow, LongList
from counter.screens.parts import GAP_PX, HEAD_PX, Press, Row, side, small
from counter.workplace import Workplace
from display.theme import touchmap
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Text
from hub.domain.numbers import case_serial
from hub.wire.messages import CaseLine

ROW_PX, SPACING_PX = 112, 12
READ_AFTER_S = 0.25
BADGES: dict[Urgency, str] = {
    "ample": "soft",
    "soon": "due",
    "today": "now",
    "overdue": "alarm",
    "answered": "quiet",
}


class CaseRow(ListRow):
    """One case of the list."""

    serial = StringProperty("")
    about = StringProperty("")
    badge = StringProperty("")
    urgency = StringProperty("ample")

    def __init__(self, **settings: Any) -> None:
        super().__init__(padding=(22, 12), spacing=0, **settings)
        self._number = Text("", font_px=26, bold=True, size_hint_y=1)
        self._badge = ("", "")
        self._place = BoxLayout(size_hint_x=None)
        self._about = Text("", font_px=22, max_lines=1, min_px=22, color=P.ink_2, size_hint_y=1)
        top = BoxLayout(size_hint_y=None, height=46)
        top.add_widget(self._number)
        top.add_widget(self._place)
        self.add_widget(top)
        self.add_widget(self._about)

    def refresh_view_attrs(self, view: Any, index: int, data: dict[str, Any]) -> None:
        super().refresh_view_attrs(view, index, data)
        self._number.text, self._about.text = self.serial, self.about
        if self._badge != (self.badge, self.urgency):
            self._badge = (self.badge, self.urgency)
            badge = Badge(self.badge, BADGES[self.urgency], font_px=22)
            badge.pos_hint = {"center_y": 0.5}
            self._place.clear_widgets()
            self._place.width = badge.width
            self._place.add_widget(badge)
        touchmap.name(self, f"case.{self.serial}")
        self._look()


class CaseList(BoxLayout):
    """Title, what is shown, and the rows."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(**settings)
        self.place = place
        say = place.say
        self._shown: object = None
        self._read_soon = Clock.create_trigger(lambda _dt: place.session.select(place.session.selected), READ_AFTER_S)
        self.open_only = Press(
            "list.open", say.words("list.open"), lambda: place.session.show(True), height=52, font_px=22
        )
        self.all = Press("list.all", say.words("list.all"), lambda: place.session.show(False), height=52, font_px=22)
        for one in (self.open_only, self.all):
            one.size_hint_x, one.width, one.padding = None, 92, (8, 4)
        title = Row(
            Text(say.words(f"list.title.{place.terminal.role}"), font_px=HEAD_PX, bold=True, hug=True, size_hint_y=1),
            small(say.words("list.by_due"), size_hint_y=1),
            self.open_only,
            self.all,
            height=52,
            spacing=12,
        )
        self.rows = LongList(CaseRow, ROW_PX, SPACING_PX)
        self.none = small("")
        self.column = side(title, self.rows)
        self.add_widget(self.column)
        self.padding, self.spacing = 0, GAP_PX

    def show(self) -> None:
        session = self.place.session
        wanted = (tuple(session.cases), session.selected, session.only_open, self.place.today)
        if wanted == self._shown:
            return
        self._shown = wanted
        for one, on in ((self.open_only, session.only_open), (self.all, not session.only_open)):
            one.kind = "primary" if on else "quiet"
        words = self.place.say.words
        self.none.text = f"{words('list.none')}。{words('list.none_hint')}"
        if bool(session.cases) == (self.none.parent is not None):
            if session.cases:
                self.column.remove_widget(self.none)
            else:
                self.column.add_widget(self.none, index=1)
        self.rows.data = [self._row(line) for line in session.cases]

    def step(self, by: int) -> None:
        """Goes to the next (1) or the one before (-1), brings it into view, and opens it when the keys rest."""
        numbers = [line.case_number for line in self.place.session.cases]
        if not numbers:
            return
        selected = self.place.session.selected
        at = numbers.index(selected) + by if selected in numbers else (0 if by > 0 else len(numbers) - 1)
        at = max(0, min(at, len(numbers) - 1))
        self.place.session.point(numbers[at])
        self._read_soon.cancel()
        self._read_soon()
        above, room = at * (ROW_PX + SPACING_PX), self.rows.height
        whole = len(numbers) * (ROW_PX + SPACING_PX)
        if whole > room:
            top = (1 - self.rows.scroll_y) * (whole - room)
            top = min(max(top, above + ROW_PX - room), above)
            self.rows.scroll_y = 1 - top / (whole - room)

    def _row(self, line: CaseLine) -> dict[str, Any]:
        place = self.place
        left = place.remaining(line)
        return {
            "serial": case_serial(line.case_number),
            "about": f"{place.say.matter(line)} · {place.say.about(line)}",
            "badge": place.say.badge(left),
            "urgency": left.urgency,
            "selected": line.case_number == place.session.selected,
            "open_it": lambda: place.session.select(line.case_number),
        }
