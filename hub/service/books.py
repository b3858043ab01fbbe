"""What the hub knows while it decides: the hall, its policy, and the public picture with the counters behind it.

The single writer holds this in memory; it changes only after the commit that made it true.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Protocol
from zoneinfo import ZoneInfo

from hub.domain.business_date import business_date
from hub.domain.deadline import Due, due_at_filing
from hub.domain.estimate import Line
from hub.domain.hall import Hall, Role, Terminal
from hub.domain.hall_calendar import Edition, HallCalendar, Published
from hub.domain.numbers import must_have_room, ticket_number
from hub.domain.policy import Policy
from hub.fairness.shown import Sheet
from hub.service.code_guesses import CodeGuesses
from hub.service.guesses import Guesses
from hub.service.health import Health
from hub.service.pairings import Pairings
from hub.service.refusals import Refusals
from hub.store.sealing import Sealer
from hub.wire.messages import Answer, DayTurned, Event, Numbered, SimilarCase, Snapshot
from hub.wire.picture import Picture

CATCH_UP_AT_MOST = 500
"""Events a terminal may be behind and still be told one by one; further behind, a snapshot is shorter."""


@dataclass(frozen=True)
class Actor:
    """Who asks: the terminal whose key the frame carries, and the staff member logged in there, if any.

    `acting_for` is who is away and whose post they decide with (R7); empty where it is their own.
    """

    terminal: Terminal
    staff: str = ""
    acting_for: str = ""

    @property
    def role(self) -> Role:
        return self.terminal.role

    def speaks_for(self, staff: str) -> bool:
        """Whether this is that person, or stands in for them."""
        return staff in (self.staff, self.acting_for)


@dataclass(frozen=True)
class Asked:
    """One command as it reached the hub: its id, who asks, and when (UTC)."""

    command_id: str
    actor: Actor
    at: dt.datetime


@dataclass
class Decision:
    """What a command came to: the answer, the events it caused, what it was about, and rows still to be written."""

    answer: Answer
    events: list[Event] = field(default_factory=list)
    subject: str = ""
    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)


class Reports(Protocol):
    """Who works fairness reports out beside the loop."""

    def told(self, date: dt.date, over: bool) -> Sheet | None:
        """The report of a date; None while it is being worked out. Never waits. Refuses `report_failed`."""


class NoReports:
    """Of a hub that nobody asks."""

    def told(self, date: dt.date, over: bool) -> Sheet | None:
        return None


class Knowledge(Protocol):
    """Who looks through closed cases beside the loop."""

    def near(self, number: str) -> tuple[SimilarCase, ...] | None:
        """Closed cases like one; None while they are looked for. Never waits. Refuses `search_failed`."""


class NoKnowledge:
    """Of a hub that nobody asks."""

    def near(self, number: str) -> tuple[SimilarCase, ...] | None:
        return None


class Books:
    """One hall's books. `counters` maps (date, series) to the last number given, for the current date."""

    def __init__(self, hall: Hall, policy: Policy, offered: Published, sealer: Sealer) -> None:
        self.hall = hall
        self.policy = policy
        self.offered = offered
        """What the files say that the state has published; in force is `edition`."""
        self.sealer = sealer
        self.refusals = Refusals()
        self.guesses = Guesses()
        self.codes = CodeGuesses()
        self.reports: Reports = NoReports()
        self.knowledge: Knowledge = NoKnowledge()
        self.pairings = Pairings(sealer.fingerprint)
        self.health = Health()
        self.picture = Picture()
        self._recent: deque[Numbered] = deque(maxlen=CATCH_UP_AT_MOST)
        self.counters: dict[tuple[dt.date, str], int] = {}
        self.kept_numbers: frozenset[str] = frozenset()
        """Numbers of earlier days that still stand in line: today's series passes them by."""
        self.next_notice = 1
        self.audit_ordinal = 0
        self.audit_hash = b""
        self.zone = ZoneInfo(hall.timezone)
        self.recounts = False
        """Whether dates are left that were counted on an earlier calendar."""
        self.edition = Edition(0, HallCalendar(offered))
        self._count_on(self.edition)

    def turn_to(self, edition: Edition, *, recounts: bool) -> None:
        """From now on dates are counted on this version of the calendar."""
        self.recounts = recounts
        if edition is not self.edition:
            self._count_on(edition)

    def _count_on(self, edition: Edition) -> None:
        self.edition, self.calendar = edition, edition.days.calendar()
        self._counted = self.calendar.under(self.policy)
        self._at_filing: Callable[[dt.date], Due] = cache(partial(due_at_filing, self.policy, self._counted))

    def due_at_filing(self, came: dt.datetime) -> Due:
        """The due date of what is filed at a moment: the same for all that count alike, worked out once."""
        return self._at_filing(self._counted.alike(self.local(came)))

    @property
    def business_date(self) -> dt.date:
        day = self.picture.business_date
        assert day is not None, "the books are opened before anything is decided"
        return day

    def local(self, at: dt.datetime) -> dt.datetime:
        """A moment in the hall's own time."""
        return at.astimezone(self.zone)

    def local_date(self, at: dt.datetime) -> dt.date:
        """The hall's own date at a moment."""
        return at.astimezone(self.zone).date()

    def happened(self, events: Sequence[Numbered]) -> None:
        """Events of a commit, in order: they are in the picture now, and what terminals ask for most."""
        for numbered in events:
            self.picture.apply(numbered.seq, numbered.event)
        self._recent.extend(events)
        if any(isinstance(numbered.event, DayTurned) for numbered in events):
            self.note_kept()

    def note_kept(self) -> None:
        """After the day has turned or the books were opened: which numbers of earlier days are still on the wall."""
        today = f"{self.business_date:%Y%m%d}-"
        self.kept_numbers = frozenset(
            one.number for one in self.picture.tickets.values() if not one.ticket_id.startswith(today)
        )

    def recent_since(self, seq: int) -> list[Numbered] | None:
        """The events after `seq`, or None where memory does not reach back so far."""
        if seq == self.picture.seq:
            return []
        if not self._recent or self._recent[0].seq > seq + 1:
            return None
        return list(self._recent)[seq + 1 - self._recent[0].seq :]

    def forget_recent(self) -> None:
        """Before the books are opened anew: what was thought to have happened may differ from the disk."""
        self._recent.clear()

    def date_of(self, at: dt.datetime) -> dt.date:
        """The business date that a moment belongs to."""
        return business_date(at.astimezone(self.zone), self.hall.day_begins)

    def snapshot(self, at: dt.datetime) -> Snapshot:
        picture = self.picture
        return Snapshot(
            epoch=picture.epoch,
            seq=picture.seq,
            at=at,
            business_date=self.business_date,
            tickets=tuple(picture.tickets.values()),
            windows=tuple(picture.windows.values()),
            cases=tuple(picture.cases.values()),
            counts=picture.counts,
            bulletin=picture.bulletin,
        )


