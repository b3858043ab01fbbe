"""Case rows, their work orders and steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from hub.domain.case import Stage
from hub.domain.deadline import Due
from hub.domain.grievance import CaseKind
from hub.store import numbering
from hub.store.schema import case, step, work_order
from hub.store.sealing import Sealer

_due = msgspec.msgpack.Decoder(Due)
BY_ORDINAL = (func.length(work_order.c.work_order_id), work_order.c.work_order_id)
"""Work orders as they were sent: two of one round have the same moment, and their ids end with their ordinal."""


class OpenCase(msgspec.Struct, frozen=True):
    """What a move needs to know of a case."""

    number: str
    business_date: dt.date
    stage: Stage
    filed_at: dt.datetime
    due: Due
    department: str
    case_class: str
    owner: str
    confidential: bool
    policy_code: str
    policy_version: int
    paused_at: dt.datetime | None
    kind: CaseKind = "matter"


class WorkOrder(msgspec.Struct, frozen=True):
    """A work order (工单) to a department."""

    work_order_id: str
    case_number: str
    department: str
    case_class: str
    due: Due
    accepted_at: dt.datetime | None
    replied_at: dt.datetime | None


def find(tx: Connection, hall: str, number: str) -> OpenCase | None:
    """A case by its number, or by one that it had and that is void."""
    row = tx.execute(select(case).where(case.c.hall == hall, case.c.number == number)).one_or_none()
    if row is None:
        standing = numbering.standing(tx, hall, number)
        return find(tx, hall, standing) if standing not in ("", number) else None
    return OpenCase(
        number=row.number,
        business_date=row.business_date,
        stage=row.stage,
        filed_at=row.filed_at,
        due=_due.decode(row.due),
        department=row.department,
        case_class=row.case_class,
        owner=row.owner,
        confidential=row.confidential,
        policy_code=row.policy_code,
        policy_version=row.policy_version,
        paused_at=row.paused_at,
        kind=row.kind,
    )


def calendar_version(tx: Connection, hall: str, number: str) -> int:
    """The version of the hall's calendar on which its date was counted."""
    found = select(case.c.calendar_version).where(case.c.hall == hall, case.c.number == number)
    return int(tx.execute(found).scalar_one())


def matter(tx: Connection, hall: str, number: str) -> str:
    """The code of what it is about."""
    return str(tx.execute(select(case.c.matter).where(case.c.hall == hall, case.c.number == number)).scalar_one())


def save(tx: Connection, hall: str, number: str, **values: Any) -> None:
    """Writes what a move changed; a `Due` is stored with its date beside it."""
    due = values.pop("due", None)
    if due is not None:
        values |= {"due": msgspec.msgpack.encode(due), "due_date": due.date}
    tx.execute(update(case).where(case.c.hall == hall, case.c.number == number).values(**values))


def add_step(
    tx: Connection,
    hall: str,
    sealer: Sealer,
    number: str,
    *,
    at: dt.datetime,
    move: str,
    staff: str,
    department: str = "",
    text: str = "",
) -> None:
    """Adds a line to a case's timeline; its text is sealed."""
    ordinal = tx.execute(
        select(func.count()).select_from(step).where(step.c.hall == hall, step.c.case_number == number)
    ).scalar_one()
    tx.execute(
        insert(step).values(
            hall=hall,
            case_number=number,
            ordinal=ordinal,
            at=at,
            move=move,
            department=department,
            staff=staff,
            sealed=sealer.seal_text(text, f"step/{number}/{ordinal}"),
        )
    )


def add_work_order(
    tx: Connection, hall: str, sealer: Sealer, order: WorkOrder, *, sent_by: str, at: dt.datetime, note: str
) -> None:
    tx.execute(
        insert(work_order).values(
            hall=hall,
            work_order_id=order.work_order_id,
            case_number=order.case_number,
            department=order.department,
            case_class=order.case_class,
            sent_at=at,
            sent_by=sent_by,
            due_date=order.due.date,
            due=msgspec.msgpack.encode(order.due),
            sealed_note=sealer.seal_text(note, f"work_order/{order.work_order_id}"),
        )
    )


def work_orders(tx: Connection, hall: str, number: str) -> list[WorkOrder]:
    """All work orders of a case, oldest first."""
    rows = tx.execute(
        select(work_order).where(work_order.c.hall == hall, work_order.c.case_number == number).order_by(*BY_ORDINAL)
    )
    return [_order(row) for row in rows]


def find_work_order(tx: Connection, hall: str, work_order_id: str) -> WorkOrder | None:
    row = tx.execute(
        select(work_order).where(work_order.c.hall == hall, work_order.c.work_order_id == work_order_id)
    ).one_or_none()
    return None if row is None else _order(row)


def put_back(tx: Connection, hall: str, number: str, due: Due) -> None:
    """A new due date for a case and the newest of its work orders, if it has one."""
    save(tx, hall, number, due=due)
    if work_orders(tx, hall, number):
        recount_newest_order(tx, hall, number, due)


def recount_newest_order(tx: Connection, hall: str, number: str, due: Due) -> None:
    """The newest work order has its case's date."""
    newest = work_orders(tx, hall, number)[-1]
    save_work_order(tx, hall, newest.work_order_id, due=msgspec.msgpack.encode(due), due_date=due.date)


def save_work_order(tx: Connection, hall: str, work_order_id: str, **values: Any) -> None:
    tx.execute(
        update(work_order)
        .where(work_order.c.hall == hall, work_order.c.work_order_id == work_order_id)
        .values(**values)
    )


def _order(row: Row[Any]) -> WorkOrder:
    return WorkOrder(
        work_order_id=row.work_order_id,
        case_number=row.case_number,
        department=row.department,
        case_class=row.case_class,
        due=_due.decode(row.due),
        accepted_at=row.accepted_at,
        replied_at=row.replied_at,
    )
