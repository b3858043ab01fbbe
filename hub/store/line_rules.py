"""The rules of the line and from when on they were in force, kept for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, insert, select

from hub.store.schema import line_rules


class Kept(msgspec.Struct, frozen=True):
    """Rules in force after the link `ordinal` of the audit chain and the event `seq` of `epoch`."""

    ordinal: int
    epoch: str
    seq: int
    at: dt.datetime
    business_date: dt.date
    opened: tuple[int, ...]
    body: bytes


def newest(tx: Connection, hall: str) -> Kept | None:
    """What is in force; None in a database that never had any."""
    row = tx.execute(
        select(line_rules).where(line_rules.c.hall == hall).order_by(line_rules.c.ordinal.desc()).limit(1)
    ).one_or_none()
    return None if row is None else _kept(row)


def of_days(tx: Connection, hall: str, first: dt.date, last: dt.date) -> list[Kept]:
    """All from the begin of one business date to the end of another, and the row with which a later one begins."""
    known = line_rules.c.hall == hall
    rows = tx.execute(
        select(line_rules).where(known, line_rules.c.business_date.between(first, last)).order_by(line_rules.c.ordinal)
    ).all()
    after = tx.execute(
        select(line_rules).where(known, line_rules.c.business_date > last).order_by(line_rules.c.ordinal).limit(1)
    ).all()
    return [_kept(row) for row in (*rows, *after)]


def add(tx: Connection, hall: str, kept: Kept) -> None:
    row = msgspec.structs.asdict(kept) | {"hall": hall, "opened": _said(kept.opened)}
    tx.execute(insert(line_rules).values(**row))


def _said(opened: Iterable[int]) -> str:
    return ",".join(str(number) for number in sorted(opened))


def _kept(row: object) -> Kept:
    found = {name: getattr(row, name) for name in Kept.__struct_fields__}
    return Kept(**found | {"opened": tuple(int(one) for one in found["opened"].split(",") if one)})
