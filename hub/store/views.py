"""Cases as people see them: lines of a list, one case whole, progress for walls and phones, and the counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Join,
    Row,
    Select,
    Table,
    bindparam,
    func,
    literal_column,
    select,
)

from hub.domain.deadline import Due
from hub.domain.numbers import ticket_number
from hub.store import attachments, care, grievances, numbering, owed, policies
from hub.store.schema import case, lookup, person, print_outcome, staff, step, ticket, work_order
from hub.store.sealing import Person, Sealer
from hub.wire.messages import CaseDetail, CaseLine, CaseProgress, Owing, Step

_due = msgspec.msgpack.Decoder(Due)
LIST_AT_MOST = 300
"""Cases in one list: more than anybody works through, few enough that the hub's loop does not wait."""
NEWEST_FIRST = (func.length(work_order.c.work_order_id).desc(), work_order.c.work_order_id.desc())


def lines(
    tx: Connection, hall: str, *, department: str = "", only_open: bool = True, hidden: Select[Any]
) -> list[CaseLine]:
    """Cases by due date, the most urgent `LIST_AT_MOST`; `department` keeps those it has a work order for.

    None of the numbers `hidden` from who asks.

    With the closed ones too it is the newest that are listed: the oldest are long answered.
    """
    chosen = select(case.c.number).where(case.c.hall == hall, case.c.number.not_in(hidden)).limit(LIST_AT_MOST)
    if department:  # the second condition is what the partial indexes of departments begin with
        chosen = chosen.where(case.c.department == department, case.c.department != literal_column("''"))
    if only_open:
        chosen = chosen.where(case.c.answered_at.is_(None)).order_by(case.c.due_date, case.c.number)
    else:
        chosen = chosen.order_by(case.c.business_date.desc(), case.c.number.desc())
    whole = _LINES.where(case.c.number.in_(chosen)).order_by(case.c.due_date, case.c.number)
    owing = owed.of_cases(tx, hall, chosen)
    return [_line(row, owing) for row in tx.execute(whole, {"of_hall": hall})]


class PublicLine(msgspec.Struct, frozen=True):
    """A case's line with the ticket it took and the language it was filed in."""

    line: CaseLine
    ticket_id: str
    language: str


def line(tx: Connection, hall: str, number: str) -> PublicLine:
    row = tx.execute(_ONE_LINE, {"of_hall": hall, "of_case": number}).one()
    return PublicLine(_line(row, {}), row.ticket_id, row.language)


def detail(tx: Connection, hall: str, sealer: Sealer, number: str) -> CaseDetail | None:
    """A case whole, opened with the data key."""
    row = tx.execute(_ONE_LINE, {"of_hall": hall, "of_case": number}).one_or_none()
    if row is None:
        return None
    told = open_person(tx, hall, sealer, number)
    all_steps = steps(tx, hall, sealer, number)
    note = ""
    if row.work_order_id:
        sealed = tx.execute(
            select(work_order.c.sealed_note).where(
                work_order.c.hall == hall, work_order.c.work_order_id == row.work_order_id
            )
        ).scalar_one()
        note = sealer.open_text(sealed, f"work_order/{row.work_order_id}")
    return CaseDetail(
        line=_line(row, owed.of_cases(tx, hall, [number])),
        text=told.text,
        name=told.name,
        phone=told.phone,
        since=all_steps[0].text,
        channel=row.channel,
        language=row.language,
        scope=row.scope,
        note=note,
        steps=all_steps,
        print_state=_print_state(tx, hall, number),
        printed_at=numbering.printed_at(tx, hall, row.command_id),
        void_numbers=numbering.voids_about(tx, hall, number, row.ticket_id),
        attachments=attachments.views(tx, hall, sealer, number),
        records=care.records(tx, hall, sealer, number),
        grievance=grievances.view(tx, hall, sealer, number) if row.kind == "grievance" else None,
    )


def steps(tx: Connection, hall: str, sealer: Sealer, number: str) -> tuple[Step, ...]:
    """The timeline, oldest first; the text of the first is since when the citizen came."""
    rows = tx.execute(_STEPS, {"of_hall": hall, "of_case": number})
    return tuple(
        Step(
            at=row.at,
            move=row.move,
            department=row.department,
            who=row.staff_name,
            text=sealer.open_text(row.sealed, f"step/{number}/{row.ordinal}"),
        )
        for row in rows
    )


def open_person(tx: Connection, hall: str, sealer: Sealer, number: str) -> Person:
    sealed = tx.execute(
        select(person.c.sealed).where(person.c.hall == hall, person.c.case_number == number)
    ).scalar_one()
    return sealer.open_person(sealed, number)


def by_secret(tx: Connection, hall: str, digest: bytes) -> str:
    """The case number that a look-up secret's fingerprint opens; empty when it is unknown or revoked."""
    found = tx.execute(_BY_SECRET, {"of_hall": hall, "of_digest": digest}).scalar_one_or_none()
    return found or ""


