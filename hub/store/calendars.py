"""Versions of the hall's working calendar, kept for ever: a date can be checked against the days it was counted on."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, insert, select

from hub.domain.hall_calendar import Edition, HallCalendar
from hub.store.schema import calendar as table, recount, staff

Layer = Literal["state", "hall"]

_days = msgspec.json.Decoder(HallCalendar)


class Version(msgspec.Struct, frozen=True):
    """What is known of a version beside its days; `who` is a name, empty for the hub itself; `moved` counts cases."""

    version: int
    at: dt.datetime
    who: str
    layer: Layer
    why: str
    moved: int


def newest(tx: Connection, hall: str) -> Edition | None:
    """The calendar in force; None before a hub has ever opened this hall's books."""
    row = tx.execute(
        select(table.c.version, table.c.body).where(table.c.hall == hall).order_by(table.c.version.desc()).limit(1)
    ).one_or_none()
    return None if row is None else Edition(row.version, _days.decode(row.body))


def why(tx: Connection, hall: str, version: int) -> str:
    """What was said when it was changed."""
    found = tx.execute(select(table.c.why).where(table.c.hall == hall, table.c.version == version)).scalar_one()
    return str(found)


def add(tx: Connection, hall: str, edition: Edition, *, at: dt.datetime, by: str, layer: Layer, why: str) -> None:
    tx.execute(
        insert(table).values(
            hall=hall,
            version=edition.version,
            at=at,
            staff=by,
            layer=layer,
            why=why,
            body=msgspec.json.encode(edition.days),
        )
    )


def versions(db: Connection, hall: str, most: int) -> list[Version]:
    """The newest versions, newest first."""
    moved = (
        select(func.sum(recount.c.cases))
        .where(recount.c.hall == table.c.hall, recount.c.version == table.c.version)
        .scalar_subquery()
    )
    rows = db.execute(
        select(
            table.c.version,
            table.c.at,
            func.coalesce(staff.c.name, table.c.staff),
            table.c.layer,
            table.c.why,
            func.coalesce(moved, 0),
        )
        .select_from(table.outerjoin(staff, (staff.c.hall == table.c.hall) & (staff.c.staff == table.c.staff)))
        .where(table.c.hall == hall)
        .order_by(table.c.version.desc())
        .limit(most)
    )
    return [Version(*row) for row in rows]
