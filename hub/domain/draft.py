"""What a citizen may write of a complaint, at a kiosk or on their phone: how much, and what is a telephone number."""

from __future__ import annotations

import re
import unicodedata

TEXT_LIMIT, NAME_LIMIT, PHONE_LIMIT = 400, 20, 13
"""Characters of their own words, of a name, of a telephone number."""
UNSURE = frozenset({"other", "unknown"})
"""Matters that stand behind every catalogue: 其他 and 我不清楚."""
_PHONE = re.compile(r"1\d{10}|0\d{9,11}|[2-9]\d{6,7}")


def is_phone(text: str) -> bool:
    """A mobile number, or a landline with or without its area code."""
    return _PHONE.fullmatch(text) is not None


def digits_of(text: str) -> str:
    """A number as it is kept, however it was grouped."""
    return "".join(one for one in text if one.isascii() and one.isdigit())


def plain(text: str, *, lines: bool = False) -> str:
    """The text as a finger could have typed it: nothing that is not seen, or turns other text around."""
    kept = (one for one in text if (lines and one == "\n") or not unicodedata.category(one).startswith("C"))
    return "".join(kept)
