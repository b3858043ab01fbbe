"""A hall and its policy as a citizen of another language reads them.

The hall's file and its policy are written in one language, the hall's. A translation is found by the text itself, as
gettext does: what two halls say alike is translated once, what a case kept from an older version of a policy is still
found, and a text that is changed loses its translation instead of keeping a wrong one. Those of the shipped halls are
in `hub/halls/words` and `hub/policies/words`; `[translations.en]` in `hall.toml` has a hall's own and goes first.
What is not translated stays as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.words import LANGUAGES, Words

_T = TypeVar("_T")
Texts = Mapping[str, str]
"""Translations by the text they are of."""

HALL = (
    "name",
    "window_name",
    "slogan",
    "place",
    "services.name",
    "windows.name",
    "departments.name",
    "departments.place",
    "matters.name",
    "matters.hint",
    "outlets.name",
)
"""What citizens read of a hall."""

POLICY = (
    "promise.value",
    "after_closing.value",
    "reasons.text",
    "reasons.hint",
    "exclusions.text",
    "exclusions.guidance",
    "roles.title",
    "rating.levels.value.name",
    "queue.green_grounds.value.name",
    "promises.services.value.name",
    "complaints.grounds.value.name",
    "complaints.outlets.value",
    "later_materials.may_follow.value",
    "agents.for_what.value",
    "agents.focus.value",
    "visits.grounds.value.name",
    "opening.late_grounds.value.name",
)
"""What citizens read of a policy. `ground`, `cite` and `source` quote the document and stay in its own words."""


def hall_in(hall: Hall, language: str) -> Hall:
    """The hall with what citizens read in their language."""
    if language == hall.language:
        return hall
    return _replaced(hall, HALL, _known(language, hall))


def policy_in(policy: Policy, language: str, hall: Hall | None = None) -> Policy:
    """The policy with what citizens read in their language; the `hall` may have translations of its own."""
    if language == (hall.language if hall else "zh_Hans"):
        return policy
    return _replaced(policy, POLICY, _known(language, hall))


def text_in(text: str, language: str, hall: Hall | None = None) -> str:
    """One text of a hall, a policy or the calendar; as it is where it has no translation."""
    return _known(language, hall).get(text, text)


def untranslated(whole: Hall | Policy, language: str, hall: Hall | None = None) -> tuple[str, ...]:
    """What citizens of that language read as it is written."""
    known = _known(language, hall)
    return tuple(dict.fromkeys(text for text in texts(whole) if text not in known))


def unused(hall: Hall, policy: Policy, language: str) -> tuple[str, ...]:
    """The texts among the hall's own translations that neither the hall nor its policy has."""
    there = {*texts(hall), *texts(policy)}
    return tuple(text for text in hall.translations.get(language, {}) if text not in there)


def texts(whole: Hall | Policy) -> Iterator[str]:
    """Everything that citizens read of it."""
    for path in HALL if isinstance(whole, Hall) else POLICY:
        yield from _found(whole, path.split("."))


def _known(language: str, hall: Hall | None) -> Texts:
    own = hall.translations.get(language, {}) if hall else {}
    return {**_shipped(language), **own} if own else _shipped(language)


@cache
def _shipped(language: str) -> Texts:
    if language not in LANGUAGES or language == "zh_Hans":
        return {}
    catalogues = (Words(package, language) for package in ("hub.policies", "hub.halls"))
    return {text: words(text) for words in catalogues for text in words.keys()}  # noqa: SIM118 - no dict


def _found(value: Any, path: list[str]) -> Iterator[str]:
    """The texts at the end of a path; `windows.name` goes into each of the windows."""
    if isinstance(value, tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _found(one, path)
    elif path:
        yield from _found(getattr(value, path[0]), path[1:])
    elif value:
        yield value


def _replaced(whole: _T, paths: tuple[str, ...], known: Texts) -> _T:
    for path in paths:
        whole = _put(whole, path.split("."), known)
    return whole


def _put(value: Any, path: list[str], known: Texts) -> Any:
    if isinstance(value, tuple):
        return tuple(_put(one, path, known) for one in value)
    if isinstance(value, dict):
        return {code: _put(one, path, known) for code, one in value.items()}
    if not path:
        return known.get(value, value)
    name = path[0]
    return msgspec.structs.replace(value, **{name: _put(getattr(value, name), path[1:], known)})
