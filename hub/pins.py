"""PINs of staff, under argon2; verified away from the hub's loop, because a verification takes 80 ms by design."""

from __future__ import annotations

import argon2

_hasher = argon2.PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$mD1vXjVGZ9cV8SAm4d2LqPjrnF+oGr1FvyC9m2mY5fY"


def hash_pin(pin: str) -> str:
    return _hasher.hash(pin)


def is_right(pin_hash: str | None, pin: str) -> bool:
    """Whether the PIN is right; takes as long for a person who does not exist (None)."""
    try:
        return _hasher.verify(pin_hash or _NOBODY, pin) and pin_hash is not None
    except argon2.exceptions.VerifyMismatchError:
        return False
