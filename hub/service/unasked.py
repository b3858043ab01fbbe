"""What the hub does by itself: the turn of the day, the end of logins that nobody uses, a word about its clock."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping

import structlog

from hub.domain.hall import Terminal
from hub.service import calendars
from hub.service.books import Actor, Asked, Books
from hub.service.day import ClockJumped, TurnDay
from hub.service.recounting import Recount
from hub.service.round import Job
from hub.service.watch import LookAround, Lookout
from hub.store.transaction import Transaction
from hub.wire import messages as m

log = structlog.get_logger()

IDLE_LOGOUT = dt.timedelta(minutes=30)
BETWEEN_RECOUNTS_S = 0.02
HUB_ITSELF = Actor(Terminal(name="hub", role="supervisor"))


def due(
    books: Books,
    logins: Mapping[str, str],
    active: Mapping[str, dt.datetime],
    jumps: Iterable[dt.timedelta],
    now: dt.datetime,
) -> list[Job]:
    """What is to be done now; `logins` are staff by terminal, `active` when each last did something by hand."""
    books.pairings.end(now)  # nobody may ask for them any more
    found = [_job(HUB_ITSELF, ClockJumped(jump.total_seconds()), now) for jump in jumps]
    if calendars.waits(books):
        found.append(_job(HUB_ITSELF, calendars.TakePublished(), now))
    if books.recounts:
        found.append(_job(HUB_ITSELF, Recount(), now))
    today = books.date_of(now)
    if today > books.business_date:
        found.append(_job(HUB_ITSELF, TurnDay(today), now))
    for name, staff in logins.items():
        if now - active.get(name, now) > IDLE_LOGOUT:
            log.info("login.idle", terminal=name)
            found.append(_job(Actor(books.hall.terminal(name), staff), m.LogOut(), now))
    return found


def rest_s(books: Books, until_beat_s: float) -> float:
    """How long the loop may wait for somebody to ask something: while dates are counted anew, not for the next beat."""
    return max(0.0, min(until_beat_s, BETWEEN_RECOUNTS_S) if books.recounts else until_beat_s)


def watched(lookout: Lookout, db: Transaction, now: dt.datetime) -> list[Job]:
    """A look around when there is something to see."""
    return [_job(HUB_ITSELF, LookAround(), now)] if lookout.sees(db, now) else []


def _job(actor: Actor, command: object, now: dt.datetime) -> Job:
    return Job(Asked(secrets.token_hex(16), actor, now), command)
