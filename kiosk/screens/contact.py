"""How to reach the citizen: anonymous, or a phone and a name; 请为我保密 explained in one sentence (R13)."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.input.composition import Search
from kiosk.input.writing import Writing
from kiosk.screens.kit import Asks, Key, Kit, StepScreen
from kiosk.screens.keyboard import Keyboard
from kiosk.session import NAME_LIMIT, PHONE_LIMIT


class ContactScreen(StepScreen):
    """Staying anonymous goes on by itself; leaving a contact brings up two fields, the phone first."""

    name = "contact"

    def __init__(self, kit: Kit, asks: Asks, search: Search | None) -> None:
        self._search = search
        super().__init__(kit, asks)

    def build(self) -> None:
        chosen = self.asks.session.choices
        self._fields = {
            "phone": Writing(chosen.phone, PHONE_LIMIT, None, "digits"),
            "name": Writing(chosen.name, NAME_LIMIT, self._search),
        }
        self._field = "phone"
        self._choice = BoxLayout(orientation="vertical", spacing=self.kit.gap_px(24), size_hint_y=None)
        self.body.add_widget(self._choice)
        self._form = BoxLayout(orientation="vertical", spacing=self.kit.gap_px(14))
        self.body.add_widget(self._form)
        self._show()

    def refresh(self) -> None:
        self.next.disabled = self.asks.session.choices.signed is None

    def state(self) -> str:
        return self._field if self.asks.session.choices.signed else "choice"

    def _show(self) -> None:
        signed = bool(self.asks.session.choices.signed)
        self._choice.clear_widgets()
        self._form.clear_widgets()
        self._choice.orientation = "horizontal" if signed else "vertical"
        self._choice.height = self.kit.target_px(120) if signed else 2 * self.kit.target_px(230) + 24
        self._choice.add_widget(self._way("anonymous", self._stay_anonymous, hint=not signed))
        self._choice.add_widget(self._way("sign", self._sign, hint=not signed, chosen=signed))
        if signed:
            self._show_form()
        else:
            self._form.add_widget(self.kit.note(self.kit.words("contact.promise"), px=33))
            self._form.add_widget(Widget())

    def _way(self, name: str, then: Any, *, hint: bool, chosen: bool = False) -> Widget:
        words = self.kit.words
        key = self.kit.key(
            name,
            words(f"contact.{name}"),
            words(f"contact.{name}.hint") if hint else "",
            px=50 if hint else 42,
            then=then,
            padding=(44, 20) if hint else (24, 12),
        )
        key.chosen = chosen
        return key

    def _stay_anonymous(self) -> None:
        for writing in self._fields.values():
            writing.wipe()
        self.asks.session.stay_anonymous()
        super().go_next()

    def _sign(self) -> None:
        self.asks.session.sign()
        self._show()
        self.refresh()

    # --- name and phone

    def _show_form(self) -> None:
        kit = self.kit
        self._boxes = {one: Field(kit, one, lambda one=one: self._focus(one)) for one in self._fields}
        for box in self._boxes.values():
            self._form.add_widget(box)
        self._secret = kit.key(
            "confidential",
            kit.words("contact.confidential"),
            kit.words("contact.confidential.hint"),
            px=40,
            then=self._toggle_confidential,
            padding=(40, 12, 84, 12),
            size_hint_y=None,
            height=kit.target_px(148),
        )
        self._secret.subtitle.max_lines = 2
        self._form.add_widget(self._secret)
        self._form.add_widget(Widget())
        self._keyboard = Keyboard(kit, self._fields[self._field], self._changed)
        self._form.add_widget(self._keyboard)
        self._changed()

    def _focus(self, field: str) -> None:
        self._fields[self._field].finish()
        self._field = field
        self._keyboard.take(self._fields[field])
        self._changed()

    def _changed(self) -> None:
        session = self.asks.session
        session.write_phone(self._fields["phone"].text)
        session.write_name(self._fields["name"].text)
        for one, box in self._boxes.items():
            writing = self._fields[one]
            box.show(writing.text, writing.composition.letters, focused=one == self._field)
        self._secret.chosen = session.choices.confidential

    def _toggle_confidential(self) -> None:
        self.asks.session.toggle_confidential()
        self._changed()

    def go_next(self) -> None:
        if self.asks.session.choices.signed:
            self._fields["name"].finish()
            self._changed()
        super().go_next()

    def wipe(self) -> None:
        for writing in self._fields.values():
            writing.wipe()
        if self.asks.session.choices.signed:
            for box in self._boxes.values():
                box.show("", "", focused=False)


class Field(Key):
    """One line to write in: its label, and what stands in it."""

    _focused = False

    def __init__(self, kit: Kit, name: str, then: Any) -> None:
        super().__init__(
            f"field.{name}",
            kind="secondary",
            palette=kit.palette,
            padding=(36, 8),
            orientation="horizontal",
            spacing=24,
            size_hint_y=None,
            height=kit.target_px(108),
        )
        self.kit, self._empty = kit, kit.words(f"contact.{name}.empty")
        self.add_widget(
            kit.text(kit.words(f"contact.{name}"), px=40, bold=True, size_hint=(None, 1), width=130, valign="middle")
        )
        self._text = kit.text("", px=44, size_hint_y=1, valign="middle", max_lines=1, min_px=kit.main_px(32))
        self.add_widget(self._text)
        self.bind(on_tap=lambda _field: then())

    def _look(self, *_: object) -> None:
        super()._look()
        self.frame = self.palette.jade if self._focused else self.palette.line
        self.frame_px = 6 if self._focused else 3

    def show(self, text: str, composing: str, *, focused: bool) -> None:
        palette = self.kit.palette
        self._focused = focused
        self._look()
        self._text.color = palette.ink if text or composing else palette.ink_2
        self._text.text = f"{text}{composing}{'▏' if focused else ''}" if text or composing else self._empty
