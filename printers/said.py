"""What a citizen's slip says, in their language and in Chinese beside it: the staff read the same paper."""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.hall import Value
from hub.domain.words import Words
from printers.slip import Block, Field, Line, Stamp

CHINESE = ("zh_Hans", "zh_Hant")


class Paper(Value, frozen=True):
    """What every slip here has: whose it is, its language, and whether it is the same one again."""

    hall: str
    timezone: str
    phone: str = ""
    language: str = "zh_Hans"
    reprint: bool = False


class Said:
    """Words of a slip in the citizen's language, and in Chinese too where that is another: for the staff."""

    def __init__(self, slip: Paper) -> None:
        languages = (slip.language,) if slip.language in CHINESE else (slip.language, CHINESE[0])
        self._slip, self._all = slip, [Words("printers", one) for one in languages]

    def head(self, title: str, again: str = "number.reprint") -> list[Block]:
        """Whose paper it is and what; `again` marks one that came out twice."""
        stamp = [Stamp(text) for text in self.each(lambda words: words(again))] if self._slip.reprint else []
        return [
            Line(self._slip.hall, "hall", bold=True, centred=True),
            *(Line(text, "title", bold=True, centred=True) for text in self.each(lambda words: words(title))),
            *stamp,
        ]

    def label(self, key: str) -> str:
        return self._all[0](key)

    def field(self, key: str, say: Callable[[Words], str], *, bold: bool = False) -> Field:
        return Field(self.label(key), "　".join(self.each(say)), bold=bold)

    def named(self, key: str, *names: str) -> Field:
        """What the hall calls it, once a language."""
        return Field(self.label(key), "　".join(dict.fromkeys(names)))

    def each(self, say: Callable[[Words], str]) -> tuple[str, ...]:
        """What there is to say, once a language."""
        return tuple(dict.fromkeys(say(words) for words in self._all))

    def small(self, key: str, **values: object) -> list[Block]:
        return [Line(text, "small") for text in self.each(lambda words: words(key, **values))]

    def phone(self) -> list[Block]:
        return self.small("number.phone", phone=self._slip.phone) if self._slip.phone else []
