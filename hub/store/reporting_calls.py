"""Who was called to the window, and how long it took them to come (R20, R44). Reads only."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from sqlalchemy import Connection, and_, select

from hub.domain.facts import HeadArrived, HeadCalled
from hub.domain.reported import CallRow
from hub.store.schema import case, fact, notice

CALLED, CAME = HeadCalled.__name__, HeadArrived.__name__


def calls(db: Connection, hall: str, begin: dt.datetime, end: dt.datetime) -> tuple[CallRow, ...]:
    """The calls of a period, each with its arrival up to the period's end; what the facts say stays sealed.

    The unit is the one that was called; of a call that names none, the one that has the case.
    """
    of_call = (fact.c.hall == hall, fact.c.kind == CALLED, fact.c.at >= begin, fact.c.at < end)
    told = and_(
        notice.c.hall == fact.c.hall,
        notice.c.kind == "called_to_window",
        notice.c.subject == fact.c.case_number,
        notice.c.raised_at == fact.c.at,
    )
    rows = db.execute(
        select(
            *(fact.c.case_number, fact.c.kind.label("fact"), fact.c.at, case.c.kind, case.c.department),
            notice.c.department.label("called"),
        )
        .join(case, (case.c.hall == fact.c.hall) & (case.c.number == fact.c.case_number))
        .outerjoin(notice, told)
        .where(fact.c.hall == hall, fact.c.kind.in_((CALLED, CAME)), fact.c.at >= begin, fact.c.at < end)
        .where(fact.c.case_number.in_(select(fact.c.case_number).where(*of_call)))
        .order_by(fact.c.case_number, fact.c.ordinal)
    )
    found: list[CallRow] = []
    waiting: dict[str, dt.datetime] = {}
    for row in rows:
        if row.fact == CALLED:
            waiting[row.case_number] = row.at
            unit = row.called or row.department
            found.append(CallRow(case_number=row.case_number, kind=row.kind, department=unit, minutes=None))
        elif row.case_number in waiting:
            took = row.at - waiting.pop(row.case_number)
            found[-1] = replace(found[-1], minutes=int(took.total_seconds() // 60))
    return tuple(found)
