"""What does not belong to this window: where to go instead, and filing all the same (R2, R3)."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel
from kiosk.screens.frame import StepScreen
from kiosk.screens.sentences import Sentence, Sentences
from kiosk.screens.shelf import Choice, Shelf

WAY_PART = 0.5
"""Of the room upright, for the way that the chosen ground leads."""


class ScopeScreen(StepScreen):
    """A tap on a ground shows the way instead; 仍要反映 lets a person judge it.

    Upright both stand one below the other; where there is less room or larger type the way has a page of its own.
    """

    name = "scope"
    next_word = "scope.file"

    def build(self) -> None:
        kit = self.kit
        self._apart = kit.flat or kit.modes.big
        self._place = BoxLayout(orientation="vertical", spacing=kit.gap_px(kit.high_px(20)))
        self.body.add_widget(self._place)
        self._reading = False
        grounds = [
            Choice(f"scope.{one.code}", one.text, then=partial(self._choose, one.code)) for one in kit.policy.exclusions
        ]
        self._shelf = Shelf(kit, grounds, px=40, columns=2 if kit.flat else 1, most_px=160, ticks=True)
        edge = kit.high_px(40)
        self._way = Panel(fill=kit.palette.jade_soft, padding=(edge, edge * 0.7, edge, edge * 0.4))
        self._told = Sentences(kit, ())
        self._way.add_widget(self._told)

    def refresh(self) -> None:
        chosen = self.asks.session.exclusion()
        self._shelf.tick(lambda name: chosen is not None and name == f"scope.{chosen.code}")
        self.next.disabled = chosen is None
        if chosen is not None:
            self._told.take(self._sentences(chosen.guidance))
        self._fill(shown=chosen is not None)

    def state(self) -> str:
        return "way" if self._reading else ""

    def go_back(self) -> None:
        if self._reading:
            self._reading = False
            self.refresh()
        else:
            super().go_back()

    def read(self) -> None:
        """The way that the chosen ground leads."""
        self._reading = self._apart
        self.refresh()

    def _fill(self, *, shown: bool) -> None:
        """The grounds, the way, or both."""
        pieces: list[Widget] = [self._way] if self._reading else [self._shelf]
        if shown and not self._apart:
            pieces.append(self._way)
            self._way.size_hint_y, self._shelf.size_hint_y = WAY_PART, 1 - WAY_PART
        elif shown:
            self._way.size_hint_y = self._shelf.size_hint_y = 1
        if [*reversed(self._place.children)] != pieces:
            self._place.clear_widgets()
            for one in pieces:
                self._place.add_widget(one)

    def _choose(self, code: str) -> None:
        self.asks.session.choose_scope(code)
        self.read()

    def _sentences(self, guidance: str) -> list[Sentence]:
        kit, hall = self.kit, self.kit.hall
        elsewhere = [f"{one.name} {one.phone}".strip() for one in hall.outlets]
        if hall.phone:
            elsewhere.append(kit.words("home.phone", phone=hall.phone))
        return [
            Sentence(kit.words("scope.way"), "title", 42),
            Sentence(guidance, px=42),
            *(Sentence(one, px=38) for one in elsewhere),
            Sentence(kit.words("scope.still"), "note", 33),
        ]
