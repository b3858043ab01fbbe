"""A text as it is compared: in Simplified script, without marks and figures, pair by pair, and how each pair sounds.

What sounds alike is the same token, so that a character written for another of the same sound still finds it; script
and width never count. A character with two readings is found under both.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import pairwise, product

from opencc import OpenCC
from pypinyin import Style, pinyin

READINGS_AT_MOST = 2
"""Of a character, the usual ones first; rarer ones would make everything sound like everything."""
PAIRS_KEPT = 1 << 18
TEXT_AT_MOST = 4000


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def pairs(text: str) -> tuple[str, ...]:
    """The pairs of neighbouring letters of a text, each once, in order."""
    plain = unicodedata.normalize("NFKC", _to_simplified().convert(text[:TEXT_AT_MOST])).lower()
    letters = [letter for letter in plain if letter.isalpha()]
    return tuple(dict.fromkeys(first + second for first, second in pairwise(letters)))


@lru_cache(maxsize=PAIRS_KEPT)
def sounds(pair: str) -> tuple[str, ...]:
    """How a pair may sound, the usual reading first."""
    return tuple(f"{first} {second}" for first, second in product(_readings(pair[0]), _readings(pair[1])))


@cache
def _readings(letter: str) -> tuple[str, ...]:
    """Syllables without tones; another script's letter is itself."""
    (found,) = pinyin(letter, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(found))[:READINGS_AT_MOST]
