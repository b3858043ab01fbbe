"""What a citizen's slip says, in their language and in Chinese beside it: the staff read the same paper."""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.hall import Value
from hub.domain.words import Words
from printers.slip import Block, Field, Line, Slip, Stamp

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

    def field(self, key: str, say: Callable[[Words], str], *, bold: bool = False) -> Field:
        """A label and what it says, both in the citizen's language over the staff's."""
        return self.named(key, *(say(words) for words in self._all), bold=bold)

    def named(self, key: str, name: str, beside: str = "", *, bold: bool = False) -> Field:
        """What is called so, as the citizen and as staff know it."""
        mine, *theirs = (words(key) for words in self._all)
        below = beside if theirs and beside != name else ""
        return Field(mine, name, bold, label_below=theirs[0] if theirs else "", text_below=below)

    def slip(self, *blocks: Block) -> Slip:
        """The blocks in the shapes of the citizen's script."""
        return Slip(blocks, "TC" if self._slip.language == "zh_Hant" else "SC")

    def both(self, name: str, beside: str) -> tuple[str, ...]:
        """A name as the citizen knows it, and as staff do where they read another language."""
        return (name, beside) if len(self._all) > 1 else (name,)

    def each(self, say: Callable[[Words], str]) -> tuple[str, ...]:
        """What there is to say, once a language."""
        return tuple(dict.fromkeys(say(words) for words in self._all))

    def small(self, key: str, **values: object) -> list[Block]:
        return [Line(text, "small") for text in self.each(lambda words: words(key, **values))]

    def phone(self) -> list[Block]:
        return self.small("number.phone", phone=self._slip.phone) if self._slip.phone else []
