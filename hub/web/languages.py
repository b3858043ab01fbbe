"""Which language the site speaks to whom, and what each page has in that language."""

from __future__ import annotations

from hub.domain.hall import Hall, Value
from hub.domain.translated import hall_in
from hub.domain.words import LANGUAGES, Words

TAGS = {"zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant", "en": "en"}
"""As HTML and HTTP name them."""

_OF_TAG = {tag.lower(): language for language, tag in TAGS.items()} | {
    "zh": "zh_Hans",
    "zh-cn": "zh_Hans",
    "zh-sg": "zh_Hans",
    "zh-tw": "zh_Hant",
    "zh-hk": "zh_Hant",
    "zh-mo": "zh_Hant",
}


class Switch(Value, frozen=True):
    """One of the languages that a page offers, by its own name; `tag` is also what `?lang=` says."""

    tag: str
    name: str
    here: bool


class Frame(Value, frozen=True):
    """What every page of a language has: its words, the hall's names, and the way to the others."""

    w: Words
    hall: Hall
    language: str
    switch: tuple[Switch, ...]


def frame(hall: Hall, language: str) -> Frame:
    switch = (Switch(TAGS[one], Words("hub.web", one)("language.name"), one == language) for one in LANGUAGES)
    return Frame(Words("hub.web", language), hall_in(hall, language), TAGS[language], tuple(switch))


def chosen(asked: str, filed_in: str, accepted: str, halls_own: str) -> str:
    """The language of a page.

    `asked` is `?lang=`, `filed_in` the case's own, `accepted` the browser's `Accept-Language`; each may be empty or
    a language without words.
    """
    return _known(asked) or _known(filed_in) or _preferred(accepted) or halls_own


def _known(language: str) -> str:
    return language if language in LANGUAGES else _OF_TAG.get(language.lower(), "")


def _preferred(accepted: str) -> str:
    """The first known of `zh-TW,zh;q=0.8,en;q=0.5`, by weight; `en-GB` is `en`. What cannot be read weighs nothing."""
    wishes = []
    for place, wish in enumerate(accepted.split(",")):
        tag, _, weight = wish.strip().lower().partition(";q=")
        wishes.append((-_weight(weight), place, tag.strip()))
    for less, _, tag in sorted(wishes):
        found = _known(tag) or _known("-".join(tag.split("-")[:2])) or _known(tag.partition("-")[0])
        if found and less:
            return found
    return ""


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
