"""A 投诉 that was taken: its number and code for the citizen, until when, and what comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.lodging import Lodged
from counter.screens.page import aside, between, body
from counter.screens.parts import Column, Press, Row, heading, label, small
from counter.workplace import Workplace
from display.theme import fonts
from display.theme.palette import NORMAL as P
from display.theme.widgets import Panel, QrCode, Text
from hub.domain.lookup import grouped, page_address

QR_PX = 420


class LodgedView(BoxLayout):
    """What is read out and photographed: no paper here, so the code stands on the screen. `again` leaves it."""

    def __init__(self, place: Workplace, lodged: Lodged, again: Callable[[], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.place, self.lodged = place, lodged
        say, words = place.say, place.say.words
        code = QrCode(page_address(place.hall.page_url, lodged.keys.token), size_hint=(None, None), size=(QR_PX, QR_PX))
        due = Panel(orientation="vertical", fill=P.gold_soft, radius_px=16, padding=(28, 20), size_hint_y=None)
        due.bind(minimum_height=due.setter("height"))
        due.add_widget(label(words("due.title"), say.due(lodged.due), value_px=38))
        due.add_widget(small(say.explained(lodged.due)))
        notes = [small(words("lodged.no_paper"), font_px=23)]
        if lodged.confidential:
            notes.append(small(words("grievance.confidential"), font_px=23))
        self.add_widget(
            body(
                Text(words("lodged.title"), font_px=44, bold=True),
                Column(
                    small(words("case.number"), font_px=24),
                    Text(lodged.case_number, font_px=72, face=fonts.BLACK, pitch=1.2, max_lines=1, min_px=48),
                    spacing=0,
                ),
                Row(
                    code,
                    Column(
                        small(words("lodged.code"), font_px=24),
                        Text(grouped(lodged.keys.typed), font_px=34, bold=True, max_lines=1, min_px=24),
                        small(words("lodged.scan"), font_px=24),
                        spacing=8,
                        pos_hint={"center_y": 0.5},
                    ),
                    spacing=32,
                ),
                *notes,
            )
        )
        self.add_widget(between())
        self.add_widget(
            aside(due, *self._next(), Widget(size_hint_y=None, height=8), width=700, foot=self._foot(again))
        )

    def _next(self) -> list[Widget]:
        """What comes next: the written form first, where it is owed (R12)."""
        words, lodged = self.place.say.words, self.lodged
        said: list[Widget] = [heading(words("lodged.next"))]
        self.written = Text("", font_px=25, bold=True, pitch=1.5)
        if lodged.must_be_written:
            said.append(self.written)
        self.attach = Press("lodged.attach", "", self._attach, height=80)
        self.show()
        return [*said, self.attach, small(words("lodged.follow"), font_px=23)]

    @property
    def owed(self) -> bool:
        """Whether its written form is still to come."""
        came = (self.lodged.case_number, "written_form") in self.place.papers.sent
        return self.lodged.must_be_written and not came

    def show(self) -> None:
        words, owed = self.place.say.words, self.owed
        self.written.text = words("lodged.written" if owed else "lodged.written_came")
        self.written.color = P.seal if owed else P.ink
        self.attach.text = words("lodged.attach_form" if owed else "lodged.attach")
        self.attach.kind = "primary" if owed else "secondary"
        self.attach.disabled = not self.place.live

    def _foot(self, again: Callable[[], None]) -> Press:
        return Press("lodged.again", self.place.say.words("lodged.again"), again, height=80)

    def _attach(self) -> None:
        owed = self.owed
        self.place.papers.add(self.lodged.case_number, is_grievance=True, kind="written_form" if owed else "evidence")
