"""Facts of a case: added, read in order, never changed but when a case forgets its citizen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from hub.domain.facts import Fact, without_words
from hub.store.schema import fact as table, staff
from hub.store.sealing import Sealer

_fact: msgspec.msgpack.Decoder[Fact] = msgspec.msgpack.Decoder(Fact)


@dataclass(frozen=True)
class Kept:
    """A fact with when it was laid down and by whom (staff code, and the name that colleagues know)."""

    at: dt.datetime
    staff: str
    name: str
    fact: Fact


def add(tx: Connection, hall: str, sealer: Sealer, number: str, told: Fact, *, at: dt.datetime, by: str) -> None:
    ordinal = tx.execute(
        select(func.count()).select_from(table).where(table.c.hall == hall, table.c.case_number == number)
    ).scalar_one()
    tx.execute(
        insert(table).values(
            hall=hall,
            case_number=number,
            ordinal=ordinal,
            at=at,
            staff=by,
            kind=type(told).__name__,
            sealed=sealer.seal(msgspec.msgpack.encode(told), _place(number, ordinal)),
        )
    )


def of_case(tx: Connection, hall: str, sealer: Sealer, number: str) -> list[Kept]:
    """All facts of a case, oldest first."""
    rows = tx.execute(
        select(table, func.coalesce(staff.c.name, table.c.staff).label("name"))
        .select_from(table.outerjoin(staff, (staff.c.hall == table.c.hall) & (staff.c.staff == table.c.staff)))
        .where(table.c.hall == hall, table.c.case_number == number)
        .order_by(table.c.ordinal)
    )
    return [
        Kept(row.at, row.staff, row.name, _fact.decode(sealer.open(row.sealed, _place(number, row.ordinal))))
        for row in rows
    ]


def of_kind(tx: Connection, hall: str, sealer: Sealer, number: str, kind: type[Fact]) -> list[Fact]:
    """A case's facts of one kind, oldest first."""
    rows = tx.execute(
        select(table.c.ordinal, table.c.sealed)
        .where(table.c.hall == hall, table.c.case_number == number, table.c.kind == kind.__name__)
        .order_by(table.c.ordinal)
    )
    return [_fact.decode(sealer.open(row.sealed, _place(number, row.ordinal))) for row in rows]


def reseal(tx: Connection, hall: str, sealer: Sealer, before: str, after: str) -> None:
    """Seals the facts of a case anew that stands under another number now: each is bound to its number."""
    _seal_anew(tx, hall, sealer, before, after, lambda plain: plain)


def erase(tx: Connection, hall: str, sealer: Sealer, number: str) -> None:
    """Overwrites what anybody said in the facts of a case (R71)."""
    _seal_anew(
        tx, hall, sealer, number, number, lambda plain: msgspec.msgpack.encode(without_words(_fact.decode(plain)))
    )


def _seal_anew(
    tx: Connection, hall: str, sealer: Sealer, before: str, after: str, change: Callable[[bytes], bytes]
) -> None:
    where = (table.c.hall == hall, table.c.case_number == after)
    for row in tx.execute(select(table.c.ordinal, table.c.sealed).where(*where)).all():
        plain = change(sealer.open(row.sealed, _place(before, row.ordinal)))
        tx.execute(
            update(table)
            .where(*where, table.c.ordinal == row.ordinal)
            .values(sealed=sealer.seal(plain, _place(after, row.ordinal)))
        )


def _place(number: str, ordinal: int) -> str:
    return f"fact/{number}/{ordinal}"
