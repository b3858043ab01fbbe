"""The green channels that wait for a word, with the reasons that were given; each look is logged (R47, R57)."""

from __future__ import annotations

from hub.service.books import Asked, Books, Decision, Draft
from hub.store import green_asks
from hub.store.transaction import Transaction
from hub.wire import messages as m


def listed(tx: Transaction, books: Books, _draft: Draft, _asked: Asked, _wanted: m.ListGreenAsks) -> Decision:
    """Those of the day's line whose request is the newest word about it."""
    found = green_asks.waiting(tx, books.hall.code, books.sealer, books.business_date)
    return Decision(m.GreenAsks(asks=tuple(found)), subject="green channel")
