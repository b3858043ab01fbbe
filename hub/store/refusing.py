"""Refusals that were proposed, and what became of them (R50)."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy import Connection, insert, select, update

from hub.store.schema import refusal


class Proposed(msgspec.Struct, frozen=True):
    """A refusal filed for approval; `approved` is None while it waits."""

    ordinal: int
    basis: str
    proposed_at: dt.datetime
    proposed_by: str
    decided_at: dt.datetime | None
    decided_by: str
    approved: bool | None


def newest(tx: Connection, hall: str, number: str) -> Proposed | None:
    return next(reversed(of_case(tx, hall, number)), None)


def of_case(tx: Connection, hall: str, number: str) -> list[Proposed]:
    """All that were proposed in a case, oldest first; few."""
    rows = tx.execute(
        select(*(refusal.c[name] for name in Proposed.__struct_fields__))
        .where(refusal.c.hall == hall, refusal.c.case_number == number)
        .order_by(refusal.c.ordinal)
    )
    return [Proposed(*row) for row in rows]


def propose(tx: Connection, hall: str, number: str, ordinal: int, *, basis: str, at: dt.datetime, staff: str) -> None:
    tx.execute(
        insert(refusal).values(
            hall=hall, case_number=number, ordinal=ordinal, basis=basis, proposed_at=at, proposed_by=staff
        )
    )


def decide(
    tx: Connection, hall: str, number: str, ordinal: int, *, approved: bool, at: dt.datetime, staff: str
) -> None:
    tx.execute(
        update(refusal)
        .where(refusal.c.hall == hall, refusal.c.case_number == number, refusal.c.ordinal == ordinal)
        .values(decided_at=at, decided_by=staff, approved=approved)
    )
