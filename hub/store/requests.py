"""Rows of home visits and online pre-reviews; who asked and what was said is sealed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from hub.domain.requests import RequestKind, RequestState
from hub.store.schema import request
from hub.store.sealing import Sealer
from hub.store.watching import AT_ONCE

OPEN: tuple[RequestState, ...] = ("asked", "agreed")
"""States in which somebody still has to do something."""


class Asker(msgspec.Struct, frozen=True):
    """Who asked, where they are, and what they said."""

    name: str
    phone: str
    address: str
    text: str


_asker = msgspec.msgpack.Decoder(Asker)


class Stored(msgspec.Struct, frozen=True):
    """A request without who asked."""

    number: str
    kind: RequestKind
    state: RequestState
    matter: str
    reference: str
    ground: str
    outlet: str
    channel: str
    received_at: dt.datetime
    entered_at: dt.datetime
    entered_by: str
    due_date: dt.date
    due_at: dt.datetime | None
    answered_at: dt.datetime | None
    visit_at: dt.datetime | None
    done_at: dt.datetime | None
    staff: tuple[str, ...]
    told_by: str
    late: bool
    case_number: str
    policy_code: str
    policy_version: int


def add(tx: Connection, hall: str, sealer: Sealer, made: Stored, asker: Asker, remind_at: dt.datetime | None) -> None:
    row = msgspec.structs.asdict(made) | {"staff": ",".join(made.staff)}
    sealed = sealer.seal(msgspec.msgpack.encode(asker), f"request/{made.number}")
    tx.execute(insert(request).values(hall=hall, sealed=sealed, remind_at=remind_at, **row))


def find(db: Connection, hall: str, number: str) -> Stored | None:
    row = db.execute(select(request).where(request.c.hall == hall, request.c.number == number)).one_or_none()
    return None if row is None else _stored(row)


def is_known(tx: Connection, hall: str, reference: str) -> str:
    """The number under which an online application came in before; empty when it did not."""
    found = select(request.c.number).where(
        request.c.hall == hall, request.c.kind == "pre_review", request.c.reference == reference
    )
    return tx.execute(found).scalars().first() or ""


def listed(db: Connection, hall: str, only_open: bool) -> list[Stored]:
    """By due date, what is open before what is not."""
    rows = db.execute(
        select(request)
        .where(request.c.hall == hall, *((request.c.state.in_(OPEN),) if only_open else ()))
        .order_by(request.c.state.not_in(OPEN), request.c.due_date, request.c.number)
    )
    return [_stored(row) for row in rows]


def asker(db: Connection, hall: str, sealer: Sealer, number: str) -> tuple[Asker, str]:
    """Who asked, and what they were answered."""
    row = db.execute(
        select(request.c.sealed, request.c.sealed_answer).where(request.c.hall == hall, request.c.number == number)
    ).one()
    known = Asker("", "", "", "")
    if row.sealed is not None:
        known = _asker.decode(sealer.open(row.sealed, f"request/{number}"))
    return known, sealer.open_text(row.sealed_answer, f"request/{number}/answer")


def save(tx: Connection, hall: str, sealer: Sealer, number: str, *, answer: str = "", **values: Any) -> None:
    """What a move changed; an answer stays until there is another."""
    if answer:
        values["sealed_answer"] = sealer.seal_text(answer, f"request/{number}/answer")
    tx.execute(update(request).where(request.c.hall == hall, request.c.number == number).values(**values))


def to_remind(db: Connection, hall: str, now: dt.datetime) -> list[Stored]:
    rows = db.execute(
        select(request)
        .where(request.c.hall == hall, request.c.remind_at <= now)
        .order_by(request.c.remind_at, request.c.number)
        .limit(AT_ONCE)
    )
    return [_stored(row) for row in rows]


def erase(tx: Connection, hall: str, case_number: str) -> None:
    """Who asked for a visit about a case is forgotten with the case's citizen (R71)."""
    of_case = (request.c.hall == hall, request.c.case_number == case_number)
    tx.execute(update(request).where(*of_case).values(sealed=None, sealed_answer=None))


def _stored(row: Any) -> Stored:
    fields = {name: getattr(row, name) for name in Stored.__struct_fields__}
    return Stored(**fields | {"staff": tuple(row.staff.split(",")) if row.staff else ()})
