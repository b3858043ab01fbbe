"""Everything on one page before it is submitted; each line can be changed."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel, Text
from kiosk.screens.kit import StepScreen
from kiosk.session import MOST_VISITS, Move

_LABEL_PX = 150
_CHANGE_PX = 150


class CheckScreen(StepScreen):
    name = "check"
    next_word = "check.submit"

    def build(self) -> None:
        kit, chosen = self.kit, self.asks.session.choices
        none = kit.words("check.nothing")
        matter = self.asks.session.matter_name() or kit.words(f"matter.{chosen.matter}")
        self._line("matter", matter, "change_matter")
        self._line("reason", self._reasons(), "change_reason")
        self._line("words", chosen.text.strip() or none, "change_words", grows=True)
        self._line("contact", self._contact(), "change_contact")
        self.body.add_widget(kit.note(kit.words("check.promise"), px=31))

    def go_next(self) -> None:
        """One submit: the key is dead from the first touch on."""
        self.next.disabled = True
        self.asks.submit()

    def wipe(self) -> None:
        for text in self._texts:
            text.text = ""

    def _reasons(self) -> str:
        kit, chosen = self.kit, self.asks.session.choices
        parts = [kit.policy.reason(code).text for code in chosen.reasons]
        outside = self.asks.session.exclusion()
        if outside is not None:
            parts.append(kit.words("check.scope", ground=outside.text))
        said = kit.words("check.visits.most" if chosen.visits == MOST_VISITS else "check.visits", n=chosen.visits)
        if chosen.since:
            said += kit.words("check.since", since=chosen.since)
        return "\n".join([kit.words("check.between").join(parts), said])

    def _contact(self) -> str:
        kit, chosen = self.kit, self.asks.session.choices
        if not chosen.signed:
            return kit.words("check.anonymous")
        who = "  ".join(one for one in (chosen.name.strip(), chosen.phone) if one)
        return f"{who}\n{kit.words('check.confidential')}" if chosen.confidential else who

    def _line(self, label: str, text: str, change: Move, *, grows: bool = False) -> None:
        kit = self.kit
        if label == "matter":
            self._texts: list[Text] = []
        panel = Panel(fill=kit.palette.card, frame=kit.palette.hair, frame_px=2, padding=(36, 20, 24, 20), spacing=20)
        name = kit.note(kit.words(f"check.{label}"), px=33, size_hint=(None, 1), width=_LABEL_PX, valign="top")
        panel.add_widget(name)
        shown = kit.text(text, px=38, bold=label == "matter", pitch=1.4)
        self._texts.append(shown)
        side = BoxLayout(orientation="vertical", size_hint_x=None, width=_CHANGE_PX)
        change_key = kit.key(
            change,
            kit.words("change"),
            kind="quiet",
            px=34,
            then=lambda: self.asks.move(change),
            padding=(8, 8),
            size_hint_y=None,
            height=kit.target_px(88),
        )
        side.add_widget(change_key)
        side.add_widget(Widget())
        if grows:
            shown.size_hint_y, shown.valign = 1, "top"
            shown.min_px = kit.side_px(21)
            panel.bind(height=lambda _p, high: self._fit(shown, high - 40))
        else:
            panel.size_hint_y = None
            shown.bind(height=lambda _t, high: setattr(panel, "height", max(high, change_key.height) + 40))
            panel.height = max(shown.height, change_key.height) + 40
            shown.valign = "top"
        panel.add_widget(shown)
        panel.add_widget(side)
        self.body.add_widget(panel)

    @staticmethod
    def _fit(shown: Text, height_px: float) -> None:
        """The citizen's words shrink to the room there is, and are cut only when even small ones do not fit."""
        shown.max_lines = max(1, int(height_px / (shown.min_px * shown.pitch)))
