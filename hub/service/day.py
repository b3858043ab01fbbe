"""The turn of the business date, and what the hub notices about its clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec
import structlog

from hub.domain.ticket import AT_WINDOW
from hub.service import notices, queue
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import additions, attachments, feed, notices as stored, ticket_steps, tickets, wall_counts
from hub.store.ticket_steps import Why
from hub.store.transaction import Transaction
from hub.wire import messages as m

log = structlog.get_logger()

AT_DAY_END = Why(because="day_end")
UNFINISHED = dt.timedelta(days=1)
"""How long an upload that does not go on is kept."""


@dataclass(frozen=True)
class TurnDay:
    """The hall's clock has reached a new date; made by the hub itself."""

    date: dt.date


def turn(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: TurnDay) -> Decision:
    """Closes the line or keeps it, as the policy says, and counts the month anew, with what is overdue from that date
    on. Cases stay open; uploads that were left unfinished for a day go.

    Closed: who was not called is withdrawn, who was not finished is done. Kept: all stand where they stood, under their
    own date's ids, and who did not come is gone. Each has a step that says so. A date that is not later changes
    nothing: a clock set back must not give a day's numbers a second time.
    """
    if wanted.date <= books.business_date:
        return Decision(m.Done(), subject=f"{wanted.date}")
    code = books.hall.code
    kept: list[str] = []
    no_longer: list[m.Event] = []
    left = tickets.unended(tx, code, books.business_date, wanted.date)
    if books.policy.queue.at_day_end.value == "keep":
        kept = [one.ticket_id for one in left]
        tickets.keep(tx, code, books.business_date, wanted.date)
        for one in left:
            ticket_steps.lay_down(tx, code, books.sealer, one, "keep", asked.at, asked.actor.staff, AT_DAY_END)
    else:
        for one in left:
            queue.moved(tx, books, asked, one, "finish" if one.state in AT_WINDOW else "withdraw", AT_DAY_END)
            no_longer += queue.no_longer_asked(tx, books, asked, one.ticket_id)
    if cleared := attachments.clear(tx, code, asked.at - UNFINISHED):
        log.info("uploads.cleared", uploads=cleared)
    feed.save_day(tx, code, wanted.date)
    draft.counters |= additions.counters(tx, code, wanted.date)  # a restore lets a day begin further on
    same_month = wanted.date.replace(day=1) == books.business_date.replace(day=1)
    carried = draft.counts if same_month else m.Counts()
    overdue = wall_counts.past_due(tx, code, wanted.date, books.zone)
    draft.counts = msgspec.structs.replace(carried, today=0, overdue=overdue)
    turned = m.DayTurned(business_date=wanted.date, counts=draft.counts, kept=tuple(kept))
    return Decision(m.Done(), [turned, *no_longer], f"{wanted.date}")


@dataclass(frozen=True)
class ClockJumped:
    """The computer's clock was set, by so many seconds; made by the hub itself."""

    seconds: float


def clock_jumped(tx: Transaction, books: Books, draft: Draft, asked: Asked, jumped: ClockJumped) -> Decision:
    """Tells supervisors: only a person can say which time is right."""
    detail = f"{jumped.seconds:+.0f} s"
    row, event = notices.raised(
        draft, asked.at, kind="clock_jumped", roles=("supervisor",), subject="hub", detail=detail
    )
    stored.add(tx, books.hall.code, [row])
    return Decision(m.Done(), [event], f"clock {detail}")
