"""隐去个人信息 (R37, R41): what staff wrote in their own words, without whoever is named in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST = 2
"""Characters of a name; a single one stands in too many words."""
_REACHED_BY = re.compile(r"\d(?:[\s\-\u2010-\u2015\uff0d]?\d){6,}[xX]?|\S+@\S+\.\w+")
"""A telephone, an identity card, an account, an address of the net: from seven digits on."""
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


class Veil:
    """Hides these names, each wherever it stands, and every number that somebody could be reached or found by."""

    def __init__(self, names: Iterable[str], instead: str) -> None:
        known = sorted({one.strip() for one in names if len(one.strip()) >= SHORTEST}, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, known))) if known else None
        self._instead = instead

    def __call__(self, text: str) -> str:
        hidden = self._names.sub(self._instead, text) if self._names else text
        return _REACHED_BY.sub(lambda found: found[0] if _DATE.fullmatch(found[0]) else self._instead, hidden)
