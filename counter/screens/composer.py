"""Filling in one action: what it needs, the rule it follows, and sending it. What is typed is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from counter import casework
from counter.casework import Action, ClassOffer
from counter.screens.parts import TITLE_PX, Column, Field, Press, Row, Scroll, heading, side, small
from counter.workplace import Workplace
from display.theme import touchmap
from display.theme.widgets import Text, Touch
from hub.domain.hall import Department
from hub.wire.messages import CaseLine

KEEP_AFTER_S = 0.4


class Composer(BoxLayout):
    """The form of one action on one case."""

    def __init__(
        self, place: Workplace, line: CaseLine, action: Action, left: Callable[[Composer], None], **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.place, self.line, self.action, self._left = place, line, action, left
        self._closed = False
        self.draft = place.begun(line, action)
        self._keep_soon = Clock.create_trigger(lambda _dt: self.keep(), KEEP_AFTER_S)
        self.departments: dict[str, Touch] = {}
        self.classes: dict[str, Touch] = {}
        self.field: Field | None = None
        words = place.say.words
        self.count, self.ready = small("", align="right"), small("", size_hint_y=1)
        self.send = Press(
            "compose.send",
            words(f"compose.send.{action.code}"),
            self.submit,
            kind="primary",
            shortcut="Ctrl+Enter",
            height=88,
            font_px=30,
            size_hint_x=None,
            width=400,
        )
        back = Press(
            "compose.back", words("compose.back"), self.leave, height=88, shortcut="Esc", size_hint_x=None, width=210
        )
        title = Text(words(f"action.{action.code}"), font_px=TITLE_PX, bold=True)
        foot = Row(back, self.ready, self.send, height=88, spacing=24)
        if action.code == "dispatch":
            form = Column(*self._dispatch(), spacing=18, padding=(0, 0, 24, 12))
            self.add_widget(side(title, small(place.say.rule(action.rule, document=True)), Scroll(form), foot))
        else:
            self.add_widget(side(title, small(place.say.rule(action.rule, document=True)), *self._words_only(), foot))
        self.show()

    # --- what the action asks for

    def _words_only(self) -> list[Widget]:
        words = self.place.say.words
        self.field = self._field(words("compose.text.hint"))
        return [
            small(words("compose.no_veto")),
            Row(heading(words(f"compose.text.{self.action.code}")), self.count, height=44),
            self.field,
        ]

    def _dispatch(self) -> list[Widget]:
        place, words = self.place, self.place.say.words
        grid = GridLayout(cols=3, spacing=12, size_hint_y=None, row_default_height=80, row_force_default=True)
        grid.bind(minimum_height=grid.setter("height"))
        usual = casework.usual_department(self.line, place.hall)
        for one in place.hall.departments:
            self.departments[one.code] = self._department(one, usual)
            grid.add_widget(self.departments[one.code])
        offers = Column(spacing=12)
        for offer in place.offers(self.line):
            self.classes[offer.case_class.code] = self._class(offer)
            offers.add_widget(self.classes[offer.case_class.code])
        self.field = self._field(words("compose.note.hint"), size_hint_y=None, height=190)
        return [
            heading(words("compose.dispatch")),
            grid,
            heading(words("compose.class")),
            offers,
            Row(heading(words("compose.note")), self.count, height=44),
            self.field,
        ]

    def _department(self, one: Department, usual: str) -> Touch:
        hint = self.place.say.words("compose.usual") if one.code == usual else one.place
        return self._choice(f"department.{one.code}", one.name, hint, partial(self.edit, department=one.code))

    def _class(self, offer: ClassOffer) -> Touch:
        say, one = self.place.say, offer.case_class
        title = say.words("compose.class_due", name=one.name, due=say.due(offer.due))
        owed = say.words(f"owed.{one.owed}")
        touch = self._choice(
            f"class.{one.code}",
            title,
            f"{owed}：{say.explained(offer.due)}".replace("\n", ""),
            partial(self.edit, case_class=one.code),
        )
        touch.size_hint_y, touch.height = None, 112
        return touch

    def _choice(self, key: str, title: str, hint: str, chosen: Callable[[], None]) -> Touch:
        touch = Touch(
            title,
            hint,
            kind="secondary",
            font_px=27,
            hint_px=21,
            align="left",
            radius_px=16,
            frame_px=2,
            padding=(24, 10),
            debounce_s=0.15,
        )
        touch.bind(on_tap=lambda _w: chosen())
        touchmap.name(touch, key)
        return touch

    def _field(self, hint: str, **settings: Any) -> Field:
        field = Field("compose.text", hint=hint, multiline=True, on_text=lambda text: self.edit(text=text), **settings)
        field.text = self.draft.text
        return field

    # --- filling in

    def edit(self, **fields: str) -> None:
        if self._closed:
            return
        self.draft = msgspec.structs.replace(self.draft, **fields)
        self._keep_soon()
        self.show()

    def keep(self) -> None:
        """Stores the draft now."""
        self._keep_soon.cancel()
        if not self._closed:
            self.place.drafts.keep(self.line.case_number, self.action.code, self.draft)

    def show(self) -> None:
        place, words = self.place, self.place.say.words
        sending = (self.line.case_number, self.action.code) in place.session.busy
        missing = casework.missing(self.action, self.draft)
        for chosen, choices in ((self.draft.department, self.departments), (self.draft.case_class, self.classes)):
            for code, touch in choices.items():
                touch.chosen = code == chosen
        self.count.text = words("compose.count", n=len(self.draft.text.strip()))
        self.send.disabled = bool(missing) or sending or not place.live
        if sending:
            self.ready.text = words("action.sending")
        elif not place.live:
            self.ready.text = words("action.stale")
        elif missing:
            self.ready.text = "；".join(words(f"compose.missing.{one}") for one in missing)
        elif self.action.code == "dispatch":
            self.ready.text = self._goes_to()
        else:
            self.ready.text = words("compose.ready.text")

    def _goes_to(self) -> str:
        say = self.place.say
        due = next(one.due for one in self.place.offers(self.line) if one.case_class.code == self.draft.case_class)
        return say.words("compose.ready.dispatch", department=say.department(self.draft.department), due=say.due(due))

    def choose(self, by: int, *, among_classes: bool) -> None:
        """The next (1) or the one before (-1), by the arrow keys."""
        choices = list(self.classes if among_classes else self.departments)
        if not choices:
            return
        now = self.draft.case_class if among_classes else self.draft.department
        at = (choices.index(now) + by) % len(choices) if now in choices else 0
        self.edit(**{"case_class" if among_classes else "department": choices[at]})

    def focus(self) -> None:
        """Puts the caret where typing begins, when typing is what is asked for."""
        if self.field is not None and "text" in self.action.needs:
            self.field.take_focus()

    # --- leaving

    def submit(self) -> None:
        if not self.send.disabled:
            self.place.carry_out(self.line, self.action, self.draft, self._sent)
            self.show()

    def leave(self) -> None:
        """Goes back to the case; what is filled in stays as a draft."""
        self.keep()
        self._left(self)

    def close(self) -> None:
        """Takes what was typed off the screen; nothing more is kept."""
        self._closed = True
        self._keep_soon.cancel()
        if self.field is not None:
            self.field.input.focus = False
            self.field.wipe()

    def _sent(self) -> None:
        self._closed = True
        self._left(self)