def public_cases(tx: Connection, hall: str, most: int) -> list[CaseProgress]:
    """The newest cases as the wall may show them."""
    of_walls = _public(hall).where(case.c.kind == "matter")
    newest = of_walls.order_by(case.c.business_date.desc(), case.c.number.desc()).limit(most)
    promising = policies.promising(tx, hall)
    return [_progress(row, promising) for row in reversed(tx.execute(newest).all())]


def progress(tx: Connection, hall: str, number: str) -> CaseProgress:
    """A case as the wall may show it; of a 投诉 also who is not told of it."""
    row = tx.execute(_public(hall).where(case.c.number == number)).one()
    shown = _progress(row, policies.promising(tx, hall))
    if row.kind == "matter":
        return shown
    return msgspec.structs.replace(shown, respondent=grievances.respondent(tx, hall, number))


def _public(hall: str) -> Select[Any]:
    return select(
        case.c.number,
        case.c.kind,
        case.c.stage,
        case.c.filed_at,
        case.c.due_date,
        case.c.department,
        case.c.confidential,
        case.c.paused_at,
        case.c.policy_code,
        case.c.policy_version,
    ).where(case.c.hall == hall)


def _progress(row: Row[Any], promising: frozenset[tuple[str, int]]) -> CaseProgress:
    """Who asked for secrecy is not told apart by where their case went (R13)."""
    promised = (row.policy_code, row.policy_version) in promising
    return CaseProgress(
        case_number=row.number,
        stage=row.stage,
        filed_at=row.filed_at,
        due_date=row.due_date if promised and row.paused_at is None else None,
        department="" if row.confidential else row.department,
    )


class OverdueCase(msgspec.Struct, frozen=True):
    """An open case whose due date has passed."""

    case_number: str
    due_date: dt.date
    department: str


def overdue(tx: Connection, hall: str, today: dt.date) -> list[OverdueCase]:
    """Open cases whose clock counts and whose due date has passed, the longest first, at most `LIST_AT_MOST`."""
    rows = tx.execute(_OVERDUE, {"of_hall": hall, "today": today})
    return [OverdueCase(*row) for row in rows]


def _with_staff(table: Table, code: Column[str]) -> Join:
    return table.outerjoin(staff, (staff.c.hall == table.c.hall) & (staff.c.staff == code))


def _name_of(code: Column[str]) -> ColumnElement[str]:
    """The name that colleagues know; the code of somebody who has left."""
    return func.coalesce(staff.c.name, code).label("staff_name")


def _line(row: Row[Any], owing: Mapping[str, tuple[Owing, ...]]) -> CaseLine:
    return CaseLine(
        case_number=row.number,
        stage=row.stage,
        matter=row.matter,
        reasons=tuple(row.reasons.split(",")) if row.reasons else (),
        visits=row.visits,
        filed_at=row.filed_at,
        due=_due.decode(row.due),
        department=row.department,
        case_class=row.case_class,
        owner=row.staff_name,
        work_order_id=row.work_order_id or "",
        ticket_number=ticket_number(row.series, row.place) if row.series else "",
        confidential=row.confidential,
        kind=row.kind,
        owed=owing.get(row.number, ()),
    )


def _print_state(tx: Connection, hall: str, number: str) -> Any:
    return tx.execute(
        select(print_outcome.c.state)
        .where(print_outcome.c.hall == hall, print_outcome.c.case_number == number)
        .order_by(print_outcome.c.ordinal.desc())
        .limit(1)
    ).scalar_one_or_none()


# --- statements that every look-up and list runs, built once: building them took longer than carrying them out

_NEWEST_ORDER = (
    select(work_order.c.work_order_id)
    .where(work_order.c.hall == case.c.hall, work_order.c.case_number == case.c.number)
    .order_by(*NEWEST_FIRST)
    .limit(1)
    .scalar_subquery()
    .label("work_order_id")
)
_LINES = (
    select(case, _NEWEST_ORDER, ticket.c.series, ticket.c.number.label("place"), _name_of(case.c.owner))
    .select_from(
        _with_staff(case, case.c.owner).outerjoin(
            ticket, (ticket.c.hall == case.c.hall) & (ticket.c.ticket_id == case.c.ticket_id)
        )
    )
    .where(case.c.hall == bindparam("of_hall"))
)
_ONE_LINE = _LINES.where(case.c.number == bindparam("of_case"))
_STEPS = (
    select(step, _name_of(step.c.staff))
    .select_from(_with_staff(step, step.c.staff))
    .where(step.c.hall == bindparam("of_hall"), step.c.case_number == bindparam("of_case"))
    .order_by(step.c.ordinal)
)
_BY_SECRET = select(lookup.c.case_number).where(
    lookup.c.hall == bindparam("of_hall"),
    lookup.c.digest == bindparam("of_digest"),
    lookup.c.revoked_at.is_(None),
)
_OVERDUE = (
    select(case.c.number, case.c.due_date, case.c.department)
    .where(case.c.hall == bindparam("of_hall"), case.c.answered_at.is_(None), case.c.due_date < bindparam("today"))
    .where(case.c.paused_at.is_(None))
    .order_by(case.c.due_date, case.c.number)
    .limit(LIST_AT_MOST)
)
