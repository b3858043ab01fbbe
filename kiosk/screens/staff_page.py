"""What every page of the staff corner has: the citizens' frame, in Chinese, and a row of what can be done."""

from __future__ import annotations

from kivy.uix.widget import Widget

from kiosk.screens.facts import Fact, Facts
from kiosk.screens.flow_page import FlowPage
from kiosk.screens.frame import Asks
from kiosk.screens.kit import Key, Kit
from kiosk.screens.shelf import Choice
from kiosk.services.staff import Staff


class StaffPage(FlowPage):
    """A page of the corner. It shuts by itself where a citizen would be warned."""

    heading = "staff_corner.heading"
    service = "staff_corner"
    flow: Staff
    next_word = ""
    follows_hall = True
    warns = False

    def __init__(self, kit: Kit, asks: Asks, flow: Staff) -> None:
        self.flow = flow
        self.named: dict[str, Key] = {}
        """What can be done on this page, by its touch's name."""
        self.name = f"staff.{flow.step}"
        super().__init__(kit.in_modes(kit.modes.speaking("zh_Hans")), asks)

    def words_key(self) -> str:
        return f"{self.service}.{self.flow.step}"

    def word(self, key: str, **values: object) -> str:
        return self.kit.words(f"{self.service}.{key}", **values)

    def actions(self, *choices: Choice) -> Widget:
        """What can be done on this page, in one row."""
        kit = self.kit
        self.named = {
            one.name: kit.key(one.name, one.title, px=40, kind=one.kind, then=one.then, padding=(12, 8))
            for one in choices
        }
        for key in self.named.values():
            key.title.max_lines, key.title.min_px = 2, kit.main_px(0)
        return kit.row(kit.target_px(120), *self.named.values())


class FactsPage(StaffPage):
    """Facts that are read anew, and what can be done about them."""

    def build(self) -> None:
        self._facts = Facts(self.kit, self.facts())
        self.body.add_widget(self._facts)
        choices = self.choices()
        if choices:
            self.body.add_widget(self.actions(*choices))

    def refresh(self) -> None:
        self._facts.take(self.facts())

    def facts(self) -> list[Fact]:
        raise NotImplementedError  # each page has its own

    def choices(self) -> list[Choice]:
        return []
