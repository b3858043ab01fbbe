"""The code that opens a case's progress page: the public number identifies, the code opens.

A QR code carries 128 random bits; the typed fallback is 16 Crockford base32 characters (80 bits) and a check
character, in groups. Both are made where the paper is printed; the hub keeps only their HMAC.
"""

from __future__ import annotations

import base64
from collections.abc import Callable

from hub.domain.errors import DomainError
from hub.domain.hall import Value

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK = ALPHABET + "*~$=U"
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
TOKEN_BYTES = 16
CODE_BYTES = 10
TOKEN_LENGTH = 22
"""Characters of a token: 128 bits in URL-safe base64 without padding."""


class WrongCode(DomainError):
    """A typed code that cannot be one: wrong length, a foreign character, or a check character that differs."""

    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__("this is not a look-up code: 16 characters and a check character, as printed")


class LookupKeys(Value, frozen=True):
    """One medium's keys to a case: `token` for the QR code's address, `typed` for fingers (without hyphens)."""

    token: str
    typed: str


def make_keys(random_bytes: Callable[[int], bytes]) -> LookupKeys:
    """Fresh keys from a source of randomness such as `secrets.token_bytes`."""
    token = base64.urlsafe_b64encode(random_bytes(TOKEN_BYTES)).rstrip(b"=").decode()
    bits = int.from_bytes(random_bytes(CODE_BYTES), "big")
    body = "".join(ALPHABET[bits >> shift & 31] for shift in range(75, -1, -5))
    return LookupKeys(token=token, typed=body + _check(body))


def grouped(typed: str) -> str:
    """`7K3M-Q9XF-2VTD-8HNW-P`, as printed."""
    return "-".join(typed[at : at + 4] for at in range(0, len(typed), 4))


def read_typed(text: str) -> str:
    """What somebody typed, without hyphens and with O, I, L read as 0, 1, 1; raises `WrongCode`."""
    plain = "".join(text.split()).replace("-", "").upper()
    body, check = plain[:16].translate(READ_AS), plain[16:].translate(READ_AS)
    if len(body) != 16 or any(one not in ALPHABET for one in body) or _check(body) != check:
        raise WrongCode
    return body + check


def page_address(page_url: str, token: str) -> str:
    """What the QR code says."""
    return f"{page_url}/p/{token}"


def _check(body: str) -> str:
    value = 0
    for one in body:
        value = value << 5 | ALPHABET.index(one)
    return CHECK[value % 37]
