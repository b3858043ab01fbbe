"""What is past its time, and its end: words go for good, and that it was, when, and how it ended stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, delete, exists, func, not_, select, update

from hub.domain.policy.oversight import Kept
from hub.store import care, requests
from hub.store.erasing import overwritten
from hub.store.schema import appointment, attachment, case, chunk, record, refusal, request, step, suggestion
from hub.store.sealing import Sealer


class Closed(msgspec.Struct, frozen=True):
    """Something kept that is closed: since which moment or, of an appointment, with which day; `papers` are with it."""

    number: str
    at: dt.datetime | dt.date
    papers: bool = False

    def day(self, zone: dt.tzinfo) -> dt.date:
        return self.at.astimezone(zone).date() if isinstance(self.at, dt.datetime) else self.at


_HAS_REFUSAL = exists().where(refusal.c.hall == case.c.hall, refusal.c.case_number == case.c.number)
_HAS_PAPERS = exists().where(attachment.c.hall == case.c.hall, attachment.c.case_number == case.c.number)
_HAS_WORDS = exists().where(step.c.hall == case.c.hall, step.c.case_number == case.c.number, step.c.sealed.is_not(None))
"""Every closed case was answered in words: one without any has ended."""
_OF: dict[Kept, tuple[ColumnElement[bool], ...]] = {
    "case": (case.c.kind == "matter", not_(_HAS_REFUSAL), _HAS_WORDS),
    "complaint": (case.c.kind == "grievance", _HAS_WORDS),
    "refusal": (case.c.kind == "matter", _HAS_REFUSAL, _HAS_WORDS),
    "attachment": (_HAS_PAPERS,),
}
_ASKED = request.c.case_number == "", request.c.state.in_(("done", "refused")), request.c.sealed.is_not(None)
"""Of a case they end with it; what nobody has answered is not over."""
_OTHERS: dict[Kept, tuple[Column[str], ColumnElement[Any], tuple[ColumnElement[bool], ...]]] = {
    "suggestion": (
        *(suggestion.c.number, suggestion.c.handled_at),
        (suggestion.c.state == "handled", suggestion.c.erased_at.is_(None)),
    ),
    "visit": (
        request.c.number,
        func.coalesce(request.c.done_at, request.c.answered_at),
        (request.c.kind == "visit", *_ASKED),
    ),
    "pre_review": (request.c.number, request.c.answered_at, (request.c.kind == "pre_review", *_ASKED)),
    "appointment": (appointment.c.appointment_id, appointment.c.date, (appointment.c.sealed.is_not(None),)),
}
"""Number, since when it is closed, and what is still kept of it."""


def closed(db: Connection, hall: str, category: Kept) -> Iterator[Closed]:
    """What is closed and still kept in a category, the longest closed first; of `audit` nothing, for it never ends."""
    if category != "audit":
        yield from (Closed(*row) for row in db.execute(_kept(hall, category).order_by("at", "number")))


def find(db: Connection, hall: str, category: Kept, number: str) -> Closed | None:
    """One of them, as it is now; None where it is not closed, not of that category, or has ended."""
    row = db.execute(_kept(hall, category, number)).one_or_none()
    return Closed(*row) if row is not None else None


def _kept(hall: str, category: Kept, number: str | None = None) -> Select[Any]:
    """Number, time of closing, and of a case whether papers are with it; of one `number` it reads nothing else."""
    if category in _OF:
        return _cases(hall, category, number)
    of, at, still = _OTHERS[category]
    one = () if number is None else (of == number,)
    return select(of.label("number"), at.label("at")).where(of.table.c.hall == hall, *still, *one)


def _cases(hall: str, category: Kept, number: str | None) -> Select[Any]:
    """Nothing comes after the archive, so that its step says that a case is closed, and since when."""
    one = () if number is None else (step.c.case_number == number,)
    archived = (
        select(step.c.case_number, func.max(step.c.at).label("at"))
        .where(step.c.hall == hall, step.c.move == "archive", *one)
        .group_by(step.c.case_number)
        .subquery()
    )
    return (
        select(case.c.number.label("number"), archived.c.at.label("at"), _HAS_PAPERS.label("papers"))
        .join(archived, archived.c.case_number == case.c.number)
        .where(case.c.hall == hall, *_OF[category])
    )


def left_open(db: Connection, hall: str, filed_before: dt.date) -> int:
    """How many cases filed before a day were never archived: no time runs for them."""
    found = select(func.count()).where(
        case.c.hall == hall, case.c.business_date < filed_before, case.c.stage != "archived"
    )
    return int(db.execute(found.select_from(case)).scalar_one())


def end_papers(tx: Connection, hall: str, number: str) -> int:
    """One chunk of the papers that were handed in is gone, and with the last one they are; how many are left.

    From the first on nobody is shown any of them, nor their names. Overwriting a chunk takes as long as keeping it did,
    and a case may have eight hundred: nobody is to wait behind all of them.
    """
    of_case = (attachment.c.hall == hall, attachment.c.case_number == number)
    papers = select(attachment.c.attachment_id).where(*of_case)
    theirs = (chunk.c.hall == hall, chunk.c.attachment_id.in_(papers))
    places = select(chunk.c.attachment_id, chunk.c.ordinal).where(*theirs)
    kept = tx.execute(places.order_by(chunk.c.attachment_id, chunk.c.ordinal)).all()
    with overwritten(tx):
        for one in kept[:1]:
            of_piece = (chunk.c.attachment_id == one.attachment_id, chunk.c.ordinal == one.ordinal)
            tx.execute(delete(chunk).where(chunk.c.hall == hall, *of_piece))
        if kept[1:]:
            tx.execute(update(attachment).where(*of_case).values(finished_at=None, sealed=None))
        else:
            tx.execute(delete(attachment).where(*of_case))
    return len(kept[1:])


def end_case(tx: Connection, hall: str, sealer: Sealer, number: str, at: dt.datetime) -> None:
    """Nobody's words are left, citizen's or staff's; dates, stages, departments and ratings are, for figures of old."""
    with overwritten(tx):
        tx.execute(update(step).where(step.c.hall == hall, step.c.case_number == number).values(sealed=None))
        tx.execute(delete(record).where(record.c.hall == hall, record.c.case_number == number))
        tx.execute(update(refusal).where(refusal.c.hall == hall, refusal.c.case_number == number).values(basis=""))
    care.erase(tx, hall, sealer, number, at)
    requests.erase(tx, hall, number)


def end_request(tx: Connection, hall: str, number: str) -> None:
    """Nobody can be found by it any more: who asked, where they are, and what was said are gone."""
    with overwritten(tx):
        of_request = (request.c.hall == hall, request.c.number == number)
        tx.execute(update(request).where(*of_request).values(sealed=None, sealed_answer=None))


def end_appointment(tx: Connection, hall: str, appointment_id: str) -> None:
    """Why it was agreed on goes; time, service and what became of it stay."""
    with overwritten(tx):
        of_appointment = (appointment.c.hall == hall, appointment.c.appointment_id == appointment_id)
        tx.execute(update(appointment).where(*of_appointment).values(sealed=None))
