"""Ratings, and what the timeline says about the time after the answer."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy import Connection, func, insert, select

from hub.domain.policy import Policy
from hub.store import grievances
from hub.store.schema import case, rating, step

LETTERS = frozenset({"mail", "box"})
"""Channels on which the citizen cannot but write."""


class Rated(msgspec.Struct, frozen=True):
    """One rating of a case."""

    at: dt.datetime
    level: str
    sent_back: bool


def add_rating(
    tx: Connection, hall: str, number: str, *, at: dt.datetime, level: str, staff: str, sent_back: bool
) -> None:
    ordinal = len(ratings(tx, hall, number))
    tx.execute(
        insert(rating).values(
            hall=hall, case_number=number, ordinal=ordinal, at=at, level=level, staff=staff, sent_back=sent_back
        )
    )


def ratings(tx: Connection, hall: str, number: str) -> list[Rated]:
    """All ratings of a case, oldest first."""
    rows = tx.execute(
        select(rating.c.at, rating.c.level, rating.c.sent_back)
        .where(rating.c.hall == hall, rating.c.case_number == number)
        .order_by(rating.c.ordinal)
    )
    return [Rated(*row) for row in rows]


def clock_began(tx: Connection, hall: str, number: str, filed_at: dt.datetime, policy: Policy) -> dt.datetime:
    """When the case's time began: when it was filed, or anew when a bad rating last sent it back (R33)."""
    sent_back = [one.at for one in ratings(tx, hall, number) if one.sent_back]
    return sent_back[-1] if sent_back and policy.clock.rework_starts_anew.value else filed_at


def answered_at(tx: Connection, hall: str, number: str) -> dt.datetime | None:
    """When the newest answer was given; None while the case is open."""
    row = tx.execute(select(case.c.answered_at).where(case.c.hall == hall, case.c.number == number)).one()
    return msgspec.convert(row.answered_at, dt.datetime | None)


def came_in_writing(tx: Connection, hall: str, number: str) -> bool:
    """Whether the citizen wrote: a letter, or a 投诉 that was put in writing (R12)."""
    row = tx.execute(select(case.c.channel).where(case.c.hall == hall, case.c.number == number)).one()
    about = grievances.find(tx, hall, number)
    return row.channel in LETTERS or (about is not None and about.written_at is not None)


def newest_step(tx: Connection, hall: str, number: str, move: str) -> dt.datetime | None:
    """When a move was last made."""
    row = tx.execute(
        select(func.max(step.c.at).label("at")).where(
            step.c.hall == hall, step.c.case_number == number, step.c.move == move
        )
    ).one()
    return msgspec.convert(row.at, dt.datetime | None)
