"""Everything on one page before it is submitted; each line can be changed."""

from __future__ import annotations

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel, Text
from kiosk.screens.frame import StepScreen
from kiosk.screens.sizes import SIDE_CAP_MM
from kiosk.screens.spoken import unspoken
from kiosk.session import MOST_VISITS, Move
from kiosk.since import told

_PITCH = 1.35
_PERSONAL = frozenset({"words", "contact"})
_SHORT = 120
"""Characters that always have room in full size."""


class CheckScreen(StepScreen):
    name = "check"
    next_word = "check.submit"
    next_name = "submit"

    def build(self) -> None:
        kit, chosen = self.kit, self.asks.session.choices
        none = kit.words("check.nothing")
        self._texts: list[Text] = []
        matter = self.asks.session.matter_name() or kit.words(f"matter.{chosen.matter}")
        self._line("matter", matter, "change_matter")
        self._line("reason", self._reasons(), "change_reason")
        said = chosen.text.strip()
        self._line("words", said or none, "change_words", grows=len(said) > _SHORT)
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
            said += kit.words("check.since", since=told(chosen.since, kit.words))
        return "\n".join([kit.words("check.between").join(parts), said])

    def _contact(self) -> str:
        kit, chosen = self.kit, self.asks.session.choices
        if not chosen.signed:
            return kit.words("check.anonymous")
        who = "  ".join(one for one in (chosen.name.strip(), chosen.phone) if one)
        return f"{who}\n{kit.words('check.confidential')}" if chosen.confidential else who

    def _line(self, label: str, text: str, change: Move, *, grows: bool = False) -> None:
        """A label over what was chosen, and 修改 beside it; the citizen's words take what room is left."""
        kit = self.kit
        panel = Panel(fill=kit.palette.card, frame=kit.palette.hair, frame_px=2, padding=(36, 16, 20, 16), spacing=20)
        shown = kit.text(text, px=40 if label == "matter" else 37, bold=label == "matter", pitch=_PITCH)
        if label in _PERSONAL:
            unspoken(shown)
        self._texts.append(shown)
        left = BoxLayout(orientation="vertical", spacing=2)
        head = kit.words("check.words.many", n=len(text)) if grows else kit.words(f"check.{label}")
        left.add_widget(kit.note(head, px=28, pitch=1.3))
        left.add_widget(shown)
        change_key = kit.key(
            change,
            kit.words("change"),
            kind="quiet",
            px=34,
            then=lambda: self.asks.move(change),
            padding=(8, 8),
            pos_hint={"center_y": 0.5},
            size_hint=(None, None),
            size=(140, kit.target_px(88)),
        )
        if grows:
            shown.least_cap_mm = SIDE_CAP_MM
            shown.may_be_cut = True
            shown.size_hint_y, shown.valign = 1, "top"
            shown.bind(size=lambda *_: self._fit(shown))
        else:
            panel.size_hint_y = None
            left.bind(minimum_height=lambda _l, high: setattr(panel, "height", max(high, change_key.height) + 32))
            panel.height = max(left.minimum_height, change_key.height) + 32
            left.add_widget(Widget())
        panel.add_widget(left)
        panel.add_widget(change_key)
        self.body.add_widget(panel)

    def _fit(self, shown: Text) -> None:
        """Smaller where there is much; what a small glass cannot hold is one touch away, behind 修改."""
        px = self.kit.fitting_px(shown.text, shown.width, shown.height, 37, _PITCH)
        shown.font_px = shown.min_px = px
        shown.max_lines = max(1, int((shown.height - px) / (_PITCH * px)) + 1)
