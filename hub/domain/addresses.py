"""Where a hall's hubs and its database are, and what of that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from hub.domain.hall import Hall


def contradictions(hall: Hall) -> list[str]:
    """Where hubs and database cannot be as the file has them."""
    wrong = [
        *twice("hub", [one.name for one in hall.hubs]),
        *twice("hub address", [address for one in hall.hubs for address in (one.commands, one.feed)]),
    ]
    if not hall.hubs:
        wrong.append("there is no [[hubs]] with name, commands and feed")
    if len(hall.hubs) > 1 and not hall.database:
        wrong.append("several hubs need one database: set database to postgresql://..., or keep one [[hubs]]")
    address = urlsplit(hall.database)
    if hall.database and address.scheme != "postgresql":
        wrong.append("database is no postgresql:// address")
    if address.password or any(name.endswith("password") for name in parse_qs(address.query)):
        wrong.append(
            "database has a password in it, and this file is copied to every terminal's machine;"
            " put it into ~/.pgpass of the hub's user, or into the file that PGPASSFILE names"
        )
    return wrong


def twice(kind: str, codes: list[str]) -> list[str]:
    """A sentence for each that stands twice."""
    return [f"{kind} {code} stands twice" for code in sorted({one for one in codes if codes.count(one) > 1})]
