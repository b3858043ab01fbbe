"""The turn of the business date: yesterday's queue is closed, today's begins at 001."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

from hub.service.books import Asked, Books, Decision, Draft
from hub.store import additions, feed, tickets
from hub.store.transaction import Transaction
from hub.wire import messages as m


@dataclass(frozen=True)
class TurnDay:
    """The hall's clock has reached a new date; made by the hub itself."""

    date: dt.date


def turn(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: TurnDay) -> Decision:
    """Withdraws what nobody called, ends what nobody finished, and counts the month anew. Cases stay open.

    A date that is not later changes nothing: a clock set back must not give a day's numbers a second time.
    """
    if wanted.date <= books.business_date:
        return Decision(m.Done(), subject=f"{wanted.date}")
    for left in tickets.unended(tx, books.hall.code, books.business_date, wanted.date):
        state = "done" if left.state in ("called", "serving", "recalled") else "withdrawn"
        tickets.save(tx, books.hall.code, msgspec.structs.replace(left, state=state, ended_at=asked.at))
    feed.save_day(tx, books.hall.code, wanted.date)
    draft.counters |= additions.counters(tx, books.hall.code, wanted.date)  # a restore lets a day begin further on
    same_month = wanted.date.replace(day=1) == books.business_date.replace(day=1)
    draft.counts = msgspec.structs.replace(draft.counts, today=0) if same_month else m.Counts()
    return Decision(m.Done(), [m.DayTurned(business_date=wanted.date, counts=draft.counts)], f"{wanted.date}")
