"""A case leaves the system as a bundle for the archive: allowed once and logged each time (R40, R71)."""

from __future__ import annotations

import re

from hub.errors import Refused
from hub.service import case_file, grievances
from hub.service.books import Asked, Books, Decision, Draft
from hub.store.transaction import Transaction
from hub.wire import messages as m

_DIGEST = re.compile(r"[0-9a-f]{64}")
LOGGED = 16
"""Digits of the digest in the chain: enough to recognise a bundle by, and the link's subject has room for them."""


def export(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.ExportCase) -> Decision:
    """Only a case that is archived, and only for who may know all of it: a bundle leaves nothing out (R13)."""
    found = case_file.find(tx, books, told.case_number)
    if not _DIGEST.fullmatch(told.digest):
        raise Refused("bad_digest", "a bundle is named by the SHA-256 of its index, 64 hexadecimal digits")
    if found.stage != "archived":
        raise Refused("not_archived", f"{found.number} is {found.stage}: archive it first, a bundle is a closed case's")
    if grievances.identity_hidden(books, asked.actor, found):
        raise Refused("not_permitted", "who complains is known to who took it and who follows it alone (R13): ask them")
    return Decision(m.Done(), subject=logged_as(found.number, told.digest))


def logged_as(number: str, digest: str) -> str:
    """What the audit chain says of a bundle that was made."""
    return f"{number}/{digest[:LOGGED]}"
