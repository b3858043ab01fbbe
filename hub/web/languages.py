"""Which language the site speaks to whom: what was asked for, else what the case was filed in, else the browser's."""

from __future__ import annotations

from hub.domain.words import LANGUAGES

NAMES = {"zh_Hans": "简体", "zh_Hant": "繁體", "en": "English"}
"""Each in itself, so that whoever needs it can read it."""
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
