"""What happened: the policy's reasons (several), how often they came, since when; what does not belong here (R2)."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.screens.frame import Asks, StepScreen
from kiosk.screens.kit import Chip, Key, Kit
from kiosk.session import MOST_VISITS

MOST_IN_ONE_COLUMN, MOST_WITH_ROOM = 7, 10
"""Up to ten, every touch has room for two lines of title and two of hint."""


class ReasonScreen(StepScreen):
    """`since` are the offered times of the first visit: the key's word, and what staff will read."""

    name = "reason"

    def __init__(self, kit: Kit, asks: Asks, since: tuple[tuple[str, str], ...]) -> None:
        self._since_words = since
        super().__init__(kit, asks)

    def build(self) -> None:
        kit, session = self.kit, self.asks.session
        reasons = kit.policy.reasons
        columns = 1 if len(reasons) <= MOST_IN_ONE_COLUMN else 2
        grid = GridLayout(cols=columns, spacing=kit.gap_px(14))
        room = (kit.inner_px - kit.gap_px(14) * (columns - 1)) / columns - 90
        self._reasons: dict[str, Key] = {}
        for reason in reasons:
            key = self._reasons[reason.code] = kit.key(
                f"reason.{reason.code}",
                reason.text,
                reason.hint,
                px=38 if columns == 2 else 42,
                padding=(24, 8, 66, 8),
                spacing=2,
                then=partial(self._toggle, reason.code),
            )
            one_line = len(reason.text) * kit.main_px(34) <= room
            key.title.max_lines, key.title.min_px = (1 if one_line else 2), kit.main_px(34)
            key.subtitle.max_lines = 2 if one_line or len(reasons) <= MOST_WITH_ROOM else 1
            key.subtitle.min_px = kit.side_px(26)
            grid.add_widget(key)
        self.body.add_widget(grid)
        if kit.policy.exclusions:
            self.body.add_widget(
                kit.key(
                    "scope",
                    kit.words("reason.scope"),
                    kind="quiet",
                    px=32,
                    main=False,
                    then=lambda: self.asks.move("out_of_scope"),
                    padding=(24, 8),
                    size_hint_y=None,
                    height=kit.target_px(78, main=False),
                )
            )
        self._visits = {
            str(count): self._chip(f"visits.{count}", self._often(count)) for count in range(1, MOST_VISITS + 1)
        }
        for count, chip in self._visits.items():
            chip.bind(on_tap=lambda _chip, n=int(count): self._set(lambda: session.choose_visits(n)))
        self.body.add_widget(self._line("reason.visits", list(self._visits.values())))
        self._since = {said: self._chip(f"since.{at}", words) for at, (words, said) in enumerate(self._since_words)}
        for said, chip in self._since.items():
            chip.bind(on_tap=lambda _chip, one=said: self._set(lambda: session.choose_since(one)))
        self.body.add_widget(self._line("reason.since", list(self._since.values())))

    def refresh(self) -> None:
        chosen = self.asks.session.choices
        for code, key in self._reasons.items():
            key.chosen = code in chosen.reasons
        for count, key in self._visits.items():
            key.chosen = count == str(chosen.visits)
        for said, key in self._since.items():
            key.chosen = said == chosen.since
        self.next.disabled = self.asks.session.missing("reason") is not None

    def _toggle(self, code: str) -> None:
        self._set(lambda: self.asks.session.toggle_reason(code))

    def _set(self, choose: object) -> None:
        assert callable(choose)
        choose()
        self.refresh()

    def _often(self, count: int) -> str:
        return self.kit.words("reason.visits.most", n=count) if count == MOST_VISITS else str(count)

    def _chip(self, name: str, words: str) -> Key:
        """One of a few short answers; chosen is filled, no tick: there is no room for one."""
        return Chip(self.kit, name, words)

    def _line(self, question: str, chips: list[Key]) -> Widget:
        kit = self.kit
        line = BoxLayout(size_hint_y=None, height=kit.target_px(92), spacing=kit.gap_px(14))
        line.add_widget(
            kit.text(kit.words(question), px=36, bold=True, size_hint=(None, 1), width=210, valign="middle")
        )
        for chip in chips:
            line.add_widget(chip)
        return line
