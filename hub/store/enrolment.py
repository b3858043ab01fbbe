"""Which keys may connect, and as which terminal of the hall."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, insert, select

from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall, Terminal
from hub.store.schema import terminal


def enroll(tx: Connection, hall: str, name: str, public_key: bytes, at: dt.datetime) -> None:
    """Gives a terminal's name to a key, taking it from an earlier one."""
    tx.execute(delete(terminal).where(terminal.c.hall == hall, terminal.c.name == name))
    tx.execute(insert(terminal).values(hall=hall, name=name, public_key=public_key, enrolled_at=at))


def enrolled_terminals(tx: Connection, hall: Hall) -> dict[bytes, Terminal]:
    """Public key (Z85) → terminal; keys whose terminal the hall's file no longer lists are left out."""
    found: dict[bytes, Terminal] = {}
    rows = tx.execute(select(terminal).where(terminal.c.hall == hall.code, terminal.c.revoked_at.is_(None)))
    for row in rows:
        try:
            found[bytes(row.public_key)] = hall.terminal(row.name)
        except UnknownCode:
            continue
    return found
