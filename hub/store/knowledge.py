"""What closed cases can teach: read with the data key, page by page, and anew whenever the audit chain names one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, select

from hub.domain.case import OPEN
from hub.domain.facts import Verified
from hub.store import closing, facts, views
from hub.store.commands import FOR_WHOM, audit_tail
from hub.store.schema import audit, case, person
from hub.store.sealing import Sealer

ANSWERS = frozenset({"answer_on_the_spot", "reply", "refer_out", "decline"})


class Lesson(msgspec.Struct, frozen=True):
    """A closed case: what it was about, its cause as staff found it, and its answer. `people` are named in none."""

    number: str
    text: str
    people: tuple[str, ...]
    closed_at: dt.datetime
    matter: str
    department: str
    cause: str
    answer: str
    level: str


def _may_teach(hall: str) -> tuple[ColumnElement[bool], ...]:
    """Closed, no 投诉, and nobody asked for secrecy (R11, R13)."""
    return (
        case.c.hall == hall,
        case.c.kind == "matter",
        case.c.confidential.is_(False),
        case.c.stage.not_in(OPEN),
        case.c.answered_at.is_not(None),
    )


def page(db: Connection, hall: str, sealer: Sealer, after: str, most: int) -> list[tuple[str, str]]:
    """Numbers and what citizens said, of those that may teach, by number after one."""
    rows = db.execute(_texts(hall).where(case.c.number > after).order_by(case.c.number).limit(most))
    return [(row.number, sealer.open_person(row.sealed, row.number).text) for row in rows]


def texts(db: Connection, hall: str, sealer: Sealer, numbers: list[str]) -> dict[str, str]:
    """What citizens said in those of these cases that may teach."""
    rows = db.execute(_texts(hall).where(case.c.number.in_(numbers)))
    return {row.number: sealer.open_person(row.sealed, row.number).text for row in rows}


def _texts(hall: str) -> Select[Any]:
    of_case = (person.c.hall == case.c.hall) & (person.c.case_number == case.c.number)
    return select(case.c.number, person.c.sealed).join(person, of_case).where(*_may_teach(hall))


def asked(db: Connection, hall: str, sealer: Sealer, number: str) -> str:
    """What the citizen said in any case; empty where there is none."""
    sealed = db.execute(
        select(person.c.sealed).where(person.c.hall == hall, person.c.case_number == number)
    ).scalar_one_or_none()
    return sealer.open_person(sealed, number).text if sealed is not None else ""


def lesson(db: Connection, hall: str, sealer: Sealer, number: str) -> Lesson | None:
    """A case as it is now; None where it may not teach, or has nothing to tell any more."""
    row = db.execute(
        select(case.c.matter, case.c.department, case.c.answered_at).where(*_may_teach(hall), case.c.number == number)
    ).one_or_none()
    if row is None:
        return None
    told = views.open_person(db, hall, sealer, number)
    answers = [one.text for one in views.steps(db, hall, sealer, number) if one.move in ANSWERS and one.text]
    if not told.text or not answers:
        return None
    found = [one for one in facts.of_kind(db, hall, sealer, number, Verified) if isinstance(one, Verified)]
    rated = closing.ratings(db, hall, number)
    return Lesson(
        number=number,
        text=told.text,
        people=(told.name, told.phone),
        closed_at=row.answered_at,
        matter=row.matter,
        department=row.department,
        cause=found[-1].finding if found else "",
        answer=answers[-1],
        level=rated[-1].level if rated else "",
    )


def may_teach(db: Connection, hall: str, numbers: list[str]) -> frozenset[str]:
    """Those of these numbers that may teach at this moment."""
    return frozenset(db.execute(select(case.c.number).where(*_may_teach(hall), case.c.number.in_(numbers))).scalars())


def newest_link(db: Connection, hall: str) -> int:
    return audit_tail(db, hall)[0]


def changed(db: Connection, hall: str, after: int) -> tuple[frozenset[str], int]:
    """The subjects of links after one, which every change of a case leaves, and the newest link."""
    rows: Any = db.execute(
        select(audit.c.ordinal, audit.c.subject).where(audit.c.hall == hall, audit.c.ordinal > after)
    ).all()
    subjects = {row.subject.partition(FOR_WHOM)[0].partition("/")[0] for row in rows}
    return frozenset(subjects), max((row.ordinal for row in rows), default=after)
