"""One field being written: its text, the pinyin still being composed, and which keyboard is up. Pure."""

from __future__ import annotations

from kiosk.input.composition import Composition, Search
from kiosk.input.layouts import Key, Layout, Rows, rows


class Writing:
    """Takes keys and gives text. `search` is None where the pinyin library is missing: the other keyboards remain."""

    def __init__(self, text: str, limit: int, search: Search | None, layout: Layout = "pinyin") -> None:
        self.text = text
        self.limit = limit
        self.pinyin = search is not None
        self.composition = Composition(search or (lambda _letters: ()))
        self.layout: Layout = "latin" if layout == "pinyin" and not self.pinyin else layout
        self.upper = False

    @property
    def full(self) -> bool:
        return len(self.text) >= self.limit

    @property
    def rows(self) -> Rows:
        return rows(self.layout, pinyin=self.pinyin, upper=self.upper)

    def press(self, key: Key) -> None:
        """What a key means now: while composing, a sign or another keyboard first takes the likeliest candidate."""
        match key.does:
            case "letter":
                self.composition.type(key.text)
            case "sign":
                self.finish()
                self._add(key.text)
            case "space":
                if self.composition.empty:
                    self._add(" ")
                else:
                    self._add(self.composition.pick_first())
            case "erase":
                if not self.composition.erase():
                    self.text = self.text[:-1]
            case "shift":
                self.upper = not self.upper
            case "pinyin" | "signs" | "latin":
                self.finish()
                self.layout, self.upper = key.does, False

    def pick(self, at: int) -> None:
        """A candidate; raises `IndexError` where there is none."""
        self._add(self.composition.pick(at))

    def finish(self) -> str:
        """The text with what was still being composed, as the likeliest reading."""
        while not self.composition.empty:
            self._add(self.composition.pick_first())
        return self.text

    def wipe(self) -> None:
        self.text = ""
        self.composition.clear()

    def _add(self, text: str) -> None:
        self.text = (self.text + text)[: self.limit]
