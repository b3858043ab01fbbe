"""One field being written: its text, what is still being composed or drawn, and which keyboard is up. Pure."""

from __future__ import annotations

from kiosk.input.composition import Composition
from kiosk.input.handwriting import Handwriting
from kiosk.input.layouts import Key, Layout, Rows, rows
from kiosk.input.means import Means


class Writing:
    """Takes keys and gives text. Keyboards whose library is missing are not offered; the others remain."""

    def __init__(
        self, text: str, limit: int, means: Means, layout: Layout = "pinyin", language: str = "zh_Hans"
    ) -> None:
        self.text = text
        self.limit = limit
        self.composition = Composition(means.search(language) or (lambda _letters: ()))
        self.handwriting = Handwriting(means.recognise(language) or (lambda _strokes: ()))
        self.layout: Layout = "latin" if layout in means.missing else layout
        self.upper = False
        self._means = means

    @property
    def full(self) -> bool:
        return len(self.text) >= self.limit

    @property
    def rows(self) -> Rows:
        return rows(self.layout, without=self._means.missing, upper=self.upper)

    @property
    def composing(self) -> bool:
        """Whether something is typed or drawn that is no text yet."""
        return not (self.composition.empty and self.handwriting.empty)

    @property
    def candidates(self) -> tuple[str, ...]:
        """What may be picked now, the likeliest first."""
        if self.layout == "hand":
            return self.handwriting.candidates
        return tuple(one.text for one in self.composition.candidates)

    def press(self, key: Key) -> None:
        """What a key means now: while composing, a sign or another keyboard first takes the likeliest candidate."""
        match key.does:
            case "letter":
                self.composition.type(key.text)
            case "sign":
                self.finish()
                self._add(key.text)
            case "space":
                if self.composing:
                    self._take_first()
                else:
                    self._add(" ")
            case "erase":
                self._erase()
            case "shift":
                self.upper = not self.upper
            case "undo":
                self.handwriting.undo()
            case "again":
                self.handwriting.clear()
            case "pinyin" | "hand" | "signs" | "latin":
                self.finish()
                self.layout, self.upper = key.does, False
                self._means.choose(self.layout)

    def pick(self, at: int) -> None:
        """A candidate; raises `IndexError` where there is none."""
        self._add(self.handwriting.pick(at) if self.layout == "hand" else self.composition.pick(at))

    def say(self, words: str) -> None:
        """A phrase, after what was still being composed."""
        self.finish()
        self._add(words)

    def finish(self) -> str:
        """The text with what was still being composed, as the likeliest reading."""
        while self.composing:
            self._take_first()
        return self.text

    def wipe(self) -> None:
        self.text = ""
        self.composition.clear()
        self.handwriting.clear()

    def _take_first(self) -> None:
        if not self.composition.empty:
            self._add(self.composition.pick_first())
        else:
            self._add(self.handwriting.pick_first())

    def _erase(self) -> None:
        """What is unfinished goes first: a letter, or the strokes drawn so far; then a character of the text."""
        if not self.handwriting.empty:
            self.handwriting.clear()
        elif not self.composition.erase():
            self.text = self.text[:-1]

    def _add(self, text: str) -> None:
        self.text = (self.text + text)[: self.limit]
