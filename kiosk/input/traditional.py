"""Simplified candidates as they are written in Traditional characters, where one may become several (发: 發, 髮)."""

from __future__ import annotations

from collections.abc import Iterable

import opencc


class Traditional:
    """Candidates of the decoder for who writes Traditional; what changed stays at the end, for names."""

    def __init__(self, characters: Iterable[str]) -> None:
        """`characters`: all that single candidates may become."""
        self._phrases = opencc.OpenCC("s2tw")
        self._forms: dict[str, list[str]] = {}
        every = list(characters)
        for form, simple in zip(every, opencc.OpenCC("t2s").convert("\n".join(every)).split("\n"), strict=True):
            if _in_big5(form):
                self._forms.setdefault(simple, []).append(form)

    def of(self, found: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """The same candidates in their order, each once."""
        converted = self._phrases.convert("\n".join(text for text, _ in found)).split("\n") if found else []
        written = [
            (form, used)
            for (text, used), likeliest in zip(found, converted, strict=True)
            for form in (likeliest, *self._forms.get(text, ()))
        ]
        return list(dict.fromkeys(written + found))


def _in_big5(character: str) -> bool:
    """Whether Traditional writing has it: 髮 and 后, not 发 or 髪."""
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
