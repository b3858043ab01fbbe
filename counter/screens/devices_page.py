"""设备: every terminal of the hall with its devices, what is wrong first, and what to do about each trouble."""

from __future__ import annotations

import time
from typing import Any

from kivy.uix.widget import Widget

from counter import terminals
from counter.screens.page import Page, body, title
from counter.screens.parts import BODY_PX, Column, Row, heading, small
from counter.terminals import TerminalRow
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Badge, Divider, Text
from hub.wire import messages as m

AGAIN_S = 5.0
"""So often the hub is asked while the page stands there."""
KINDS = {"live": "soft", "troubled": "alarm", "silent": "due", "never": "quiet"}
NAME_PX, STATE_PX = 400, 420


class DevicesPage(Page):
    """The screen behind `设备`."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(place, **settings)
        words = place.say.words
        self.told: m.TerminalList | None = None
        self.refused: m.Rejected | None = None
        self._asked_s = float("-inf")
        self._drawn: object = None
        self.list = Column(spacing=12)
        self.add_widget(body(title(words("devices.title"), words("devices.note")), self.list))

    def enter(self) -> None:
        self._ask()

    def close(self) -> None:
        self.told, self.refused, self._drawn = None, None, None
        self.list.clear_widgets()

    def show(self) -> None:
        if time.monotonic() - self._asked_s > AGAIN_S:
            self._ask()
        wanted = (self.told and terminals.rows(self.place.hall, self.told), self.refused, self.place.today)
        if wanted != self._drawn:
            self._drawn = wanted
            self._draw()

    def _ask(self) -> None:
        self._asked_s = time.monotonic()

        def answered(answer: m.Answer) -> None:
            match answer:
                case m.TerminalList():
                    self.told, self.refused = answer, None
                case m.Rejected():
                    self.refused = answer
                case _:
                    pass

        self.place.session.ask(m.ReadTerminals(), answered, quietly=True)

    # --- drawing

    def _draw(self) -> None:
        self.list.clear_widgets()
        if self.refused is not None:
            self.list.add_widget(Text(self.place.say.rejected(self.refused), font_px=BODY_PX, bold=True))
            return
        if self.told is None:
            return
        for row in terminals.rows(self.place.hall, self.told):
            self.list.add_widget(self._terminal(row))
            self.list.add_widget(Divider())

    def _terminal(self, row: TerminalRow) -> Widget:
        say = self.place.say
        name = heading(say.terminal(row.terminal))
        name.size_hint_x, name.width = None, NAME_PX
        since = say.moment(row.since, self.place.today) if row.since is not None else ""
        words = say.words(f"devices.state.{row.state}", since=since)
        badge = Badge(words, KINDS[row.state], font_px=22)
        state = Column(badge, size_hint_x=None, width=STATE_PX)
        told = Column(*self._lines(row), spacing=6)
        for one in (name, state, told):
            one.pos_hint = {"top": 1}
        return Row(name, state, told, spacing=20)

    def _lines(self, row: TerminalRow) -> list[Widget]:
        words = self.place.say.words
        lines: list[Widget] = []
        for device in row.wrong:
            for code in device.troubles:
                named = words(
                    "devices.wrong", device=words(f"device.{device.device}"), what=self.place.say.trouble(code)
                )
                lines.append(Text(named, font_px=BODY_PX, bold=True, color=P.seal, pitch=1.4))
                lines.append(small(self.place.say.remedy(code)))
        if row.state in ("silent", "never"):
            lines.append(small(words(f"devices.do.{row.state}")))
        if row.well:
            well = "、".join(words(f"device.{one}") for one in row.well)
            lines.append(small(words("devices.well", devices=well)))
        return lines
