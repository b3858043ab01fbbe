"""The feed: a gapless sequence of events within an epoch, written with the state they tell of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, Update, bindparam, insert, select, update

from hub.store.prepared import insert_rows, prepared
from hub.store.schema import event, hall
from hub.wire.messages import Event, Numbered

_body: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)


@dataclass(frozen=True)
class FeedState:
    """Where the feed stands, and the day and bulletin that belong to it."""

    epoch: str
    seq: int
    business_date: dt.date
    bulletin: str


def begin(tx: Connection, code: str, name: str, epoch: str, day: dt.date) -> None:
    """The hall's row, with its first epoch."""
    tx.execute(insert(hall).values(hall=code, name=name, epoch=epoch, business_date=day))


def state(db: Connection, code: str) -> FeedState | None:
    row = db.execute(select(hall).where(hall.c.hall == code)).one_or_none()
    return FeedState(row.epoch, row.seq, row.business_date, row.bulletin) if row else None


def append(tx: Connection, code: str, epoch: str, events: list[Numbered]) -> None:
    """Writes events and the number of the last one."""
    insert_rows(
        tx,
        event,
        [
            {"hall": code, "epoch": epoch, "seq": one.seq, "at": one.at, "body": msgspec.msgpack.encode(one.event)}
            for one in events
        ],
    )
    prepared(tx, "save_seq", _save_seq).run(tx, [{"of_hall": code, "to_seq": events[-1].seq}])


def _save_seq() -> Update:
    return update(hall).where(hall.c.hall == bindparam("of_hall")).values(seq=bindparam("to_seq"))


def since(db: Connection, code: str, epoch: str, seq: int) -> list[Numbered]:
    rows = db.execute(
        select(event.c.seq, event.c.at, event.c.body)
        .where(event.c.hall == code, event.c.epoch == epoch, event.c.seq > seq)
        .order_by(event.c.seq)
    )
    return [Numbered(seq=row.seq, at=row.at, event=_body.decode(row.body)) for row in rows]


def save_day(tx: Connection, code: str, day: dt.date) -> None:
    tx.execute(update(hall).where(hall.c.hall == code).values(business_date=day))
