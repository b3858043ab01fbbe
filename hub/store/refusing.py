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
    row = tx.execute(
        select(
            refusal.c.ordinal,
            refusal.c.basis,
            refusal.c.proposed_at,
            refusal.c.proposed_by,
            refusal.c.decided_at,
            refusal.c.decided_by,
            refusal.c.approved,
        )
        .where(refusal.c.hall == hall, refusal.c.case_number == number)
        .order_by(refusal.c.ordinal.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Proposed(*row)


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
