"""The ledger (台账) of a hall: one line a case, from what is kept of it (R17)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Select, select

from hub.store import views
from hub.store.schema import case
from hub.store.sealing import Sealer
from hub.wire.messages import CaseDetail

PAGE = 100
"""Cases in one page: each is opened with the data key while the hub's loop waits."""


def page(
    tx: Connection, hall: str, sealer: Sealer, first: dt.date, last: dt.date, after: str
) -> tuple[list[CaseDetail], bool]:
    """Cases filed on these business dates, by number; whether there are more.

    A 投诉 is in no ledger: who is complained about is protected as well (R11).
    """
    rows = tx.execute(_numbers(hall, first, last).where(case.c.number > after).limit(PAGE + 1)).all()
    found = []
    for row in rows[:PAGE]:
        whole = views.detail(tx, hall, sealer, row.number)
        assert whole is not None, "it was listed a moment ago"
        found.append(whole)
    return found, len(rows) > PAGE


def _numbers(hall: str, first: dt.date, last: dt.date) -> Select[tuple[str]]:
    return (
        select(case.c.number)
        .where(case.c.hall == hall, case.c.business_date.between(first, last), case.c.kind == "matter")
        .order_by(case.c.number)
    )
