"""Which matter: the commonest first; the other departments and 我不清楚 behind them."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from hub.domain.hall import Department, Matter
from kiosk.screens.frame import StepScreen
from kiosk.session import OTHER_MATTER, UNKNOWN_MATTER, common_matters, other_matters

PAGE = 8


class MatterScreen(StepScreen):
    """Three shelves: common matters, departments, one department's matters in pages. A tap chooses and goes on."""

    name = "matter"

    def build(self) -> None:
        self._shelf: Department | None = None
        self._departments = False
        self._page = 0
        self._list = BoxLayout(orientation="vertical", spacing=self.kit.gap_px(14), size_hint_y=1)
        self.body.add_widget(self._list)
        self._fill()

    def refresh(self) -> None:
        self.next.disabled = not self.asks.session.choices.matter

    def state(self) -> str:
        return self._shelf.code if self._shelf else "departments" if self._departments else "common"

    def go_back(self) -> None:
        if self._shelf is not None:
            self.open(departments=True)
        elif self._departments:
            self.open()
        else:
            super().go_back()

    def open(self, shelf: Department | None = None, departments: bool = False, page: int = 0) -> None:
        self._shelf, self._departments, self._page = shelf, departments, page
        self._fill()

    def _fill(self) -> None:
        self._list.clear_widgets()
        if self._shelf is not None:
            matters = other_matters(self.kit.hall, self._shelf.code)
            self._fill_with(matters[self._page * PAGE : (self._page + 1) * PAGE])
            self._list.add_widget(self._turner(len(matters)))
        elif self._departments:
            self._fill_departments()
        else:
            self._fill_with(common_matters(self.kit.hall))
            self._list.add_widget(self._behind())

    def _fill_with(self, matters: tuple[Matter, ...]) -> None:
        for matter in matters:
            self._list.add_widget(self._row(f"matter.{matter.code}", matter.name, matter.hint, matter.code))
        for _ in range(PAGE - len(matters)):
            self._list.add_widget(Widget())

    def _row(self, name: str, words: str, hint: str, code: str) -> Widget:
        key = self.kit.key(name, words, hint, then=lambda: self._choose(code), padding=(40, 10))
        key.chosen = self.asks.session.choices.matter == code
        return key

    def _choose(self, code: str) -> None:
        self.asks.session.choose_matter(code)
        self.go_next()

    def _behind(self) -> Widget:
        words = self.kit.words
        return self.kit.row(
            self.kit.target_px(122),
            self.kit.key("departments", words("matter.others"), kind="quiet", then=lambda: self.open(departments=True)),
            self._unsure(UNKNOWN_MATTER, words("matter.unsure")),
        )

    def _unsure(self, code: str, words: str) -> Widget:
        key = self.kit.key(f"matter.{code}", words, kind="quiet", then=lambda: self._choose(code))
        key.chosen = self.asks.session.choices.matter == code
        return key

    def _fill_departments(self) -> None:
        hall, between = self.kit.hall, self.kit.words("matter.between")
        having = [one for one in hall.departments if other_matters(hall, one.code)]
        for department in having:
            hint = between.join(matter.name for matter in other_matters(hall, department.code)[:3])
            key = self.kit.key(
                f"department.{department.code}",
                department.name,
                hint,
                then=partial(self.open, department),
                padding=(40, 10),
            )
            key.subtitle.max_lines, key.subtitle.min_px = 1, self.kit.side_px(26)
            key.subtitle.may_be_cut = True  # examples, as many as fit
            self._list.add_widget(key)
        for _ in range(PAGE - len(having)):
            self._list.add_widget(Widget())
        words = self.kit.words
        self._list.add_widget(
            self.kit.row(
                self.kit.target_px(122),
                self._unsure(OTHER_MATTER, words("matter.none")),
                self._unsure(UNKNOWN_MATTER, words("matter.unsure")),
            )
        )

    def _turner(self, count: int) -> Widget:
        """Pages turn; nothing scrolls. 都不是 stays within reach."""
        kit, shelf, page = self.kit, self._shelf, self._page
        pages = -(-count // PAGE)
        keys: list[Widget] = [self._unsure(OTHER_MATTER, kit.words("matter.none"))]
        if pages > 1:
            before = kit.key("page.before", kit.words("page.before"), then=lambda: self.open(shelf, page=page - 1))
            after = kit.key("page.after", kit.words("page.after"), then=lambda: self.open(shelf, page=page + 1))
            before.disabled, after.disabled = page == 0, page == pages - 1
            keys += [before, after]
        return kit.row(kit.target_px(122), *keys)
