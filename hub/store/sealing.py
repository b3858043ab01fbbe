"""Personal fields at rest (AES-GCM under the data key) and the fingerprints that replace secrets (HMAC, pepper)."""

from __future__ import annotations

import hashlib
import hmac
import os

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.errors import HubError

_NONCE_BYTES = 12


class SealBroken(HubError):
    """A sealed field does not open: another data key, or changed bytes."""

    code = "seal_broken"


class Person(msgspec.Struct, frozen=True):
    """What a citizen told about themselves, and their own words; kept sealed."""

    name: str
    phone: str
    text: str


_person = msgspec.msgpack.Decoder(Person)


class Sealer:
    """Seals fields for one place each (`about`: table and key), so that a sealed field cannot be moved elsewhere."""

    def __init__(self, data_key: bytes, pepper: bytes) -> None:
        self._cipher = AESGCM(data_key)
        self._pepper = pepper

    def seal(self, plain: bytes, about: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """The plain bytes; raises `SealBroken` naming the place."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError) as wrong:  # ValueError: too short even for a nonce
            raise SealBroken(f"{about} does not open with this data key; was data.key replaced?") from wrong

    def seal_text(self, text: str, about: str) -> bytes | None:
        return self.seal(text.encode(), about) if text else None

    def open_text(self, sealed: bytes | None, about: str) -> str:
        return self.open(sealed, about).decode() if sealed else ""

    def seal_person(self, person: Person, case_number: str) -> bytes:
        return self.seal(msgspec.msgpack.encode(person), f"person/{case_number}")

    def open_person(self, sealed: bytes, case_number: str) -> Person:
        return _person.decode(self.open(sealed, f"person/{case_number}"))

    def fingerprint(self, purpose: str, content: bytes) -> bytes:
        """HMAC-SHA256 under the pepper: recognises a secret without keeping it."""
        return hmac.digest(self._pepper, purpose.encode() + b"\0" + content, hashlib.sha256)
