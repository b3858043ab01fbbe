"""Counts for whoever watches the hall: each reads a few indexed rows, for they are asked every second."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from hub.store.schema import notice, print_outcome

COUNT_AT_MOST = 2000
"""Notices counted one by one, a millisecond's work; whoever has more waiting knows enough."""


def notices_waiting(db: Connection, hall: str) -> dict[str, int]:
    """Unacknowledged notices by kind; counted up to `COUNT_AT_MOST`."""
    waiting = (
        select(notice.c.kind)
        .where(notice.c.hall == hall, notice.c.acknowledged_at.is_(None))
        .limit(COUNT_AT_MOST)
        .subquery()
    )
    rows = db.execute(select(waiting.c.kind, func.count().label("waiting")).group_by(waiting.c.kind))
    return {row.kind: row.waiting for row in rows}


def print_jobs(db: Connection, hall: str, day: dt.date) -> dict[str, str]:
    """Job → its newest state, of the receipts of one day's cases; the newest `COUNT_AT_MOST` outcomes."""
    rows = db.execute(
        select(print_outcome.c.job_id, print_outcome.c.state)
        .where(
            print_outcome.c.hall == hall,
            print_outcome.c.case_number.between(f"{hall}-{day:%Y%m%d}-", f"{hall}-{day:%Y%m%d}-~"),
        )
        .order_by(print_outcome.c.case_number.desc(), print_outcome.c.ordinal.desc())
        .limit(COUNT_AT_MOST)
    )
    newest: dict[str, str] = {}
    for job, state in rows:
        newest.setdefault(job, state)
    return newest
