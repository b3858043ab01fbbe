"""The case that a citizen's own code opens: what a phone or a kiosk asks without anybody's login."""

from __future__ import annotations

from hub.domain import lookup
from hub.errors import Refused
from hub.service.books import Asked, Books
from hub.store import views
from hub.store.transaction import Transaction

NOT_FOUND = "no case opens with this code"


def case_number(tx: Transaction, books: Books, asked: Asked, secret: str) -> str:
    """The case of a command; refuses `not_found`, unknown and revoked alike, and `too_many` after too many of those."""
    terminal = asked.actor.terminal.name
    books.guesses.must_be_left(terminal, asked.at)
    number = find(tx, books, secret)
    if not number:
        books.guesses.failed(terminal)
        raise Refused("not_found", NOT_FOUND)
    return number


def find(db: Transaction, books: Books, secret: str) -> str:
    """The case that a secret opens; empty for none. Who asks this counts the failures."""
    return views.by_secret(db, books.hall.code, books.sealer.fingerprint("lookup", _as_kept(secret).encode()))


def _as_kept(secret: str) -> str:
    """A token as it is; a typed code however it was typed."""
    if len(secret) == lookup.TOKEN_LENGTH:
        return secret
    try:
        return lookup.read_typed(secret)
    except lookup.WrongCode:
        return secret
