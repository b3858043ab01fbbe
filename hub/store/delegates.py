"""AB 岗: pairs, and covers; a cover is never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, delete, func, insert, select, update

from hub.store.schema import cover, delegate
from hub.store.sealing import Sealer
from hub.wire.messages import Cover, DelegatePair


def name(tx: Connection, hall: str, staff: str, covered_by: str, *, at: dt.datetime, by: str) -> None:
    """Names a delegate in place of an earlier one."""
    tx.execute(delete(delegate).where(delegate.c.hall == hall, delegate.c.staff == staff))
    tx.execute(insert(delegate).values(hall=hall, staff=staff, delegate=covered_by, named_at=at, named_by=by))


def of(tx: Connection, hall: str, staff: str) -> str:
    """Who covers for somebody; empty when nobody was named."""
    found = tx.execute(
        select(delegate.c.delegate).where(delegate.c.hall == hall, delegate.c.staff == staff)
    ).scalar_one_or_none()
    return found or ""


def add_cover(tx: Connection, hall: str, sealer: Sealer, one: Cover, *, at: dt.datetime) -> None:
    ordinal = tx.execute(select(func.count()).select_from(cover).where(cover.c.hall == hall)).scalar_one()
    tx.execute(
        insert(cover).values(
            hall=hall,
            ordinal=ordinal,
            absent=one.absent,
            delegate=one.delegate,
            first_day=one.first_day,
            last_day=one.last_day,
            stepped_in=one.stepped_in,
            liable=one.liable,
            at=at,
            sealed_note=sealer.seal_text(one.note, f"cover/{ordinal}"),
        )
    )


def covers(tx: Connection, hall: str, staff: str, absent: str, day: dt.date) -> bool:
    """Whether somebody stands in for somebody on that day."""
    found = tx.execute(
        select(cover.c.ordinal).where(
            cover.c.hall == hall,
            cover.c.delegate == staff,
            cover.c.absent == absent,
            cover.c.first_day <= day,
            cover.c.last_day >= day,
        )
    ).first()
    return found is not None


def absent(tx: Connection, hall: str, staff: str, day: dt.date) -> list[str]:
    """For whom somebody stands in on that day, by code."""
    found = select(cover.c.absent).where(
        cover.c.hall == hall, cover.c.delegate == staff, cover.c.first_day <= day, cover.c.last_day >= day
    )
    return sorted(set(tx.execute(found).scalars()))


def erase_notes(tx: Connection, hall: str, sealer: Sealer, told: Collection[str]) -> None:
    """Deletes the notes of handovers that have any of these words: a case's number, a citizen's name (R71)."""
    noted = select(cover.c.ordinal, cover.c.sealed_note).where(cover.c.hall == hall, cover.c.sealed_note.is_not(None))
    for row in tx.execute(noted).all():
        note = sealer.open_text(row.sealed_note, f"cover/{row.ordinal}")
        if any(word in note for word in told):
            tx.execute(
                update(cover).where(cover.c.hall == hall, cover.c.ordinal == row.ordinal).values(sealed_note=None)
            )


def pairs(tx: Connection, hall: str) -> tuple[DelegatePair, ...]:
    rows = tx.execute(select(delegate).where(delegate.c.hall == hall).order_by(delegate.c.staff))
    return tuple(DelegatePair(staff=row.staff, delegate=row.delegate) for row in rows)


def not_ended(tx: Connection, hall: str, sealer: Sealer, day: dt.date) -> tuple[Cover, ...]:
    """Covers of that day and later ones, as they were laid down."""
    rows = tx.execute(select(cover).where(cover.c.hall == hall, cover.c.last_day >= day).order_by(cover.c.ordinal))
    return tuple(
        Cover(
            absent=row.absent,
            delegate=row.delegate,
            first_day=row.first_day,
            last_day=row.last_day,
            stepped_in=row.stepped_in,
            liable=row.liable,
            note=sealer.open_text(row.sealed_note, f"cover/{row.ordinal}"),
        )
        for row in rows
    )
