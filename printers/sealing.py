"""Rows that only this terminal can read: MessagePack under AES-GCM, each bound to the name it is kept under."""

from __future__ import annotations

import secrets
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.domain.hall import Value
from printers.errors import RowUnreadable

_NONCE_BYTES = 12
T = TypeVar("T")


class Sealer:
    """Seals and opens under one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, value: Value, name: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, msgspec.msgpack.encode(value), name.encode())

    def open(self, sealed: bytes, name: str, reads: msgspec.msgpack.Decoder[T]) -> T:
        """Raises `RowUnreadable`.

        Not a type: msgspec learns one at its first use, and two threads that make it do so at once end the program.
        """
        nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return reads.decode(self._cipher.decrypt(nonce, text, name.encode()))
        except (InvalidTag, ValueError, msgspec.DecodeError) as wrong:
            raise RowUnreadable(
                f"a row of the spool ({name}) cannot be opened ({wrong!r}): it was sealed with another key or damaged; "
                "put the terminal's own outbox.key back, or move the spool away to begin anew"
            ) from wrong