class Draft:
    """What one round has given out and not yet committed: numbers, notice ids, counts. Dropped when it fails."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.counters: dict[tuple[dt.date, str], int] = {}
        self.next_notice = books.next_notice
        self.counts = books.picture.counts
        self.edition, self.recounts = books.edition, books.recounts
        self.ahead: dict[str, int] = {}
        self.line: Line | None = None
        """The line as it stands before this round, and who has joined it since; made when first asked for."""

    def marked(self) -> Draft:
        """A copy to go back to, should what is decided next fail."""
        twin = copy(self)
        twin.counters, twin.ahead = dict(self.counters), dict(self.ahead)
        twin.line = self.line and self.line.copy()
        return twin

    def next_number(self, series: str) -> int:
        number = self.last_number(series) + 1
        while self.books.kept_numbers and ticket_number(series, number) in self.books.kept_numbers:
            number += 1
        must_have_room(series, number)
        self.counters[self.books.business_date, series] = number
        return number

    def last_number(self, series: str) -> int:
        """The last number given of a series on the business date, this round's with it."""
        key = (self.books.business_date, series)
        return self.counters.get(key, self.books.counters.get(key, 0))

    def pass_by(self, day: dt.date, series: str, number: int) -> None:
        """Counts a number that was given elsewhere; a past date gives out no more."""
        if day == self.books.business_date:
            self.counters[day, series] = max(number, self.last_number(series))

    def take_notice_id(self) -> int:
        self.next_notice += 1
        return self.next_notice - 1

    def stand_in_line(self, service: str, at: dt.datetime) -> int:
        """How many wait before the one who joins now, this round's earlier ones included; not whose time comes yet."""
        ahead = self.ahead.get(service)
        if ahead is None:
            ahead = self.books.picture.ahead_of_the_next(service, at)
        self.ahead[service] = ahead + 1
        return ahead
