"""How to reach the citizen: anonymous, or a phone and a name; 请为我保密 explained in one sentence (R13)."""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Text
from kiosk.input.means import Means
from kiosk.input.writing import Writing
from kiosk.screens.frame import Asks, StepScreen
from kiosk.screens.keyboard import Keyboard
from kiosk.screens.kit import Key, Kit
from kiosk.screens.phone import phone_key_beside
from kiosk.screens.spoken import unspoken
from kiosk.session import NAME_LIMIT, PHONE_LIMIT


class ContactScreen(StepScreen):
    """Staying anonymous goes on by itself; touching a field is leaving a contact, and brings the keyboard up."""

    name = "contact"

    def __init__(self, kit: Kit, asks: Asks, means: Means) -> None:
        self._means = means
        super().__init__(kit, asks)

    def build(self) -> None:
        kit, words, chosen = self.kit, self.kit.words, self.asks.session.choices
        self._writings = {
            "phone": Writing(chosen.phone, PHONE_LIMIT, self._means, "digits"),
            "name": Writing(chosen.name, NAME_LIMIT, self._means, self._means.first(kit.modes.language)),
        }
        self._focused = "phone" if chosen.signed else ""
        anonymous = kit.key(
            "anonymous",
            words("contact.anonymous"),
            words("contact.anonymous.hint"),
            px=46,
            then=self._stay_anonymous,
            padding=(40, 12),
            size_hint_y=None,
            height=kit.target_px(132),
        )
        anonymous.chosen = chosen.signed is False
        self.body.add_widget(anonymous)
        self.body.add_widget(kit.text(words("contact.or"), px=38, bold=True))
        self._fields = {one: Field(kit, one, partial(self._focus, one)) for one in self._writings}
        for field in self._fields.values():
            self.body.add_widget(field)
        self._secret = kit.key(
            "confidential",
            words("contact.confidential"),
            words("contact.confidential.hint"),
            px=40,
            then=self._toggle_confidential,
            padding=(36, 8, 84, 8),
            size_hint_y=None,
            height=kit.target_px(118),
        )
        self.body.add_widget(self._secret)
        self._below = BoxLayout(orientation="vertical")
        self.body.add_widget(self._below)
        self._keyboard: Keyboard | None = None
        self._below.add_widget(kit.note(words("contact.promise"), px=33))
        self._below.add_widget(Widget())
        if self._focused:
            self._focus(self._focused)

    def title_row(self, title: Text) -> Widget:
        return phone_key_beside(title, self.kit, self.asks)

    def refresh(self) -> None:
        session = self.asks.session
        for one, field in self._fields.items():
            writing = self._writings[one]
            field.show(writing.text, writing.composition.letters, focused=one == self._focused)
        self._secret.chosen = session.choices.confidential
        self._secret.disabled = not session.choices.signed
        self.next.disabled = session.choices.signed is None

    def state(self) -> str:
        return f"{self._focused}.{self._keyboard.state()}" if self._keyboard else "choice"

    def go_next(self) -> None:
        self._keep()
        super().go_next()

    def go_back(self) -> None:
        self._keep()
        super().go_back()

    def wipe(self) -> None:
        for writing in self._writings.values():
            writing.wipe()
        if self._keyboard is not None:
            self._keyboard.wipe()
        for field in self._fields.values():
            field.show("", "", focused=False)

    def _stay_anonymous(self) -> None:
        for writing in self._writings.values():
            writing.wipe()
        self.asks.session.stay_anonymous()
        super().go_next()

    def _focus(self, field: str) -> None:
        self._keep()
        self.asks.session.sign()
        self._focused = field
        if self._keyboard is None:
            self._below.clear_widgets()
            self._below.add_widget(Widget())
            self._keyboard = Keyboard(self.kit, self._writings[field], self._changed)
            self._below.add_widget(self._keyboard)
            self._keyboard.within(self._below)
        self._keyboard.take(self._writings[field])
        self._changed()

    def _changed(self) -> None:
        session = self.asks.session
        session.write_phone(self._writings["phone"].text)
        session.write_name(self._writings["name"].text)
        if hasattr(self, "next"):
            self.refresh()

    def _toggle_confidential(self) -> None:
        self.asks.session.toggle_confidential()
        self.refresh()

    def _keep(self) -> None:
        """What is still being composed counts, as its likeliest reading."""
        if self._focused:
            self._writings[self._focused].finish()
            self._changed()


class Field(Key):
    """One line to write in: its label, and what stands in it."""

    _focused = False

    def __init__(self, kit: Kit, name: str, then: Any) -> None:
        super().__init__(
            name,
            kind="secondary",
            palette=kit.palette,
            padding=(36, 8),
            orientation="horizontal",
            spacing=24,
            size_hint_y=None,
            height=kit.target_px(100),
        )
        self.kit, self._empty = kit, kit.words(f"contact.{name}.empty")
        self.add_widget(
            kit.text(kit.words(f"contact.{name}"), px=40, bold=True, size_hint=(None, 1), width=130, valign="middle")
        )
        self._text = kit.text("", px=44, size_hint_y=1, valign="middle", max_lines=1, min_px=kit.main_px(32))
        self.add_widget(unspoken(self._text))
        self.bind(on_tap=lambda _field: then())

    def show(self, text: str, composing: str, *, focused: bool) -> None:
        """The text with a caret while it is written to."""
        self._focused = focused
        self._look()
        self._text.color = self.palette.ink if text or composing else self.palette.ink_2
        self._text.text = f"{text}{composing}{'▏' if focused else ''}" if text or composing else self._empty

    def _look(self, *_: object) -> None:
        super()._look()
        self.frame = self.palette.jade if self._focused else self.palette.line
        self.frame_px = 6 if self._focused else 3
