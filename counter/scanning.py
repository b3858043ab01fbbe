"""A receipt's code scanned at a counter opens its case: from a line of its own, or typed by the scanner as a keyboard.

While a field has the caret a burst of keys is what somebody writes; while a question lies over the screen a code is
nobody's, and the Enter at its end answers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from hub.domain.numbers import BadNumber, read_case_number
from hub.domain.scanned import CaseCode, NotACode, read_code
from hub.wire.messages import Answer, Command, LookUp, Progress
from printers.scanners import Wedge

SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""What a key writes with shift on the keyboard that scanners are by default, the American one."""

Ask = Callable[[Command, Callable[[Answer], None]], None]


class Scanning:
    """`free` says whether a case may be opened now; `open_case` opens it; `strange` hears of what is none of ours."""

    def __init__(
        self,
        ask: Ask,
        now_s: Callable[[], float],
        free: Callable[[], bool],
        open_case: Callable[[str], None],
        strange: Callable[[], None],
    ) -> None:
        self._ask, self._now_s, self._free, self._open_case, self._strange = ask, now_s, free, open_case, strange
        self._wedge = Wedge()

    def key(self, character: str, modifiers: Collection[str]) -> None:
        """A key with a character on it, while no field has the caret: the system gives texts to fields alone."""
        if "ctrl" in modifiers or "alt" in modifiers or not (character.isascii() and character.isprintable()):
            return  # no character of a code: Kivy gives keys without any, such as Shift, some letter too
        shifted = ("shift" in modifiers) != (character.isalpha() and "capslock" in modifiers)
        self._wedge.type(SHIFTED.get(character, character.upper()) if shifted else character, self._now_s())

    def enter(self) -> bool:
        """Enter was pressed, or its like: whether a scanner pressed it."""
        begun = self.under_way
        code = self._wedge.enter(self._now_s())
        if begun:
            self.scanned(code)
        return begun

    @property
    def under_way(self) -> bool:
        """Whether keys that come now are a code's, and mean nothing else."""
        return self._wedge.under_way(self._now_s())

    def forget(self) -> None:
        self._wedge.forget()

    def scanned(self, text: str) -> None:
        """Opens what was scanned; whoever is logged in may see it or not, which the hub says."""
        if not self._free():
            return
        try:
            read_case_number(text.strip())
        except BadNumber:
            self._by_code(text)
        else:
            self._open_case(text.strip())

    def _by_code(self, text: str) -> None:
        try:
            code = read_code(text)
        except NotACode:
            self._strange()
            return
        if not isinstance(code, CaseCode):
            self._strange()
            return
        self._ask(LookUp(secret=code.secret), self._found)

    def _found(self, answer: Answer) -> None:
        if isinstance(answer, Progress) and self._free():
            self._open_case(answer.case_number)
