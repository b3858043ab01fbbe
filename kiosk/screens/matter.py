"""Which matter: the commonest first; the other departments and 我不清楚 behind them."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout

from display.theme.widgets.discard import empty
from hub.domain.hall import Department, Matter
from kiosk.screens.frame import StepScreen
from kiosk.screens.shelf import Choice, Shelf
from kiosk.session import OTHER_MATTER, UNKNOWN_MATTER, Session, common_matters, other_matters

EXAMPLES = 3


class MatterScreen(StepScreen):
    """Three shelves: common matters, departments, one department's matters. A tap chooses and goes on."""

    name = "matter"

    def build(self) -> None:
        self._department: Department | None = None
        self._departments = False
        self._place = BoxLayout()
        self.body.add_widget(self._place)
        self._fill()

    def refresh(self) -> None:
        self.next.disabled = not self.asks.session.choices.matter

    def lead(self, key: str, session: Session) -> None:
        code = key.removeprefix("matter.")
        if code != key:
            session.choose_matter(code)
        super().lead(self.next_name if code != key else key, session)

    def state(self) -> str:
        return self._department.code if self._department else "departments" if self._departments else "common"

    def go_back(self) -> None:
        if self._department is not None:
            self.open(departments=True)
        elif self._departments:
            self.open()
        else:
            super().go_back()

    def open(self, shelf: Department | None = None, departments: bool = False) -> None:
        self._department, self._departments = shelf, departments
        self._fill()

    def _fill(self) -> None:
        words, hall = self.kit.words, self.kit.hall
        unsure = self._apart(UNKNOWN_MATTER, words("matter.unsure"))
        none = self._apart(OTHER_MATTER, words("matter.none"))
        if self._department is not None:
            shelf = self._shelf([self._matter(one) for one in other_matters(hall, self._department.code)], none)
        elif self._departments:
            having = [one for one in hall.departments if other_matters(hall, one.code)]
            shelf = self._shelf([self._behind(one) for one in having], none, unsure)
        else:
            others = Choice(
                "departments", words("matter.others"), kind="quiet", then=lambda: self.open(departments=True)
            )
            shelf = self._shelf([self._matter(one) for one in common_matters(hall)], others, unsure)
        empty(self._place)
        self._place.add_widget(shelf)

    def _shelf(self, choices: list[Choice], *below: Choice) -> Shelf:
        return Shelf(self.kit, choices, px=44, ticks=any(one.chosen for one in choices), below=below)

    def _matter(self, matter: Matter) -> Choice:
        return Choice(
            f"matter.{matter.code}",
            matter.name,
            matter.hint,
            then=partial(self._choose, matter.code),
            chosen=self.asks.session.choices.matter == matter.code,
        )

    def _behind(self, department: Department) -> Choice:
        matters = other_matters(self.kit.hall, department.code)[:EXAMPLES]
        hint = self.kit.words("matter.between").join(matter.name for matter in matters)
        then = partial(self.open, department)
        return Choice(f"department.{department.code}", department.name, hint, then=then, hint_lines=1)

    def _apart(self, code: str, words: str) -> Choice:
        chosen = self.asks.session.choices.matter == code
        return Choice(f"matter.{code}", words, kind="quiet", then=lambda: self._choose(code), chosen=chosen)

    def _choose(self, code: str) -> None:
        self.asks.session.choose_matter(code)
        self.go_next()
