"""Casework: the list, the case, and what may be done with it; or the case beside the form of one action."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout

from counter.screens.actions import Actions
from counter.screens.case_list import CaseList
from counter.screens.case_view import CaseView
from counter.screens.composer import Ask, Composer
from counter.steps import table
from counter.steps.shape import Action
from counter.workplace import Workplace
from display.theme.palette import NORMAL as P
from display.theme.widgets import Divider

LIST_PX, ACTIONS_PX, COMPOSER_PX = 560, 440, 960


class Cases(BoxLayout):
    """The screen behind `事项` and `工单`."""

    def __init__(self, place: Workplace, ask: Ask, **settings: Any) -> None:
        super().__init__(**settings)
        self.place, self._ask = place, ask
        self.list = CaseList(place, size_hint_x=None, width=LIST_PX)
        self.case = CaseView(place)
        self.actions = Actions(place, self.compose, size_hint_x=None, width=ACTIONS_PX)
        self.composer: Composer | None = None
        self._lay()

    def show(self) -> None:
        composer = self.composer
        if composer is not None and composer.line.case_number != self.place.session.selected:
            composer.leave()
        self.list.show()
        self.case.show()
        self.actions.show()
        if self.composer is not None:
            self.composer.show()

    def compose(self, action: Action) -> None:
        """Opens the form of a step; one that asks for nothing is carried out at once."""
        situation = self.place.situation()
        if situation is None or self.composer is not None:
            return
        draft = self.place.begun(action, situation)
        if table.form(action.code, situation, draft).is_empty:
            if self.place.live:
                self.place.carry_out(action, situation, draft, lambda: None)
            return
        self.composer = Composer(
            self.place, situation, action, self._left, self._ask, size_hint_x=None, width=COMPOSER_PX
        )
        self._lay()
        self.composer.focus()

    def close(self) -> None:
        """Keeps what is half filled in and takes it off the screen."""
        if self.composer is not None:
            self.composer.leave()

    def press(self, key: str, ctrl: bool, typing: bool) -> bool:
        """A key of the keyboard; true when it meant something here."""
        if self.composer is not None:
            return self._press_form(self.composer, key, ctrl, typing)
        if key in ("up", "down") and not typing:
            self.list.step(-1 if key == "up" else 1)
            return True
        if key == "f10":
            self.actions.turn()
            return True
        if key == "escape" and self.actions.group is not None:
            self.actions.turn_to(None)
            return True
        if key.isdigit() and not typing and not ctrl:
            self.actions.pick(int(key))
            return True
        for action in self.place.actions():
            if action.key == key:
                self.compose(action)
                return True
        return False

    def _press_form(self, form: Composer, key: str, ctrl: bool, typing: bool) -> bool:
        if key == "escape":
            form.leave()
        elif key == "enter" and ctrl:
            form.submit()
        elif key in ("up", "down", "left", "right") and not typing:
            form.choose(-1 if key in ("up", "left") else 1, second=key in ("left", "right"))
        else:
            return False
        return True

    def _left(self, composer: Composer) -> None:
        composer.close()
        if composer is self.composer:
            self.composer = None
            self._lay()

    def _lay(self) -> None:
        self.clear_widgets()
        if self.composer is None:
            columns = [self.list, _line(), self.case, _line(), self.actions]
        else:
            columns = [self.case, _line(), self.composer]
        for column in columns:
            self.add_widget(column)


def _line() -> Divider:
    return Divider(upright=True, color=P.line)
