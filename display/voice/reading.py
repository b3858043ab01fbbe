"""Text as a voice reads it: ticket numbers one by one, small numbers as numbers, Chinese as numbered pinyin. Pure.

`-v cmn` is broken for Mandarin; `cmn-latn-pinyin` fed with numbered pinyin speaks it right.
"""

from __future__ import annotations

import re

from hub.domain.words import Words

_NUMBER = re.compile(r"([A-Za-z]*)(\d+)")
_LETTERS = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}(?![A-Za-z])")


def readable(text: str, language: str) -> str:
    """What espeak-ng's voice for the language is given."""
    words = Words("display", language)
    if language == "en":
        return _NUMBER.sub(lambda found: _ticket(found[1], found[2]), text)
    return " ".join(pinyin(text, words).split())


def pinyin(text: str, words: Words) -> str:
    """The text as numbered pinyin; letters by their Chinese names (诶, 必), 重庆 and 银行 as those are said."""
    # It loads 47,000 phrases: only who speaks waits for them.
    from pypinyin import Style, lazy_pinyin

    spelled = _NUMBER.sub(lambda found: _read(found[1], found[2], words), text)
    spelled = _LETTERS.sub(lambda found: f" {_named(found[0], words)} ", spelled)
    return " ".join(
        re.sub(r"[<>&\[\]]", " ", piece).strip()  # two brackets would begin phonemes, and markup is not said
        for piece in lazy_pinyin(spelled, style=Style.TONE3, neutral_tone_with_five=True)
    )


def is_code(letters: str, digits: str) -> bool:
    """Whether a number is read one by one: a ticket's, one with zeros in front, a long one."""
    return bool(letters) or digits[0] == "0" or len(digits) > 2


def _ticket(letters: str, digits: str) -> str:
    return " ".join([*letters, *digits]) if is_code(letters, digits) else digits


def _read(letters: str, digits: str, words: Words) -> str:
    names, ten = words("speech.digits"), words("speech.ten")
    if is_code(letters, digits):
        return f" {_named(letters, words)} {' '.join(names[int(one)] for one in digits)} "
    tens, ones = divmod(int(digits), 10)
    return (names[tens] if tens > 1 else "") + (ten if tens else "") + (names[ones] if ones or not tens else "")


def _named(letters: str, words: Words) -> str:
    names = words("speech.letters").split()
    return " ".join(names[ord(one) - ord("A")] for one in letters.upper())
