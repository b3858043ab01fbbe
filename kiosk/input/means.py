"""How a citizen may write at this kiosk: what is installed, and the keyboard they chose in this session."""

from __future__ import annotations

import logging
from functools import partial
from typing import Protocol

from kiosk.input.composition import Candidate, Search
from kiosk.input.handwriting import Recognise, Stroke
from kiosk.input.layouts import Layout
from kiosk.input.pinyin import Pinyin, PinyinMissing
from kiosk.input.zinnia import HandwritingMissing, Zinnia

_log = logging.getLogger(__name__)


class Disposable(Protocol):
    """A process that is thrown away with each session."""

    def fresh(self) -> None: ...
    def close(self) -> None: ...


class Searches(Disposable, Protocol):
    """`kiosk.input.pinyin.Pinyin` is one."""

    def search(self, letters: str, *, traditional: bool = False) -> tuple[Candidate, ...]: ...


class Recognises(Disposable, Protocol):
    """`kiosk.input.zinnia.Zinnia` is one."""

    def recognise(self, strokes: tuple[Stroke, ...], *, traditional: bool = False) -> tuple[str, ...]: ...


class Means:
    """What is missing is None: the other keyboards remain, and `troubles` tells the staff."""

    def __init__(self, pinyin: Searches | None = None, zinnia: Recognises | None = None) -> None:
        self._pinyin, self._zinnia = pinyin, zinnia
        self._chosen: Layout | None = None

    @classmethod
    def installed(cls) -> Means:
        """What this machine has; what it lacks is logged with what to install."""
        pinyin: Pinyin | None = None
        zinnia: Zinnia | None = None
        try:
            pinyin = Pinyin()
        except PinyinMissing as wrong:
            _log.warning("%s; the other keyboards remain", wrong)
        try:
            zinnia = Zinnia()
        except HandwritingMissing as wrong:
            _log.warning("%s; the other keyboards remain", wrong)
        return cls(pinyin, zinnia)

    def search(self, language: str) -> Search | None:
        """In the characters that the language is written with."""
        return partial(self._pinyin.search, traditional=language == "zh_Hant") if self._pinyin else None

    def recognise(self, language: str) -> Recognise | None:
        """In the characters that the language is written with."""
        return partial(self._zinnia.recognise, traditional=language == "zh_Hant") if self._zinnia else None

    @property
    def missing(self) -> frozenset[Layout]:
        """Keyboards that this machine cannot offer."""
        lacking: dict[Layout, object] = {"pinyin": self._pinyin, "hand": self._zinnia}
        return frozenset(layout for layout, library in lacking.items() if library is None)

    @property
    def troubles(self) -> frozenset[str]:
        """Codes for the staff."""
        codes = {"pinyin": PinyinMissing.code, "hand": HandwritingMissing.code}
        return frozenset(codes[layout] for layout in self.missing)

    def first(self, language: str) -> Layout:
        """The keyboard to begin with: the one chosen before in this session, else what the language is written with."""
        usual: tuple[Layout, ...] = ("latin",) if language == "en" else ("pinyin", "hand")
        wanted = (self._chosen, *usual) if self._chosen else usual
        return next((layout for layout in wanted if layout not in self.missing), "latin")

    def choose(self, layout: Layout) -> None:
        """The citizen turned to that keyboard; signs and digits are only visited."""
        if layout not in ("signs", "digits"):
            self._chosen = layout

    def fresh(self) -> None:
        """The session is over: nothing that was typed or drawn stays in a process, nor which keyboard was liked."""
        self._chosen = None
        for one in (self._pinyin, self._zinnia):
            if one is not None:
                one.fresh()

    def close(self) -> None:
        for one in (self._pinyin, self._zinnia):
            if one is not None:
                one.close()
