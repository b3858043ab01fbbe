"""Entries of the registers, sealed: they name people."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, func, insert, select

from hub.domain import register as rules
from hub.domain.register import Entry, Kept
from hub.store.schema import register_entry as table
from hub.store.sealing import Sealer

_entry: msgspec.msgpack.Decoder[Entry] = msgspec.msgpack.Decoder(Entry)


def add(tx: Connection, hall: str, sealer: Sealer, kept: Kept) -> None:
    sealed = sealer.seal(msgspec.msgpack.encode(kept.entry), _place(kept.number))
    kind, day = rules.kind_of(kept.entry), kept.entry.on
    values = {"number": kept.number, "kind": kind, "on_date": day, "at": kept.at, "staff": kept.staff}
    tx.execute(insert(table).values(hall=hall, sealed=sealed, **values))


def next_serial(db: Connection, hall: str, kind: str, year: int) -> int:
    """How many of a kind a year has, and one: nothing in the table is ever taken out."""
    begins = rules.number(kind, year, 0).rpartition("-")[0]
    rows = select(func.count()).select_from(table).where(table.c.hall == hall, table.c.number.startswith(f"{begins}-"))
    return int(db.execute(rows).scalar_one()) + 1


def listed(db: Connection, hall: str, sealer: Sealer, kind: str = "") -> Iterator[Kept]:
    """The entries of one register, or of all, by the day they are about."""
    wanted = [table.c.hall == hall, *([table.c.kind == kind] if kind else [])]
    for row in db.execute(select(table).where(*wanted).order_by(table.c.on_date, table.c.number)):
        entry = _entry.decode(sealer.open(row.sealed, _place(row.number)))
        yield Kept(number=row.number, entry=entry, at=row.at, staff=row.staff)


def _place(number: str) -> str:
    return f"register_entry/{number}"
