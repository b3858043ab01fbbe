"""Case rows, their work orders and steps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, func, insert, select, update

from hub.domain.case import Stage
from hub.domain.deadline import Due
from hub.domain.numbers import ticket_number
from hub.store.schema import case, lookup, person, print_outcome, step, ticket, work_order
from hub.store.sealing import Person, Sealer
from hub.wire.messages import CaseDetail, CaseLine, CaseProgress, Counts, Step

_due = msgspec.msgpack.Decoder(Due)


class OpenCase(msgspec.Struct, frozen=True):
    """What a move needs to know of a case."""

    number: str
    stage: Stage
    filed_at: dt.datetime
    due: Due
    department: str
    case_class: str
    owner: str
    confidential: bool
    policy_code: str
    policy_version: int


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
    row = tx.execute(select(case).where(case.c.hall == hall, case.c.number == number)).one_or_none()
    if row is None:
        return None
    return OpenCase(
        number=row.number,
        stage=row.stage,
        filed_at=row.filed_at,
        due=_due.decode(row.due),
        department=row.department,
        case_class=row.case_class,
        owner=row.owner,
        confidential=row.confidential,
        policy_code=row.policy_code,
        policy_version=row.policy_version,
    )


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
        select(work_order)
        .where(work_order.c.hall == hall, work_order.c.case_number == number)
        .order_by(work_order.c.sent_at)
    )
    return [_order(row) for row in rows]


def find_work_order(tx: Connection, hall: str, work_order_id: str) -> WorkOrder | None:
    row = tx.execute(
        select(work_order).where(work_order.c.hall == hall, work_order.c.work_order_id == work_order_id)
    ).one_or_none()
    return None if row is None else _order(row)


def save_work_order(tx: Connection, hall: str, work_order_id: str, **values: Any) -> None:
    tx.execute(
        update(work_order)
        .where(work_order.c.hall == hall, work_order.c.work_order_id == work_order_id)
        .values(**values)
    )


def lines(tx: Connection, hall: str, *, department: str = "", only_open: bool = True) -> list[CaseLine]:
    """Cases by due date; `department` keeps those it has a work order for."""
    wanted = _line_select(hall)
    if only_open:
        wanted = wanted.where(case.c.answered_at.is_(None))
    if department:
        wanted = wanted.where(case.c.department == department)
    return [_line(row) for row in tx.execute(wanted.order_by(case.c.due_date, case.c.number))]


class PublicLine(msgspec.Struct, frozen=True):
    """A case's line with the ticket it took."""

    line: CaseLine
    ticket_id: str


def line(tx: Connection, hall: str, number: str) -> PublicLine:
    row = tx.execute(_line_select(hall).where(case.c.number == number)).one()
    return PublicLine(_line(row), row.ticket_id)


def detail(tx: Connection, hall: str, sealer: Sealer, number: str) -> CaseDetail | None:
    """A case whole, opened with the data key."""
    row = tx.execute(_line_select(hall).where(case.c.number == number)).one_or_none()
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
        line=_line(row),
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
    )


def steps(tx: Connection, hall: str, sealer: Sealer, number: str) -> tuple[Step, ...]:
    """The timeline, oldest first; the text of the first is since when the citizen came."""
    rows = tx.execute(select(step).where(step.c.hall == hall, step.c.case_number == number).order_by(step.c.ordinal))
    return tuple(
        Step(
            at=row.at,
            move=row.move,
            department=row.department,
            who=row.staff,
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
    found = tx.execute(
        select(lookup.c.case_number).where(
            lookup.c.hall == hall, lookup.c.digest == digest, lookup.c.revoked_at.is_(None)
        )
    ).scalar_one_or_none()
    return found or ""


def public_cases(tx: Connection, hall: str, most: int) -> list[CaseProgress]:
    """The newest cases as the wall may show them."""
    rows = tx.execute(
        select(case.c.number, case.c.stage, case.c.filed_at, case.c.due_date, case.c.department)
        .where(case.c.hall == hall)
        .order_by(case.c.business_date.desc(), case.c.number.desc())
        .limit(most)
    ).all()
    return [
        CaseProgress(
            case_number=row.number,
            stage=row.stage,
            filed_at=row.filed_at,
            due_date=row.due_date,
            department=row.department,
        )
        for row in reversed(rows)
    ]


def progress(tx: Connection, hall: str, number: str) -> CaseProgress:
    row = tx.execute(
        select(case.c.stage, case.c.filed_at, case.c.due_date, case.c.department).where(
            case.c.hall == hall, case.c.number == number
        )
    ).one()
    return CaseProgress(
        case_number=number,
        stage=row.stage,
        filed_at=row.filed_at,
        due_date=row.due_date,
        department=row.department,
    )


def counts(tx: Connection, hall: str, day: dt.date) -> Counts:
    """Cases filed on that date and in its month, and how many of the month's are answered, in time."""
    in_month = (case.c.hall == hall, case.c.business_date.between(day.replace(day=1), day))
    answered = tx.execute(
        select(case.c.answered_at, case.c.due_date).where(*in_month, case.c.answered_at.is_not(None))
    ).all()
    return Counts(
        today=_count(tx, case.c.hall == hall, case.c.business_date == day),
        month=_count(tx, *in_month),
        answered_month=len(answered),
        on_time_month=sum(row.answered_at.date() <= row.due_date for row in answered),
    )


def _count(tx: Connection, *where: Any) -> int:
    return tx.execute(select(func.count()).select_from(case).where(*where)).scalar_one()


def _line_select(hall: str) -> Select[Any]:
    newest = (
        select(work_order.c.work_order_id)
        .where(work_order.c.hall == case.c.hall, work_order.c.case_number == case.c.number)
        .order_by(work_order.c.sent_at.desc())
        .limit(1)
        .scalar_subquery()
        .label("work_order_id")
    )
    joined = case.outerjoin(ticket, (ticket.c.hall == case.c.hall) & (ticket.c.ticket_id == case.c.ticket_id))
    return (
        select(case, newest, ticket.c.series, ticket.c.number.label("place"))
        .select_from(joined)
        .where(case.c.hall == hall)
    )


def _line(row: Row[Any]) -> CaseLine:
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
        owner=row.owner,
        work_order_id=row.work_order_id or "",
        ticket_number=ticket_number(row.series, row.place) if row.series else "",
        confidential=row.confidential,
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


def _print_state(tx: Connection, hall: str, number: str) -> Any:
    return tx.execute(
        select(print_outcome.c.state)
        .where(print_outcome.c.hall == hall, print_outcome.c.case_number == number)
        .order_by(print_outcome.c.at.desc())
        .limit(1)
    ).scalar_one_or_none()
