"""What does not belong to this window: where to go instead, and filing all the same (R2, R3)."""

from __future__ import annotations

from functools import partial

from display.theme.widgets import Text
from kiosk.screens.frame import StepScreen
from kiosk.screens.kit import Key


class ScopeScreen(StepScreen):
    """A tap on a ground shows the way instead; 仍要反映 lets a person judge it."""

    name = "scope"
    next_word = "scope.file"

    def build(self) -> None:
        kit = self.kit
        self._grounds: dict[str, Key] = {}
        for exclusion in kit.policy.exclusions:
            key = kit.key(
                f"scope.{exclusion.code}",
                exclusion.text,
                px=40,
                align="left",
                padding=(40, 16, 84, 16),
                then=partial(self._choose, exclusion.code),
                size_hint_y=None,
                height=kit.target_px(150),
            )
            key.title.max_lines, key.title.min_px = 2, kit.main_px(34)
            self._grounds[exclusion.code] = key
            self.body.add_widget(key)
        self._guidance = kit.text("", px=40, pitch=1.5)
        self._way = kit.card(
            Text(kit.words("scope.way"), font_px=kit.main_px(40), bold=True, color=kit.palette.jade),
            self._guidance,
            *(kit.text(line, px=36) for line in self._elsewhere()),
            kit.note(kit.words("scope.still"), px=33),
            fill=kit.palette.jade_soft,
            padding=(44, 36),
            spacing=16,
        )

    def refresh(self) -> None:
        chosen = self.asks.session.exclusion()
        for code, key in self._grounds.items():
            key.chosen = chosen is not None and code == chosen.code
        self.next.disabled = chosen is None
        if chosen is not None:
            self._guidance.text = chosen.guidance
            if self._way.parent is None:
                self.body.add_widget(self._way, index=1)

    def _choose(self, code: str) -> None:
        self.asks.session.choose_scope(code)
        self.refresh()

    def _elsewhere(self) -> list[str]:
        kit = self.kit
        lines = [f"{one.name} {one.phone}".strip() for one in kit.hall.outlets]
        return [*lines, *([kit.words("home.phone", phone=kit.hall.phone)] if kit.hall.phone else [])]
