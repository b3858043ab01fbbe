"""Words shown to people, by language: one gettext catalogue (`words/<language>.po`) a package, never in code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po


class UnknownWord(KeyError):
    """A key that the catalogue does not have: a mistake of ours, found by the first test that shows the screen."""


class Words:
    """A package's words in one language. `words("done.title")`; `words("ahead", n=2)` fills `{n}` in."""

    def __init__(self, package: str, language: str) -> None:
        self.package = package
        self.language = language
        self._known = _catalogue(package, language)

    def __call__(self, key: str, **values: object) -> str:
        try:
            return self._known[key].format(**values) if values else self._known[key]
        except KeyError as wrong:
            raise UnknownWord(f"{self.package}/words/{self.language}.po: {wrong.args[0]} for {key!r}") from wrong

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def keys(self) -> frozenset[str]:
        return frozenset(self._known)


@cache
def _catalogue(package: str, language: str) -> dict[str, str]:
    with files(package).joinpath("words", f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id}
