"""The code of a receipt: scanned at any moment, or typed on keys of just the characters that codes are made of."""

from __future__ import annotations

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.theme.widgets import Panel
from hub.domain.lookup import ALPHABET, CHECK
from kiosk.screens.frame import Asks, Page
from kiosk.screens.kit import Key, Kit
from kiosk.screens.spoken import unspoken
from kiosk.screens.typed_code import large, letter_keys
from kiosk.services.progress import CaseProgress

KEYS = tuple(dict.fromkeys(ALPHABET + CHECK))
MOST_KEY_PX = 140
ERASE_KEYS = 2
"""How many keys wide 删除 is at the least."""
_BETWEEN_PX = 12


class CodePage(Page):
    """What was typed stands above the keys, in its groups; a complete code is looked up by itself."""

    name = "code"
    next_word = "code.look"
    next_name = "look"

    def __init__(self, kit: Kit, asks: Asks, flow: CaseProgress, heading: str) -> None:
        self.flow, self.heading = flow, heading
        super().__init__(kit, asks)

    def build(self) -> None:
        kit = self.kit
        self._hint = self.hint.text
        if kit.shape.low and kit.modes.big:
            self.body.remove_widget(self._title)  # the hint says it too, and needs the line
        high = max(kit.high_px(112), kit.main_px(40) * 1.3, kit.target_px(0))
        row = kit.row(high)
        panel = Panel(fill=kit.palette.card, frame=kit.palette.jade, frame_px=4, radius_px=20, padding=(16, 4))
        self._shown = large(kit, 60)
        panel.add_widget(self._shown)
        row.add_widget(unspoken(panel))
        self.body.add_widget(row)
        self.body.add_widget(self._key_rows())

    def refresh(self) -> None:
        kit, flow = self.kit, self.flow
        self._shown.text = flow.code.shown
        for character, key in self._keys.items():
            key.disabled = flow.asking or not flow.code.takes(character)
        self.next.disabled = flow.asking or not (flow.code.complete or flow.again)
        if flow.trouble:
            hall = kit.hall
            self.hint.text = kit.words(f"code.trouble.{flow.trouble}", window=hall.window_name)
            self.hint.color, self.hint.bold = kit.palette.seal, True
        else:
            self.hint.text = kit.words("code.asking") if flow.asking else self._hint
            self.hint.color, self.hint.bold = kit.palette.ink_2, False

    def state(self) -> str:
        return f"{len(self.flow.code.text)}.{self.flow.trouble or ('asking' if self.flow.asking else 'ready')}"

    def go_next(self) -> None:
        self.flow.look()
        self.refresh()

    def go_back(self) -> None:
        self.asks.finish()

    def wipe(self) -> None:
        self._shown.text = ""

    # --- keys

    def _key_rows(self) -> Widget:
        kit, gap = self.kit, self.kit.gap_px(_BETWEEN_PX)
        least = kit.target_px(0)
        columns = int((kit.inner_px + gap) / (least + gap))
        columns = -(-(len(KEYS) + ERASE_KEYS) // -(-(len(KEYS) + ERASE_KEYS) // columns))
        rows = -(-len(KEYS) // columns)
        wide = (kit.inner_px - gap * (columns - 1)) / columns
        grid = BoxLayout(orientation="vertical", spacing=gap)
        self._keys: dict[str, Key] = {}
        for first in range(0, len(KEYS), columns):
            line = BoxLayout(spacing=gap)
            for character in KEYS[first : first + columns]:
                press = partial(self._press, character)
                key = kit.letter_key(f"key.{character}", character, press, px=46, size_hint_x=None, width=wide)
                self._keys[character] = key
                line.add_widget(key)
            grid.add_widget(line)
        erase = kit.letter_key("erase", kit.words("key.erase"), self._erase, kind="quiet", px=38)
        line.add_widget(erase)  # what the characters leave of the last line
        return letter_keys(grid, rows * MOST_KEY_PX + (rows - 1) * gap)

    def _press(self, character: str) -> None:
        self.flow.press(character)
        self.refresh()

    def _erase(self) -> None:
        self.flow.erase()
        self.refresh()
