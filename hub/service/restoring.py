"""After a restore: no number is given twice, although the hub no longer knows which it gave.

The backup is older than what citizens hold in their hands. Counters therefore begin a margin further, and every
terminal that comes back with a picture of the ended epoch says the highest numbers in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from hub.domain.requests import SERIES
from hub.errors import Refused
from hub.service import notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import additions, notices as stored, restoring
from hub.store.transaction import Transaction
from hub.wire import messages as m

MARGIN = 1000
"""More numbers than a series is given between a backup and its restore; a hall with a busier day skips as many."""
NUMBERS_AT_MOST = 100_000
"""No series gets so far on one day: what a terminal says beyond it is a mistake."""


@dataclass(frozen=True)
class Restored:
    """A backup became the hall's database; made by `bancheng restore`, never sent by a terminal.

    `given` are the last numbers by the database that it replaced, as far as that could be read; `times` counts the
    restores there were, this one included: another one from the same backup must skip what the one before gave.
    """

    taken_at: dt.datetime
    given: Mapping[tuple[dt.date, str], int]
    times: int = 1


def restored(tx: Transaction, books: Books, draft: Draft, asked: Asked, done: Restored) -> Decision:
    """Ends all logins, jumps with numbers and notice ids, and tells supervisors which span may be missing."""
    code = books.hall.code
    restoring.end_logins(tx, code)
    skip = max(MARGIN, restoring.busiest(tx, code)) * done.times
    days = {books.business_date, books.date_of(asked.at)}
    known = restoring.last_numbers(tx, code, since=min(days))
    keys = {(day, series) for day in days for series in _series(books)} | {
        key for key in done.given if key[0] >= min(days)
    }
    additions.save_counters(tx, code, {key: max(known.get(key, 0), done.given.get(key, 0)) + skip for key in keys})
    draft.next_notice += skip
    row, event = notices.raised(
        draft,
        asked.at,
        kind="restored",
        roles=("supervisor",),
        subject=_local(books, done.taken_at),
        detail=_local(books, asked.at),
    )
    stored.add(tx, code, [row])
    return Decision(m.Done(), [event], subject=f"backup-{done.taken_at:%Y%m%dT%H%M%SZ}")


def report_numbers(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReportNumbers) -> Decision:
    """Raises counters to what a terminal has seen in an epoch that a restore ended; refuses `bad_numbers`.

    Numbers of days that are over, and of series that are none of the hub's, are nothing to it.
    """
    done = Decision(m.Done(), subject=asked.actor.terminal.name)
    if told.epoch == books.picture.epoch:
        return done
    if any(not 0 < one.number <= NUMBERS_AT_MOST for one in told.seen):
        raise Refused("bad_numbers", f"a number is 1 to {NUMBERS_AT_MOST}; no series gets further on one day")
    own = _series(books)
    known = restoring.last_numbers(tx, books.hall.code, since=books.business_date) | draft.counters
    higher = {
        (one.business_date, one.series): one.number
        for one in sorted(told.seen, key=lambda one: one.number)
        if one.series in own
        and one.business_date >= books.business_date
        and one.number > known.get((one.business_date, one.series), 0)
    }
    additions.save_counters(tx, books.hall.code, higher)
    draft.counters |= higher
    return done


def _series(books: Books) -> set[str]:
    """The series whose numbers the hub itself gives."""
    return {"case", *SERIES.values(), *(service.letter for service in books.hall.services)}


def _local(books: Books, at: dt.datetime) -> str:
    return f"{at.astimezone(books.zone):%Y-%m-%d %H:%M}"
