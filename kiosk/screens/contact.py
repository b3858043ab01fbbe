"""How to reach the citizen: anonymous, or a phone and a name; 请为我保密 explained in one sentence (R13)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Text
from kiosk.input.means import Means
from kiosk.input.writing import Writing
from kiosk.screens.fitting import key_px
from kiosk.screens.frame import Asks, StepScreen
from kiosk.screens.keyboard import Keyboard, sizes_of
from kiosk.screens.kit import Chip, Key, Kit
from kiosk.screens.phone import phone_key_beside
from kiosk.screens.spoken import unspoken
from kiosk.session import NAME_LIMIT, PHONE_LIMIT, Session

SIDE_PX, TICK_PX, FIELD_PX = 36, 48, 44
WIDE_PX = 1200
"""Room for both fields beside each other."""


class ContactScreen(StepScreen):
    """Staying anonymous goes on by itself; touching a field is leaving a contact, and brings the keyboard up."""

    name = "contact"

    def __init__(self, kit: Kit, asks: Asks, means: Means) -> None:
        self._means = means
        super().__init__(kit, asks)

    def build(self) -> None:
        kit, words, chosen = self.kit, self.kit.words, self.asks.session.choices
        language = kit.modes.language
        self._writings = {
            "phone": Writing(chosen.phone, PHONE_LIMIT, self._means, "digits"),
            "name": Writing(chosen.name, NAME_LIMIT, self._means, self._means.first(language), language),
        }
        self._focused = "phone" if chosen.signed else ""
        self._fields = {one: Field(kit, one, partial(self._focus, one)) for one in self._writings}
        self._others = {one: self._narrow(one) for one in self._writings}
        self._anonymous = self._key("anonymous", 46, self._stay_anonymous)
        self._anonymous.chosen = chosen.signed is False
        self._or = kit.text(words("contact.or"), px=38, bold=True, width=kit.inner_px, pitch=1.3)
        self._secret = self._key("confidential", 40, self._toggle_confidential)
        short = Chip(kit, "confidential", words("contact.confidential.short"), px=38)
        short.bind(on_tap=lambda _key: self._toggle_confidential())
        short.size_hint_x, short.width = None, kit.wide_px(short.text, kit.main_px(38), 110)
        self._short_secret = short
        self._promise = kit.note(words("contact.promise"), px=33, width=kit.inner_px)
        self._keyboard: Keyboard | None = None
        self._place = BoxLayout(orientation="vertical", spacing=kit.gap_px(kit.high_px(14)))
        self.body.add_widget(self._place)
        self._arrange()

    # --- what stands where

    def _arrange(self) -> None:
        """The first arrangement that leaves room enough: nothing is smaller than people need."""
        kit, gap = self.kit, self._place.spacing
        writing = bool(self._focused)
        room = self.room_px
        if writing:
            self._keyboard = self._keyboard or self._new_keyboard()
            room -= sizes_of(kit).needed_px
        arrangements = self._writing_ways() if writing else self._choosing_ways()
        pieces = next((way for way in arrangements if sum(one.height + gap for one in way) <= room), arrangements[-1])
        self._place.clear_widgets()
        for piece in pieces:
            if isinstance(piece, Row):
                piece.hold()
            elif isinstance(piece, Field):
                piece.bare = False
            _move(piece, self._place)
        if writing:
            assert self._keyboard is not None
            below = BoxLayout(orientation="vertical")
            below.add_widget(Widget())
            _move(self._keyboard, below)
            self._keyboard.within(below)
            self._place.add_widget(below)
        else:
            self._place.add_widget(Widget(size_hint_y=0.0001))

    def _choosing_ways(self) -> list[list[Widget]]:
        """Before anything is written: from the roomiest to the tightest."""
        head, promise = [self._anonymous, self._or], self._promise
        phone, name = self._fields.values()
        apart: list[Widget] = [phone, name, self._secret]
        row = Row(self.kit, phone, self._others["name"])
        return [
            [*head, *apart, promise],
            [*head, row, promise],
            [self._anonymous, row, promise],
            [*head, row],
            [self._anonymous, row],
        ]

    def _writing_ways(self) -> list[list[Widget]]:
        phone, name = self._fields.values()
        other = self._others["name" if self._focused == "phone" else "phone"]
        ways: list[list[Widget]] = [
            [self._anonymous, self._or, phone, name, self._secret],
            [phone, name, self._secret],
            [Row(self.kit, phone, name, self._short_secret)] if self.kit.inner_px > WIDE_PX else [],
            [Row(self.kit, self._fields[self._focused], other, self._short_secret)],
        ]
        return [way for way in ways if way]

    def _new_keyboard(self) -> Keyboard:
        return Keyboard(self.kit, self._writings[self._focused], self._changed)

    def _key(self, name: str, px: int, then: Callable[[], None]) -> Key:
        """A key with a hint, as high as both need."""
        kit, words = self.kit, self.kit.words
        title, hint = words(f"contact.{name}"), words(f"contact.{name}.hint")
        high = max(kit.target_px(118), key_px(kit, title, hint, px, kit.inner_px - 2 * SIDE_PX - TICK_PX))
        return kit.key(
            name,
            title,
            hint,
            px=px,
            then=then,
            padding=(SIDE_PX, 8, SIDE_PX + TICK_PX, 8),
            size_hint_y=None,
            height=high,
        )

    def _narrow(self, field: str) -> Key:
        """The other field, where there is room for one only: just its name."""
        kit = self.kit
        words = kit.words(f"contact.{field}")
        key = kit.key(field, words, px=38, then=partial(self._focus, field), padding=(10, 8))
        key.size_hint_x, key.width = None, kit.wide_px(words, kit.main_px(38), 0)
        return key

    def title_row(self, title: Text) -> Widget:
        return phone_key_beside(title, self.kit, self.asks)

    def refresh(self) -> None:
        session = self.asks.session
        for one, field in self._fields.items():
            writing = self._writings[one]
            field.show(writing.text, writing.composition.letters, focused=one == self._focused)
        for secret in (self._secret, self._short_secret):
            secret.chosen = session.choices.confidential
            secret.disabled = not session.choices.signed
        self.next.disabled = session.choices.signed is None

    def state(self) -> str:
        return f"{self._focused}.{self._keyboard.state()}" if self._keyboard and self._focused else "choice"

    def go_next(self) -> None:
        self._keep()
        super().go_next()

    def go_back(self) -> None:
        self._keep()
        if self._focused and self._anonymous.parent is None:  # what stands behind the keyboard
            self._focused = ""
            self._arrange()
            self.refresh()
        else:
            super().go_back()

    def wipe(self) -> None:
        for writing in self._writings.values():
            writing.wipe()
        if self._keyboard is not None:
            self._keyboard.wipe()
        for field in self._fields.values():
            field.show("", "", focused=False)

    def lead(self, key: str, session: Session) -> None:
        if key == "anonymous":
            session.stay_anonymous()
        super().lead(self.next_name if key == "anonymous" else key, session)

    def _stay_anonymous(self) -> None:
        for writing in self._writings.values():
            writing.wipe()
        self.asks.session.stay_anonymous()
        super().go_next()

    def _focus(self, field: str) -> None:
        self._keep()
        self.asks.session.sign()
        self._focused = field
        self._arrange()
        assert self._keyboard is not None
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


class Row(BoxLayout):
    """Fields beside each other. A widget stands in one place at a time: `hold` takes them when the row is shown."""

    def __init__(self, kit: Kit, *pieces: Key) -> None:
        super().__init__(size_hint_y=None, height=_field_px(kit), spacing=kit.gap_px(14))
        self._pieces = pieces

    def hold(self) -> None:
        for piece in self._pieces:
            if isinstance(piece, Field):
                piece.bare = True
            _move(piece, self)


class Field(Key):
    """One line to write in: its label, and what stands in it. `bare`: the label stands in it while it is empty."""

    bare = False
    _focused = False

    def __init__(self, kit: Kit, name: str, then: Any) -> None:
        super().__init__(
            name,
            kind="secondary",
            palette=kit.palette,
            padding=(SIDE_PX, 8),
            orientation="horizontal",
            spacing=24,
            size_hint_y=None,
            height=_field_px(kit),
        )
        self.kit, self._words = kit, kit.words(f"contact.{name}")
        self._empty = kit.words(f"contact.{name}.empty")
        label = kit.wide_px(self._words, kit.main_px(40), 130, 0)
        self._label = kit.text(self._words, px=40, bold=True, size_hint=(None, 1), width=label, valign="middle")
        self.add_widget(self._label)
        self._text = kit.text("", px=FIELD_PX, size_hint_y=1, valign="middle", max_lines=1, min_px=kit.main_px(0))
        self.add_widget(unspoken(self._text))
        self.bind(on_tap=lambda _field: then())

    def show(self, text: str, composing: str, *, focused: bool) -> None:
        """The text with a caret while it is written to."""
        self._focused = focused
        self._look()
        if self.bare == (self._label.parent is not None):
            if self.bare:
                self.remove_widget(self._label)
            else:
                self.add_widget(self._label, index=1)
        empty = self._words if self.bare else self._empty
        self.padding = (20 if self.bare else SIDE_PX, 8)
        self._text.color = self.palette.ink
        self._text.text = f"{text}{composing}{'▏' if focused else ''}" if text or composing else empty

    def _look(self, *_: object) -> None:
        super()._look()
        self.frame = self.palette.jade if self._focused else self.palette.line
        self.frame_px = 6 if self._focused else 3


def _field_px(kit: Kit) -> float:
    return max(kit.target_px(100), kit.main_px(FIELD_PX) * 1.3 + 16)


def _move(widget: Widget, to: BoxLayout) -> None:
    if widget.parent is not None:
        widget.parent.remove_widget(widget)
    to.add_widget(widget)
