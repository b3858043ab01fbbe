"""PINs of staff, under argon2; verified away from the hub's loop, because a verification takes 80 ms by design."""

from __future__ import annotations

import argon2

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
