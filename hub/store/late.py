"""Windows that go on after hours (R60)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, insert, or_, select, update

from hub.store.schema import late_service
from hub.store.sealing import Sealer
from hub.wire.messages import LateWindow


def begin(tx: Connection, hall: str, sealer: Sealer, day: dt.date, late: LateWindow, staff: str, reason: str) -> None:
    tx.execute(
        insert(late_service).values(
            hall=hall,
            window=late.window,
            since=late.since,
            business_date=day,
            ground=late.ground,
            until=late.until,
            staff=staff,
            sealed=sealer.seal_text(reason, f"late_service/{late.window}/{late.since.isoformat()}"),
        )
    )


def end(tx: Connection, hall: str, window: int, at: dt.datetime) -> int:
    """Ends what a window has not ended yet; how many that were."""
    return tx.execute(
        update(late_service)
        .where(late_service.c.hall == hall, late_service.c.window == window, late_service.c.ended_at.is_(None))
        .values(ended_at=at)
    ).rowcount


def going_on(tx: Connection, hall: str, day: dt.date, at: dt.datetime) -> list[LateWindow]:
    """The windows that serve late at that moment of a business date, by number."""
    rows = tx.execute(
        select(late_service)
        .where(
            late_service.c.hall == hall,
            late_service.c.business_date == day,
            late_service.c.ended_at.is_(None),
            or_(late_service.c.until.is_(None), late_service.c.until > at),
        )
        .order_by(late_service.c.window)
    )
    return [LateWindow(window=row.window, ground=row.ground, since=row.since, until=row.until) for row in rows]
