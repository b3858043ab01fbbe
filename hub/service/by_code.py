"""The case that a citizen's own code opens: what a phone or a kiosk asks without anybody's login."""

from __future__ import annotations

from hub.domain import lookup
from hub.errors import Refused
from hub.service.books import Asked, Books
from hub.store import views
from hub.store.transaction import Transaction


def case_number(db: Transaction, books: Books, asked: Asked, secret: str) -> str:
    """The case's number; refuses `not_found`, unknown and revoked alike, and `too_many` after too many of those."""
    terminal = asked.actor.terminal.name
    books.guesses.must_be_left(terminal, asked.at)
    number = views.by_secret(db, books.hall.code, books.sealer.fingerprint("lookup", _as_kept(secret).encode()))
    if not number:
        books.guesses.failed(terminal)
        raise Refused("not_found", "no case opens with this code")
    return number


def _as_kept(secret: str) -> str:
    """A token as it is; a typed code however it was typed."""
    if len(secret) == lookup.TOKEN_LENGTH:
        return secret
    try:
        return lookup.read_typed(secret)
    except lookup.WrongCode:
        return secret
