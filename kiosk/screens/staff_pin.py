"""The way into the staff corner: a pad of digits, and how long to wait after wrong ones."""

from __future__ import annotations

from functools import partial

from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.screens.staff_page import StaffPage


class PinPage(StaffPage):
    """Dots for what was typed, and a pad of digits."""

    next_word = "staff_corner.pin.give"
    next_name = "give"

    def build(self) -> None:
        kit = self.kit
        self._dots = kit.title("", px=72, align="center", max_lines=1)
        self._said = kit.text("", px=36, align="center", size_hint_y=None, height=kit.main_px(36) * 2.9, valign="top")
        pad = GridLayout(cols=6 if kit.shape.low else 3, spacing=kit.gap_px(14))
        for digit in "123456789":
            pad.add_widget(kit.letter_key(f"pin.{digit}", digit, partial(self._digit, digit), px=56))
        pad.add_widget(kit.letter_key("pin.erase", kit.words("key.erase"), self._erase, kind="quiet", px=38))
        pad.add_widget(kit.letter_key("pin.0", "0", partial(self._digit, "0"), px=56))
        pad.add_widget(Widget())
        for piece in (self._dots, self._said, pad):
            self.body.add_widget(piece)

    def refresh(self) -> None:
        flow = self.flow
        if flow.poll():
            self.asks.show()
            return
        self._dots.text = "●" * len(flow.typed) or "—"
        self._said.text = self._sentence()
        self.next.disabled = not (flow.ready and flow.typed)

    def state(self) -> str:
        return f"{len(self.flow.typed)}.{self.flow.said}.{'wait' if self.flow.wait_s else 'ready'}"

    def go_next(self) -> None:
        self.flow.give()
        self.refresh()

    def wipe(self) -> None:
        self._dots.text = self._said.text = ""

    def _sentence(self) -> str:
        flow = self.flow
        if flow.said == "no_pin":
            return self.word("pin.none", terminal=flow.machine.name)
        if flow.checking:
            return self.word("pin.checking")
        if flow.wait_s:
            return self.word("pin.wait", n=flow.wait_s)
        return self.word("pin.wrong") if flow.said else ""

    def _digit(self, digit: str) -> None:
        self.flow.digit(digit)
        self.refresh()

    def _erase(self) -> None:
        self.flow.erase()
        self.refresh()
