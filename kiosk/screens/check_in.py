"""预约签到 (R58): the code, a key for each of its letters; and why a code does not check in."""

from __future__ import annotations

from functools import partial

from kivy.uix.gridlayout import GridLayout

from display.theme.widgets import Panel, Text
from kiosk.screens.facts import Sentence
from kiosk.screens.frame import Asks
from kiosk.screens.kit import Kit
from kiosk.screens.spoken import unspoken
from kiosk.screens.taking import TakingPage, say_moment
from kiosk.screens.typed_code import large, letter_keys
from kiosk.services.check_in import LENGTH, LETTERS, CheckingIn
from kiosk.services.taking import Taking

COLUMNS, COLUMNS_ACROSS = 8, 11
MOST_KEY_PX = 120
SAYS_WHEN = frozenset({"too_many_codes", "too_early", "other_day"})


class CodePage(TakingPage):
    """What was typed, large; the letters below it."""

    name = "code"
    words = "check_in.code"
    next_word = "check_in.send"
    next_name = "send"

    def __init__(self, kit: Kit, asks: Asks, flow: CheckingIn, heading: str) -> None:
        self._checking = flow
        super().__init__(kit, asks, flow, heading)

    def hint_words(self) -> str:
        return self.kit.words("check_in.code.hint", n=LENGTH)

    def build(self) -> None:
        kit = self.kit
        high = max(kit.high_px(150), kit.main_px(44) * 1.3)
        row = kit.row(high)
        self._boxes = [self._box() for _ in range(LENGTH)]
        for panel, _ in self._boxes:
            row.add_widget(panel)
        erase = kit.key("erase", kit.words("check_in.erase"), px=38, then=self._erase, padding=(8, 8))
        erase.size_hint_x, erase.width = None, kit.high_px(190) * (1.3 if kit.modes.big else 1)
        row.add_widget(erase)
        self.body.add_widget(row)
        columns = COLUMNS_ACROSS if kit.shape.across else COLUMNS
        rows, gap = -(-len(LETTERS) // columns), kit.gap_px(12)
        grid = GridLayout(cols=columns, spacing=gap)
        for letter in LETTERS:
            grid.add_widget(kit.letter_key(f"key.{letter}", letter, partial(self._type, letter)))
        self.body.add_widget(letter_keys(grid, rows * MOST_KEY_PX + (rows - 1) * gap))

    def refresh(self) -> None:
        flow = self._checking
        for at, (panel, text) in enumerate(self._boxes):
            text.text = flow.code[at : at + 1]
            now = at == len(flow.code)
            panel.frame = self.kit.palette.jade if now else self.kit.palette.line
            panel.frame_px = 6 if now else 3
        self.next.disabled = not flow.complete

    def state(self) -> str:
        return f"code.{len(self._checking.code)}"

    def go_next(self) -> None:
        self._checking.send()

    def wipe(self) -> None:
        for _, text in self._boxes:
            text.text = ""

    def _type(self, letter: str) -> None:
        self._checking.type(letter)
        self.refresh()

    def _erase(self) -> None:
        self._checking.erase()
        self.refresh()

    def _box(self) -> tuple[Panel, Text]:
        kit = self.kit
        panel = Panel(fill=kit.palette.card, frame=kit.palette.line, frame_px=3, radius_px=20, padding=(4, 4))
        text = large(kit, 72)
        panel.add_widget(text)
        return unspoken(panel), text


class CodeRefusedPage(TakingPage):
    """Why this code does not check in, and the way on: a misread one is typed again, else a number as everybody's."""

    name = "code_refused"
    words = "check_in.refused"

    def __init__(self, kit: Kit, asks: Asks, flow: Taking, heading: str) -> None:
        self._misread = flow.refused is not None and flow.refused.code == "unknown_appointment"
        self.next_name = "again" if self._misread else "number"
        self.next_word = f"check_in.refused.{self.next_name}"
        super().__init__(kit, asks, flow, heading)

    def build(self) -> None:
        self.body.add_widget(Sentence(self.kit, self._because()))

    def go_next(self) -> None:
        if self._misread:
            self.go_back()
        else:
            self.asks.open("number")

    def _because(self) -> str:
        kit, refused = self.kit, self.flow.refused
        code = refused.code if refused is not None else ""
        if refused is None or f"check_in.refused.{code}" not in kit.words:
            return kit.words("check_in.refused.other")
        if code in SAYS_WHEN and refused.opens_at is None:
            return kit.words("check_in.refused.past" if code == "other_day" else "check_in.refused.other")
        when = say_moment(kit, refused.opens_at, self.flow.desk.now) if refused.opens_at is not None else ""
        return kit.words(f"check_in.refused.{code}", when=when)
