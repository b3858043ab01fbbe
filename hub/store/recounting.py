"""Dates that were counted on an earlier calendar, what they are counted from, and how many have been moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, exists, insert, select, update

from hub.domain.facts import ExtensionGranted, Fact, ProgressReported
from hub.domain.owed import Owed
from hub.domain.recount import ACTS, Act
from hub.store import facts
from hub.store.cases import BY_ORDINAL
from hub.store.schema import case, owed, paper, recount, step, work_order
from hub.store.sealing import Sealer

COUNTED_WITH: dict[str, type[Fact]] = {"extend": ExtensionGranted, "progress": ProgressReported}
"""The fact that is laid down with a step, where its date needs more than its moment."""


class Owing(msgspec.Struct, frozen=True):
    """Something owed whose time was counted on an earlier version, with what of its case it is counted by."""

    number: str
    what: Owed
    since: dt.datetime
    due_date: dt.date | None
    remind_on: dt.date | None
    case_due: dt.date
    policy_code: str
    policy_version: int


class Untold(msgspec.Struct, frozen=True):
    """How many cases of a department were moved since anybody there was told."""

    department: str
    cases: int


def is_behind(db: Connection, hall: str, version: int) -> bool:
    """Whether any date is left to be counted, or any notice to be raised."""
    waits = (
        exists().where(case.c.hall == hall, case.c.answered_at.is_(None), case.c.calendar_version < version),
        exists().where(owed.c.hall == hall, owed.c.calendar_version < version),
        exists().where(recount.c.hall == hall, recount.c.told_at.is_(None)),
    )
    return any(db.execute(select(one)).scalar_one() for one in waits)


def cases_behind(tx: Connection, hall: str, version: int, most: int) -> list[str]:
    """Numbers of open cases whose date was counted on an earlier version."""
    rows = tx.execute(
        select(case.c.number)
        .where(case.c.hall == hall, case.c.answered_at.is_(None), case.c.calendar_version < version)
        .order_by(case.c.calendar_version, case.c.number)
        .limit(most)
    )
    return list(rows.scalars())


def owed_behind(tx: Connection, hall: str, version: int, most: int) -> list[Owing]:
    rows = tx.execute(
        select(
            owed.c.case_number,
            owed.c.what,
            owed.c.since,
            owed.c.due_date,
            owed.c.remind_on,
            case.c.due_date,
            case.c.policy_code,
            case.c.policy_version,
        )
        .join_from(owed, case, (case.c.hall == owed.c.hall) & (case.c.number == owed.c.case_number))
        .where(owed.c.hall == hall, owed.c.calendar_version < version)
        .order_by(owed.c.calendar_version, owed.c.case_number, owed.c.what)
        .limit(most)
    )
    return [Owing(*row) for row in rows]


def counted(tx: Connection, hall: str, numbers: Sequence[str], version: int) -> None:
    """These cases' dates are those of this version."""
    tx.execute(update(case).where(case.c.hall == hall, case.c.number.in_(numbers)).values(calendar_version=version))


def owed_counted(
    tx: Connection, hall: str, one: Owing, version: int, *, due_date: dt.date | None, remind_on: dt.date | None
) -> None:
    key = (owed.c.hall == hall, owed.c.case_number == one.number, owed.c.what == one.what)
    tx.execute(update(owed).where(*key).values(due_date=due_date, remind_on=remind_on, calendar_version=version))


class Done(msgspec.Struct, frozen=True):
    """What a case's date is counted from: when its paper was printed, where the hub had it later, and what was done
    since, in order."""

    came: dt.datetime | None
    acts: tuple[Act, ...]


def done(tx: Connection, hall: str, sealer: Sealer, numbers: Sequence[str], zone: dt.tzinfo) -> dict[str, Done]:
    """The same of several cases, by their numbers; moments of acts are in the hall's own time."""
    of_these = {"of_hall": hall, "of_cases": numbers}
    printed = {row.number: row.printed_at for row in tx.execute(_PRINTED, of_these)}
    steps: dict[str, list[Any]] = {number: [] for number in numbers}
    for row in tx.execute(_STEPS, of_these):
        steps[row.case_number].append(row)
    sent: dict[str, list[str]] = {number: [] for number in numbers}
    for number, case_class in tx.execute(_SENT, of_these):
        sent[number].append(case_class)
    return {
        number: Done(printed.get(number), _acts(tx, hall, sealer, number, steps[number], iter(sent[number]), zone))
        for number in numbers
    }


def _acts(
    tx: Connection,
    hall: str,
    sealer: Sealer,
    number: str,
    steps: Sequence[Any],
    classes: Iterator[str],
    zone: dt.tzinfo,
) -> tuple[Act, ...]:
    moves = {one.move for one in steps}
    laid_down = {
        move: iter(facts.of_kind(tx, hall, sealer, number, kind))
        for move, kind in COUNTED_WITH.items()
        if move in moves
    }
    found: list[Act] = []
    case_class = ""
    for one in steps:
        if one.move == "dispatch":
            case_class = next(classes)
        told = next(laid_down[one.move]) if one.move in laid_down else None
        if isinstance(told, ProgressReported) and told.until is None:
            continue  # it met no date: the one that held went on
        added = told.added_wd if isinstance(told, ExtensionGranted) else 0
        found.append(Act(one.move, one.at.astimezone(zone), case_class, added))
    return tuple(found)


def note_moved(tx: Connection, hall: str, version: int, by_department: Mapping[str, int]) -> None:
    """So many cases of each department got another date with this version."""
    for department, many in by_department.items():
        key = (recount.c.hall == hall, recount.c.version == version, recount.c.department == department)
        known = tx.execute(update(recount).where(*key).values(cases=recount.c.cases + many))
        if not known.rowcount:
            tx.execute(insert(recount).values(hall=hall, version=version, department=department, cases=many))


def untold(tx: Connection, hall: str) -> list[Untold]:
    """What nobody has been told of yet, by department."""
    rows = tx.execute(
        select(recount.c.department, recount.c.cases)
        .where(recount.c.hall == hall, recount.c.told_at.is_(None))
        .order_by(recount.c.department)
    )
    total: dict[str, int] = {}
    for row in rows:
        total[row.department] = total.get(row.department, 0) + row.cases
    return [Untold(department, many) for department, many in total.items()]


def told(tx: Connection, hall: str, at: dt.datetime) -> None:
    tx.execute(update(recount).where(recount.c.hall == hall, recount.c.told_at.is_(None)).values(told_at=at))


# --- statements that every round runs, built once

_PRINTED = (
    select(case.c.number, paper.c.printed_at)
    .join_from(paper, case, (case.c.hall == paper.c.hall) & (case.c.command_id == paper.c.command_id))
    .where(case.c.hall == bindparam("of_hall"), case.c.number.in_(bindparam("of_cases", expanding=True)))
)
_STEPS = (
    select(step.c.case_number, step.c.move, step.c.at)
    .where(step.c.hall == bindparam("of_hall"), step.c.case_number.in_(bindparam("of_cases", expanding=True)))
    .where(step.c.move.in_(ACTS))
    .order_by(step.c.case_number, step.c.ordinal)
)
_SENT = (
    select(work_order.c.case_number, work_order.c.case_class)
    .where(work_order.c.hall == bindparam("of_hall"))
    .where(work_order.c.case_number.in_(bindparam("of_cases", expanding=True)))
    .order_by(*BY_ORDINAL)
)
