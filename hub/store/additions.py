"""The rows of commands that only add: one `executemany` a table for a whole round, and the counters behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Executable, select
from sqlalchemy.dialects import postgresql, sqlite

from hub.store.prepared import insert_rows, prepared
from hub.store.schema import counter, metadata

TABLES = ("case", "ticket", "person", "lookup", "step", "notice", "grievance")
"""In the order that their keys need."""

COUNTER_KEY = ("hall", "business_date", "series")

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def add_rows(tx: Connection, hall: str, decisions: Sequence[Rows]) -> None:
    """Writes the rows of all decisions, table by table."""
    for name in TABLES:
        rows = [{"hall": hall, **row} for decision in decisions for row in decision.get(name, ())]
        insert_rows(tx, metadata.tables[name], rows)


def save_counters(tx: Connection, hall: str, last: Mapping[tuple[dt.date, str], int]) -> None:
    """Writes the last number given of each (date, series)."""
    if not last:
        return
    name = tx.dialect.name
    prepared(tx, "save_counters", lambda: _upsert(name)).run(
        tx,
        [
            {"hall": hall, "business_date": date, "series": series, "last": number}
            for (date, series), number in last.items()
        ],
    )


def _upsert(database: str) -> Executable:
    """Both databases know the same clause; SQLAlchemy words it for each by itself."""
    if database == "sqlite":
        lite = sqlite.insert(counter)
        return lite.on_conflict_do_update(index_elements=COUNTER_KEY, set_={"last": lite.excluded.last})
    post = postgresql.insert(counter)
    return post.on_conflict_do_update(index_elements=COUNTER_KEY, set_={"last": post.excluded.last})


def counters(tx: Connection, hall: str, day: dt.date) -> dict[tuple[dt.date, str], int]:
    """The last number given of each series of that date."""
    rows = tx.execute(select(counter).where(counter.c.hall == hall, counter.c.business_date == day))
    return {(day, row.series): row.last for row in rows}
