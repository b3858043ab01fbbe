"""What is past its time, and its end: words go for good, and that it was, when, and how it ended stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, exists, func, not_, select, update

from hub.domain.policy.oversight import Kept
from hub.store import care, requests
from hub.store.erasing import overwritten
from hub.store.schema import attachment, case, chunk, record, refusal, step, suggestion
from hub.store.sealing import Sealer


class Closed(msgspec.Struct, frozen=True):
    """Something kept that is closed: since when, and whether papers are with it."""

    number: str
    at: dt.datetime
    papers: bool = False


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


def closed(db: Connection, hall: str, category: Kept) -> Iterator[Closed]:
    """What is closed and still kept in a category, the longest closed first; of `audit` nothing, for it never ends."""
    if category in _OF:
        archived = (
            select(step.c.case_number, func.max(step.c.at).label("at"))
            .where(step.c.hall == hall, step.c.move == "archive")
            .group_by(step.c.case_number)
            .subquery()
        )
        of_cases = (
            select(case.c.number, archived.c.at, _HAS_PAPERS.label("papers"))
            .join(archived, archived.c.case_number == case.c.number)
            .where(case.c.hall == hall, case.c.stage == "archived", *_OF[category])
            .order_by(archived.c.at, case.c.number)
        )
        yield from (_closed(row) for row in db.execute(of_cases))
    elif category == "suggestion":
        handled = (
            select(suggestion.c.number, suggestion.c.handled_at)
            .where(suggestion.c.hall == hall, suggestion.c.state == "handled", suggestion.c.erased_at.is_(None))
            .order_by(suggestion.c.handled_at, suggestion.c.number)
        )
        yield from (_closed(row) for row in db.execute(handled))


def find(db: Connection, hall: str, category: Kept, number: str) -> Closed | None:
    """One of them, as it is now; None where it is not closed, not of that category, or has ended."""
    if category in _OF:
        at = select(func.max(step.c.at)).where(
            step.c.hall == hall, step.c.case_number == number, step.c.move == "archive"
        )
        still = select(case.c.number, at.scalar_subquery().label("at"), _HAS_PAPERS.label("papers")).where(
            case.c.hall == hall, case.c.number == number, case.c.stage == "archived", *_OF[category]
        )
        row = db.execute(still).one_or_none()
        return _closed(row) if row is not None else None
    return next((one for one in closed(db, hall, category) if one.number == number), None)


def left_open(db: Connection, hall: str, filed_before: dt.date) -> int:
    """How many cases filed before a day were never archived: no time runs for them."""
    found = select(func.count()).where(
        case.c.hall == hall, case.c.business_date < filed_before, case.c.stage != "archived"
    )
    return int(db.execute(found.select_from(case)).scalar_one())


def end_papers(tx: Connection, hall: str, number: str) -> None:
    """The papers that were handed in are gone, their names too."""
    papers = select(attachment.c.attachment_id).where(attachment.c.hall == hall, attachment.c.case_number == number)
    with overwritten(tx):
        tx.execute(delete(chunk).where(chunk.c.hall == hall, chunk.c.attachment_id.in_(papers)))
        tx.execute(delete(attachment).where(attachment.c.hall == hall, attachment.c.case_number == number))


def end_case(tx: Connection, hall: str, sealer: Sealer, number: str, at: dt.datetime) -> None:
    """Nobody's words are left, citizen's or staff's; dates, stages, departments and ratings are, for figures of old."""
    with overwritten(tx):
        tx.execute(update(step).where(step.c.hall == hall, step.c.case_number == number).values(sealed=None))
        tx.execute(delete(record).where(record.c.hall == hall, record.c.case_number == number))
        tx.execute(update(refusal).where(refusal.c.hall == hall, refusal.c.case_number == number).values(basis=""))
    care.erase(tx, hall, sealer, number, at)
    requests.erase(tx, hall, number)


def _closed(row: Any) -> Closed:
    return Closed(*row)
