"""Rows of checklists and records, and the erasing of a person."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy import Connection, delete, func, insert, or_, select, update

from hub.domain.care import RecordKind
from hub.store import delegates, facts
from hub.store.erasing import overwritten
from hub.store.schema import attachment, checklist, chunk, grievance, lookup, person, record, staff, step, work_order
from hub.store.sealing import Person, Sealer
from hub.wire.messages import CaseRecord, Checklist

CITIZEN_SPEAKS = ("rate", "send_back", "follow_up")
"""Steps whose text is what the citizen said."""
FORGOTTEN = "＊＊＊"
"""Stands where the citizen was named."""
_checklist = msgspec.msgpack.Decoder(Checklist)
_told = msgspec.msgpack.Decoder(tuple[tuple[str, ...], str])


def newest(tx: Connection, hall: str, matter: str) -> Checklist | None:
    """The newest version of a matter's checklist."""
    found = select(checklist.c.body).where(checklist.c.hall == hall, checklist.c.matter == matter)
    body = tx.execute(found.order_by(checklist.c.version.desc()).limit(1)).scalar_one_or_none()
    return None if body is None else _checklist.decode(body)


def version(tx: Connection, hall: str, matter: str, number: int) -> Checklist:
    """A version that somebody was told: it stays as it was."""
    of = (checklist.c.hall == hall, checklist.c.matter == matter, checklist.c.version == number)
    return _checklist.decode(tx.execute(select(checklist.c.body).where(*of)).scalar_one())


def publish(tx: Connection, hall: str, published: Checklist, by: str, at: dt.datetime) -> None:
    tx.execute(
        insert(checklist).values(
            hall=hall,
            matter=published.matter,
            version=published.version,
            body=msgspec.msgpack.encode(published),
            published_at=at,
            published_by=by,
        )
    )


def add_record(
    tx: Connection,
    hall: str,
    sealer: Sealer,
    number: str,
    *,
    kind: RecordKind,
    at: dt.datetime,
    staff: str,
    items: tuple[str, ...] = (),
    detail: str = "",
    version: int = 0,
) -> None:
    of_case = (record.c.hall == hall, record.c.case_number == number)
    ordinal = tx.execute(select(func.count()).select_from(record).where(*of_case)).scalar_one()
    tx.execute(
        insert(record).values(
            hall=hall,
            case_number=number,
            ordinal=ordinal,
            kind=kind,
            at=at,
            staff=staff,
            version=version,
            sealed=sealer.seal(msgspec.msgpack.encode((items, detail)), f"record/{number}/{ordinal}"),
        )
    )


def records(tx: Connection, hall: str, sealer: Sealer, number: str) -> tuple[CaseRecord, ...]:
    """What was done around a case, oldest first; `who` is the name that colleagues know."""
    of_staff = (staff.c.hall == record.c.hall) & (staff.c.staff == record.c.staff)
    rows = tx.execute(
        select(record, func.coalesce(staff.c.name, record.c.staff).label("who"))
        .select_from(record.outerjoin(staff, of_staff))
        .where(record.c.hall == hall, record.c.case_number == number)
        .order_by(record.c.ordinal)
    )
    found = []
    for row in rows:
        items, detail = _told.decode(sealer.open(row.sealed, f"record/{number}/{row.ordinal}"))
        found.append(CaseRecord(kind=row.kind, at=row.at, who=row.who, items=items, detail=detail, version=row.version))
    return tuple(found)


def reseal(tx: Connection, hall: str, sealer: Sealer, before: str, after: str) -> None:
    """After a case was put under another number: its records are bound to that one."""
    of_case = (record.c.hall == hall, record.c.case_number == after)
    for row in tx.execute(select(record.c.ordinal, record.c.sealed).where(*of_case)).all():
        plain = sealer.open(row.sealed, f"record/{before}/{row.ordinal}")
        sealed = sealer.seal(plain, f"record/{after}/{row.ordinal}")
        tx.execute(update(record).where(*of_case, record.c.ordinal == row.ordinal).values(sealed=sealed))


def erase(tx: Connection, hall: str, sealer: Sealer, number: str, at: dt.datetime) -> None:
    """Overwrites what a citizen told of themselves, and deletes their papers and keys; what staff did stays."""
    with overwritten(tx):
        _erase(tx, hall, sealer, number, at)


def _erase(tx: Connection, hall: str, sealer: Sealer, number: str, at: dt.datetime) -> None:
    papers = select(attachment.c.attachment_id).where(attachment.c.hall == hall, attachment.c.case_number == number)
    tx.execute(delete(chunk).where(chunk.c.hall == hall, chunk.c.attachment_id.in_(papers)))
    tx.execute(delete(attachment).where(attachment.c.hall == hall, attachment.c.case_number == number))
    facts.erase(tx, hall, sealer, number)
    told = _names(tx, hall, sealer, number)
    delegates.erase_notes(tx, hall, sealer, (number, *told))
    nobody = sealer.seal_person(Person(name="", phone="", text=""), number)
    for table, values in (
        (person, {"sealed": nobody}),
        (grievance, {"sealed": None}),
        (work_order, {"sealed_note": None}),
    ):
        tx.execute(update(table).where(table.c.hall == hall, table.c.case_number == number).values(**values))
    _forget_in_words(tx, hall, sealer, number, told)
    of_citizen = or_(step.c.ordinal == 0, step.c.move.in_(CITIZEN_SPEAKS))
    tx.execute(update(step).where(step.c.hall == hall, step.c.case_number == number, of_citizen).values(sealed=None))
    tx.execute(update(lookup).where(lookup.c.hall == hall, lookup.c.case_number == number).values(revoked_at=at))


def _names(tx: Connection, hall: str, sealer: Sealer, number: str) -> tuple[str, ...]:
    """By what somebody may have named the citizen: their name and telephone."""
    row = tx.execute(select(person.c.sealed).where(person.c.hall == hall, person.c.case_number == number)).one()
    known = sealer.open_person(row.sealed, number)
    return tuple(word for word in (known.name.strip(), known.phone.strip()) if word)


def _forget_in_words(tx: Connection, hall: str, sealer: Sealer, number: str, names: tuple[str, ...]) -> None:
    """Takes the citizen's name and telephone out of what staff wrote in the timeline and the records of their case."""
    of_steps = (step.c.hall == hall, step.c.case_number == number)
    kept = select(step.c.ordinal, step.c.sealed).where(*of_steps, step.c.sealed.is_not(None))
    for row in tx.execute(kept).all():
        place = f"step/{number}/{row.ordinal}"
        sealed = sealer.seal_text(_without(sealer.open_text(row.sealed, place), names), place)
        tx.execute(update(step).where(*of_steps, step.c.ordinal == row.ordinal).values(sealed=sealed))
    of_records = (record.c.hall == hall, record.c.case_number == number)
    for row in tx.execute(select(record.c.ordinal, record.c.sealed).where(*of_records)).all():
        place = f"record/{number}/{row.ordinal}"
        items, detail = _told.decode(sealer.open(row.sealed, place))
        said = (tuple(_without(one, names) for one in items), _without(detail, names))
        sealed = sealer.seal(msgspec.msgpack.encode(said), place)
        tx.execute(update(record).where(*of_records, record.c.ordinal == row.ordinal).values(sealed=sealed))


def _without(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        text = text.replace(name, FORGOTTEN)
    return text
