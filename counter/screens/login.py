"""Who is here: name or number and PIN, bound by the hub to this terminal."""

from __future__ import annotations

from typing import Any

from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from counter.screens.parts import BODY_PX, Band, Column, Field, Press, small
from counter.workplace import Workplace
from display.theme import touchmap
from display.theme.palette import NORMAL as P
from display.theme.widgets import Text


class Login(BoxLayout):
    """The first screen, and the last: nothing of anybody's is on it."""

    def __init__(self, place: Workplace, **settings: Any) -> None:
        super().__init__(**settings)
        self.place = place
        words = place.say.words
        self.state = small("")
        hall = Band(orientation="vertical", fill=P.jade, padding=(96, 88), spacing=20, size_hint_x=0.46)
        hall.add_widget(Text(place.hall.name, font_px=34, color=P.on_jade, pitch=1.4))
        hall.add_widget(Widget())
        hall.add_widget(Text(place.say.where(place.terminal), font_px=76, bold=True, color=P.on_jade, pitch=1.3))
        hall.add_widget(Text(place.hall.slogan, font_px=30, color=P.on_jade, pitch=1.5))
        hall.add_widget(Widget())
        self.state.color = P.on_jade
        hall.add_widget(self.state)
        self.add_widget(hall)

        self.staff = Field("login.staff", font_px=30, size_hint_y=None, height=80, on_enter=self._to_pin)
        self.pin = Field("login.pin", font_px=30, password=True, size_hint_y=None, height=80, on_enter=self.enter)
        # Tab goes round between the two.
        self.staff.input.focus_next = self.staff.input.focus_previous = self.pin.input
        self.pin.input.focus_next = self.pin.input.focus_previous = self.staff.input
        self.button = Press("login.enter", words("login.enter"), self.enter, kind="primary", height=88, font_px=32)
        self.said = Text("", font_px=BODY_PX, color=P.seal, bold=True)
        self.waiting = Text("", font_px=BODY_PX, bold=True)
        form = Column(
            Text(words("login.title"), font_px=48, bold=True),
            Column(small(words("login.staff"), font_px=24), self.staff, spacing=4),
            Column(small(words("login.pin"), font_px=24), self.pin, spacing=4),
            self.said,
            self.button,
            small(words("login.bound")),
            self.waiting,
            spacing=24,
            size_hint_x=None,
            width=600,
        )
        middle = AnchorLayout()
        middle.add_widget(form)
        self.add_widget(middle)
        touchmap.name(self, "login")

    def show(self) -> None:
        session, words = self.place.session, self.place.say.words
        self.said.text = self.place.say.rejected(session.refused) if session.refused else ""
        checking = "login.checking" if self.place.live else "header.never"
        self.button.text = words(checking if session.logging_in else "login.enter")
        self.button.disabled = session.logging_in
        waiting = len(session.notices)
        self.waiting.text = words("login.waiting", n=waiting) if waiting else ""
        self.state.text = self.place.say.freshness(self.place.live, self.place.heard_at)

    def focus(self) -> None:
        """Puts the caret where typing begins."""
        self.staff.take_focus()

    def wipe(self) -> None:
        for field in (self.staff, self.pin):
            field.wipe()
            field.input.focus = False

    def enter(self) -> None:
        if not self.staff.text.strip() or not self.pin.text:
            self.said.text = self.place.say.words("login.empty")
            (self.pin if self.staff.text.strip() else self.staff).input.focus = True
            return
        self.place.session.log_in(self.staff.text, self.pin.text)
        self.pin.wipe()

    def _to_pin(self) -> None:
        self.pin.input.focus = True
