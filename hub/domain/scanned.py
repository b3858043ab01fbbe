"""What a scanner read, or somebody typed: the code of a case, that of an appointment, or neither. Pure."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from hub.domain.errors import DomainError
from hub.domain.hall import Value
from hub.domain.lookup import ALPHABET, READ_AS, TOKEN_LENGTH, WrongCode, read_typed
from hub.domain.numbers import is_case_number

APPOINTMENT_LENGTH = 6
LONGEST = 300
"""Characters of any code that is looked at: an address with a token, and much room."""
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")
_TYPED_LENGTH = 17

NotOurs = Literal["slip", "number", "other"]


_SAID: dict[NotOurs, str] = {
    "slip": "one character of this code is not as printed; compare it with the paper",
    "number": "this is the number of a case; its code stands below the square on the receipt",
    "other": "this is no code of this hall; scan the square on the receipt, or type the characters below it",
}


class CaseCode(Value, frozen=True):
    """Opens a case's progress: a token, or a typed code as the hub keeps it."""

    secret: str


class AppointmentCode(Value, frozen=True):
    """Checks an appointment in (R58)."""

    code: str


class NotACode(DomainError):
    """`slip`: a case's code with a character that is wrong; `number`: the case's number, which opens nothing; `other`:
    a code of something else, or none."""

    code = "wrong_code"

    def __init__(self, why: NotOurs) -> None:
        super().__init__(_SAID[why])
        self.why = why


def read_code(text: str) -> CaseCode | AppointmentCode:
    """From an address with its token, a token, or a typed code with or without its groups; raises `NotACode`.

    Whose page an address is of is not asked: halls move, papers stay, and a token of another hall opens nothing here.
    """
    plain = text.strip()
    if not plain or len(plain) > LONGEST:
        raise NotACode("other")
    if is_address := "://" in plain:
        plain = _last_of(plain)
    if is_case_number(plain):  # as long as a token, and the first thing on the paper
        raise NotACode("number")
    if _TOKEN.fullmatch(plain):
        return CaseCode(plain)
    bare = "".join(plain.split()).replace("-", "")
    try:
        return CaseCode(read_typed(bare))
    except WrongCode:
        if len(bare) == _TYPED_LENGTH:
            raise NotACode("slip") from None
    code = bare.upper().translate(READ_AS)
    if not is_address and len(code) == APPOINTMENT_LENGTH and set(code) <= set(ALPHABET):
        return AppointmentCode(code)
    raise NotACode("other")


def _last_of(address: str) -> str:
    """What stands behind `/p/` in a page's address."""
    try:
        path = urlsplit(address).path
    except ValueError as wrong:
        raise NotACode("other") from wrong
    folder, _, last = path.rstrip("/").rpartition("/")
    if not folder.endswith("/p"):
        raise NotACode("other")
    return last
