"""What a citizen composes in pinyin: the letters typed, the candidates for them, the page shown. Pure."""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.hall import Value

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'")
MOST_LETTERS = 36
"""The decoder reads 39 letters and silently drops the rest: the keys stop before."""


class Candidate(Value, frozen=True):
    """Characters that stand for the first `letters` letters."""

    text: str
    letters: int


Search = Callable[[str], tuple[Candidate, ...]]


class Composition:
    """Letters become characters piece by piece: what is picked is returned at once, the rest stays and is read anew."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self.letters = ""
        self.candidates: tuple[Candidate, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.letters

    @property
    def full(self) -> bool:
        """No more letters: pick something first."""
        return len(self.letters) >= MOST_LETTERS

    def type(self, letter: str) -> bool:
        """Adds a letter; whether it was taken. An apostrophe (xi'an) needs a letter before it."""
        if letter not in LETTERS or self.full or (letter == "'" and (self.empty or self.letters.endswith("'"))):
            return False
        self._read(self.letters + letter)
        return True

    def erase(self) -> bool:
        """Takes the last letter back; whether there was one."""
        if self.empty:
            return False
        self._read(self.letters[:-1])
        return True

    def pick(self, at: int) -> str:
        """The candidate's characters; the letters it does not use stay. Raises `IndexError` where there is none."""
        picked = self.candidates[at]
        self._read(self.letters[picked.letters :].lstrip("'"))
        return picked.text

    def pick_first(self) -> str:
        """What the space key means: the likeliest candidate, or the letters themselves where there is none."""
        if self.candidates:
            return self.pick(0)
        letters, self.letters = self.letters, ""
        return letters

    def clear(self) -> None:
        self.letters, self.candidates = "", ()

    def _read(self, letters: str) -> None:
        self.letters = letters
        self.candidates = self._search(letters) if letters else ()
