"""What only a paper asks of a case: its newest work order whole, and who took the case in (R15, R16)."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy import Connection, func, select

from hub.store.schema import staff, step, work_order
from hub.store.views import NEWEST_FIRST


class Sent(msgspec.Struct, frozen=True):
    """A work order on its way: `handler` is the name of who took it on in the department, empty before."""

    work_order_id: str
    sent_at: dt.datetime
    handler: str
    replied_at: dt.datetime | None


def newest_order(tx: Connection, hall: str, number: str) -> Sent | None:
    of_handler = (staff.c.hall == work_order.c.hall) & (staff.c.staff == work_order.c.accepted_by)
    row = tx.execute(
        select(
            work_order.c.work_order_id,
            work_order.c.sent_at,
            func.coalesce(staff.c.name, work_order.c.accepted_by),
            work_order.c.replied_at,
        )
        .select_from(work_order.outerjoin(staff, of_handler))
        .where(work_order.c.hall == hall, work_order.c.case_number == number)
        .order_by(*NEWEST_FIRST)
        .limit(1)
    ).one_or_none()
    return None if row is None else Sent(*row)


def received_by(tx: Connection, hall: str, number: str) -> str:
    """The name of the first who had the case in hand (受理人员); empty while nobody has."""
    of_step = (staff.c.hall == step.c.hall) & (staff.c.staff == step.c.staff)
    name = tx.execute(
        select(func.coalesce(staff.c.name, step.c.staff))
        .select_from(step.outerjoin(staff, of_step))
        .where(step.c.hall == hall, step.c.case_number == number, step.c.staff != "")
        .order_by(step.c.ordinal)
        .limit(1)
    ).scalar_one_or_none()
    return name or ""
