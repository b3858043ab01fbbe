"""What happened: the policy's reason codes (R1), several may be chosen; how often and since when."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from display.theme.widgets.discard import empty
from display.theme.widgets.text import width_of
from kiosk.screens.frame import Asks, StepScreen
from kiosk.screens.kit import Chip, Key, Kit
from kiosk.screens.shelf import Choice, Shelf
from kiosk.session import MOST_VISITS

LINE_PX, QUESTION_PX, CHIP_PX = 92, 210, 34


class ReasonScreen(StepScreen):
    """`since` are the offered times of the first visit: the key's word, and what staff will read.

    Where reasons and times have no room together, the times stand behind one key, on a page of this step.
    """

    name = "reason"

    def __init__(self, kit: Kit, asks: Asks, since: tuple[tuple[str, str], ...]) -> None:
        self._since_words = since
        self._page = "reasons"
        self._chips: dict[str, Key] = {}
        self._shelf: Shelf | None = None
        super().__init__(kit, asks)

    def build(self) -> None:
        kit = self.kit
        self._place = BoxLayout(orientation="vertical", spacing=kit.gap_px(kit.high_px(14)))
        self.body.add_widget(self._place)
        self._together = self._has_room()
        self._fill()

    def refresh(self) -> None:
        chosen = self.asks.session.choices
        if self._shelf is not None:
            wanted = {f"reason.{code}" for code in chosen.reasons}
            self._shelf.tick(lambda name: name in wanted)
        now = {f"visits.{chosen.visits}", *(f"since.{at}" for at, (_, said) in self._times() if said == chosen.since)}
        for name, chip in self._chips.items():
            chip.chosen = name in now
        self.next.disabled = self.asks.session.missing("reason") is not None

    def state(self) -> str:
        return "" if self._page == "reasons" else self._page

    def go_back(self) -> None:
        if self._page == "times":
            self.turn("reasons")
        else:
            super().go_back()

    def turn(self, page: str) -> None:
        """To the reasons, or to the times of coming."""
        self._page = page
        self._fill()
        self.refresh()

    # --- pages

    def _fill(self) -> None:
        empty(self._place)
        self._chips = {}
        self._shelf = None
        if self._page == "times":
            self._fill_times()
            return
        self._shelf = self._shelved()
        self._place.add_widget(self._shelf)
        if self._together:
            self._place.add_widget(self._line("reason.visits", self._visits()))
            self._place.add_widget(self._line("reason.since", self._since()))

    def _shelved(self) -> Shelf:
        """Reasons, and below them what is not one; where pages turn, that is the last of them."""
        kit = self.kit
        choices, behind = self._choices(), self._behind()
        shelf = Shelf(kit, choices, px=42, ticks=True, below=behind)
        if self._together or shelf.pages_in(kit.inner_px, self.room_px) == 1:
            return shelf
        return Shelf(kit, (*choices, *behind), px=42, ticks=True)

    def _choices(self) -> list[Choice]:
        """Chosen ones are ticked by `refresh`, which also follows what is tapped."""
        return [
            Choice(f"reason.{one.code}", one.text, one.hint, then=partial(self._toggle, one.code))
            for one in self.kit.policy.reasons
        ]

    def _behind(self) -> tuple[Choice, ...]:
        words = self.kit.words
        behind = []
        if self.kit.policy.exclusions:
            key = "reason.scope" if self._together else "reason.scope.short"
            behind.append(Choice("scope", words(key), kind="quiet", then=lambda: self.asks.move("out_of_scope")))
        if not self._together:
            behind.append(Choice("times", words("reason.times"), kind="quiet", then=lambda: self.turn("times")))
        return tuple(behind)

    def _has_room(self) -> bool:
        """Whether reasons stand on one page together with two lines of short answers."""
        kit = self.kit
        high = kit.target_px(LINE_PX) + kit.gap_px(kit.high_px(14))
        chips = [words for words, _ in self._since_words]
        room = (kit.inner_px - QUESTION_PX) / len(chips) - kit.gap_px(14) - 12
        least = kit.main_px(CHIP_PX)
        questions = [kit.words(one) for one in ("reason.visits", "reason.since")]
        if any(width_of(one, least, bold=True, face=kit.face) > room for one in chips) or any(
            width_of(one, kit.main_px(36), bold=True, face=kit.face) > QUESTION_PX for one in questions
        ):
            return False
        self._together = True
        shelf = Shelf(kit, self._choices(), px=42, ticks=True, below=self._behind())
        return shelf.pages_in(kit.inner_px, self.room_px - 2 * high) == 1

    def _fill_times(self) -> None:
        kit = self.kit
        gap = kit.gap_px(kit.high_px(16))
        asked = [("reason.visits", self._visits()), ("reason.since", self._since())]
        columns = [self._columns(chips, gap) for _, chips in asked]
        rows = [-(-len(chips) // many) for (_, chips), many in zip(asked, columns, strict=True)]
        questions = [kit.text(kit.words(question), px=46, bold=True, pitch=1.3) for question, _ in asked]
        spare = self.room_px - sum(one.height for one in questions) - gap * (sum(rows) + len(asked) + 1)
        high = max(kit.target_px(0), min(kit.target_px(130), spare / sum(rows)))
        for question, (_, chips), many, lines in zip(questions, asked, columns, rows, strict=True):
            grid = GridLayout(cols=many, spacing=gap, size_hint_y=None, height=lines * high + (lines - 1) * gap)
            for one in (*chips, *(Widget() for _ in range(-len(chips) % many))):
                grid.add_widget(one)
            self._place.add_widget(question)
            self._place.add_widget(grid)
        self._place.add_widget(Widget(size_hint_y=0.0001))

    def _columns(self, chips: list[Key], gap_px: int) -> int:
        """As many in a row as their words have room for."""
        kit = self.kit
        widest = max(kit.wide_px(one.text, kit.main_px(CHIP_PX), 0, 20) for one in chips)
        return next((many for many in (5, 4, 3) if many * (widest + gap_px) - gap_px <= kit.inner_px), 2)

    # --- pieces

    def _times(self) -> list[tuple[int, tuple[str, str]]]:
        return list(enumerate(self._since_words))

    def _visits(self) -> list[Key]:
        session = self.asks.session
        return [
            self._chip(f"visits.{count}", self._often(count), partial(session.choose_visits, count))
            for count in range(1, MOST_VISITS + 1)
        ]

    def _since(self) -> list[Key]:
        session = self.asks.session
        return [
            self._chip(f"since.{at}", words, partial(session.choose_since, said)) for at, (words, said) in self._times()
        ]

    def _toggle(self, code: str) -> None:
        self.asks.session.toggle_reason(code)
        self.refresh()

    def _often(self, count: int) -> str:
        return self.kit.words("reason.visits.most", n=count) if count == MOST_VISITS else str(count)

    def _chip(self, name: str, words: str, choose: Callable[[], None]) -> Key:
        """One of a few short answers; chosen is filled, no tick: there is no room for one."""

        def tapped(_chip: object) -> None:
            choose()
            self.refresh()

        chip = self._chips[name] = Chip(self.kit, name, words, px=CHIP_PX)
        chip.bind(on_tap=tapped)
        return chip

    def _line(self, question: str, chips: list[Key]) -> Widget:
        kit = self.kit
        asked = kit.text(kit.words(question), px=36, bold=True, size_hint=(None, 1), width=QUESTION_PX, valign="middle")
        return kit.row(kit.target_px(LINE_PX), asked, *chips, gap_px=14)
