"""PINs under argon2, of staff and of a kiosk's staff corner; verified in a thread, for it takes 80 ms by design."""

from __future__ import annotations

from itertools import pairwise

import argon2

CORNER_DIGITS = range(6, 13)
"""How long a PIN of the staff corner may be: typed on a pad of digits, in front of a hall full of people."""

_hasher = argon2.PasswordHasher()
# Nobody's hash: checking a PIN against it takes as long as against a real one.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$5F/V1rPjalRAlBv8yyIp9A$uVQJxI7zYLROEau8JLmz+NvH+WpN5ql61aSK6ZQbomg"


def hash_pin(pin: str) -> str:
    return _hasher.hash(pin)


def is_right(pin_hash: str | None, pin: str) -> bool:
    """Whether the PIN is right; takes as long for a person who does not exist (None)."""
    try:
        return _hasher.verify(pin_hash or _NOBODY, pin) and pin_hash is not None
    except argon2.exceptions.VerifyMismatchError:
        return False


def weakness(pin: str) -> str:
    """Why a PIN of digits is among the first that anybody tries; empty when it is not."""
    if not (pin.isascii() and pin.isdigit()) or len(pin) not in CORNER_DIGITS:
        return f"give {CORNER_DIGITS[0]} to {CORNER_DIGITS[-1]} digits"
    if len(set(pin)) < 3:
        return "it has only one or two different digits"
    if any(pin == (pin[:size] * len(pin))[: len(pin)] for size in range(2, len(pin) // 2 + 1)):
        return "it repeats itself"
    if len({(int(after) - int(before)) % 10 for before, after in pairwise(pin)}) == 1:
        return "its digits go up or down in even steps"
    return ""
