"""What a restored database begins with: a new epoch, nobody logged in, windows closed, numbers far from any given."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, func, select, update

from hub.store.schema import counter, hall, login, window


def begin_epoch(tx: Connection, code: str, epoch: str) -> None:
    """Ends the epoch; the new one has no events yet."""
    tx.execute(update(hall).where(hall.c.hall == code).values(epoch=epoch, seq=0))


def end_logins(tx: Connection, code: str) -> None:
    """Logs everybody out and closes all windows."""
    tx.execute(delete(login).where(login.c.hall == code))
    tx.execute(update(window).where(window.c.hall == code).values(open=False))


def last_numbers(tx: Connection, code: str, since: dt.date) -> dict[tuple[dt.date, str], int]:
    """The last number given of each series, of that date and later ones."""
    rows = tx.execute(select(counter).where(counter.c.hall == code, counter.c.business_date >= since))
    return {(row.business_date, row.series): row.last for row in rows}


def busiest(tx: Connection, code: str) -> int:
    """The highest number ever given in any series; 0 before the first."""
    return tx.execute(select(func.max(counter.c.last)).where(counter.c.hall == code)).scalar_one() or 0
