"""Words shown to people, by language: one gettext catalogue (`words/<language>.po`) a package, never in code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cache
from gettext import c2py
from importlib.resources import files

from babel.dates import format_date
from babel.messages.pofile import read_po

LANGUAGES = ("zh_Hans", "zh_Hant", "en")
"""The languages of everything a citizen meets."""
STAFF = "zh_Hans"
"""The language of the staff's programs and of papers that staff alone work with, whatever the hall's."""

_AFTER_NUMBER = re.compile(r"(?<=\d) ")
_Forms = str | tuple[str, ...]


def spoken(wanted: str, otherwise: str) -> str:
    """The language to speak: the wanted one where there are words in it, else the hall's."""
    return wanted if wanted in LANGUAGES else otherwise


class UnknownWord(KeyError):
    """A key that the catalogue does not have: a mistake of ours, found by the first test that shows the screen."""


class Words:
    """A package's words in one language. `words("done.title")`; `words("ahead", n=2)` fills `{n}` in.

    A message with plural forms takes the one of `n`.
    """

    def __init__(self, package: str, language: str) -> None:
        self.package = package
        self.language = language
        self._known, self._form = _catalogue(package, language)

    def __call__(self, key: str, **values: object) -> str:
        try:
            said = self._known[key]
            if isinstance(said, tuple):
                said = said[self._form(int(str(values["n"])))]
            return said.format(**values) if values else said
        except KeyError as wrong:
            raise UnknownWord(f"{self.package}/words/{self.language}.po: {wrong.args[0]} for {key!r}") from wrong

    def date(self, key: str, date: dt.date) -> str:
        """A date as the key's pattern writes it: `M月d日`, `d MMMM` (letters of Unicode TR35).

        No line breaks between a day and its month.
        """
        return _AFTER_NUMBER.sub("\u00a0", format_date(date, self(key), locale=self.language))

    def joined(self, key: str, parts: Sequence[str]) -> str:
        """`a, b and c`: between all but the last two stands `key`, between those `key.last`."""
        *first, last = parts
        return self(f"{key}.last").join([self(key).join(first), last]) if first else last

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def keys(self) -> frozenset[str]:
        return frozenset(self._known)


@cache
def _catalogue(package: str, language: str) -> tuple[dict[str, _Forms], Callable[[int], int]]:
    """Messages by key, and which of the plural forms counts so many."""
    with (files(package) / "words" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    known: dict[str, _Forms] = {}
    for message in catalogue:
        if isinstance(message.id, str):
            known[message.id] = str(message.string)
        else:
            known[message.id[0]] = tuple(str(form) for form in message.string or ())
    known.pop("", None)
    return known, c2py(catalogue.plural_expr)
