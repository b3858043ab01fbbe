"""The public picture of a hall: a snapshot, and each later event laid over it. Pure; every terminal has one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from hub.domain import queue
from hub.domain.ticket import AT_WINDOW, WAITING
from hub.wire.messages import (
    BulletinPosted,
    CaseMoved,
    CaseProgress,
    ComplaintFiled,
    Counts,
    DayTurned,
    Event,
    NumberReplaced,
    Snapshot,
    TicketCalled,
    TicketMoved,
    TicketTaken,
    TicketView,
    WindowSet,
    WindowView,
)

TAKEN_FROM = 30
"""How many of a service's newest citizens say what it takes today."""
CASES_SHOWN = 60
"""How many of the newest cases the public picture carries, whatever a hall has open."""


class Picture:
    """What anybody in the hall may know now; `seq` of `epoch` is the newest event in it."""

    def __init__(self) -> None:
        self.epoch = ""
        self.seq = 0
        self.business_date: dt.date | None = None
        self.tickets: dict[str, TicketView] = {}
        self.waiting_count: Counter[str] = Counter()
        """Waiting tickets by service, kept as tickets move: the hub asks for each complaint how many are ahead."""
        self.timed: set[str] = set()
        """Waiting tickets that were given a time, by id."""
        self.windows: dict[int, WindowView] = {}
        self.cases: dict[str, CaseProgress] = {}
        self.counts = Counts()
        self.bulletin = ""
        self._took: dict[str, tuple[float, ...]] | None = None

    def take(self, snapshot: Snapshot) -> None:
        """Begins anew from a snapshot."""
        self.epoch = snapshot.epoch
        self.seq = snapshot.seq
        self.business_date = snapshot.business_date
        self._clear_queue()
        for ticket in snapshot.tickets:
            self._put(ticket)
        self.windows = {window.number: window for window in snapshot.windows}
        self.cases = {case.case_number: case for case in snapshot.cases}
        self.counts = snapshot.counts
        self.bulletin = snapshot.bulletin

    def apply(self, seq: int, event: Event) -> None:
        """Lays the next event over the picture; the caller keeps the sequence gapless."""
        self.seq = seq
        match event:
            case ComplaintFiled(case=case, ticket=ticket, counts=counts):
                self._keep(case)
                self.counts = counts
                if ticket is not None:
                    self._put(ticket)
            case NumberReplaced():
                self._replace(event)
            case TicketTaken(ticket=ticket) | TicketMoved(ticket=ticket):
                self._put(ticket)
            case TicketCalled(ticket=ticket, passed=passed):
                self._put(ticket)
                self._pass(passed)
            case CaseMoved(case=case, counts=counts):
                self._keep(case)
                self.counts = counts
            case WindowSet(window=window):
                self.windows[window.number] = window
            case BulletinPosted(text=text):
                self.bulletin = text
            case DayTurned(business_date=day, counts=counts, kept=kept):
                self.business_date = day
                self.counts = counts
                stay = [self.tickets[ticket_id] for ticket_id in kept if ticket_id in self.tickets]
                self._clear_queue()
                for ticket in stay:
                    self._put(ticket)
            case _:
                pass

    def waiting(self, service: str = "") -> list[TicketView]:
        """Waiting tickets of a service (or all), in the order they were taken."""
        return queue.order(t for t in self.tickets.values() if service in ("", t.service))

    def ahead_of_the_next(self, service: str, at: dt.datetime) -> int:
        """How many wait in a line before whoever joins it: all but those whose time has not come."""
        timed = (self.tickets[one] for one in self.timed)
        return self.waiting_count[service] - sum(t.service == service and not queue.is_due(t, at) for t in timed)

    def at_window(self, number: int) -> TicketView | None:
        """The ticket that a window has called or serves, if any: the newest."""
        found = [t for t in self.tickets.values() if t.window == number and t.state in AT_WINDOW]
        return max(found, key=lambda ticket: ticket.called_at or ticket.taken_at, default=None)

    def took(self) -> Mapping[str, Sequence[float]]:
        """Minutes that the day's newest citizens took, by service; counted anew when another has been served."""
        if self._took is None:
            done = [one for one in self.tickets.values() if one.state == "done" and one.called_at and one.ended_at]
            found: dict[str, list[float]] = {}
            for one in sorted(done, key=lambda one: one.ended_at or one.taken_at):
                minutes = ((one.ended_at or one.taken_at) - (one.called_at or one.taken_at)).total_seconds() / 60
                found.setdefault(one.service, []).append(minutes)
            self._took = {service: tuple(minutes[-TAKEN_FROM:]) for service, minutes in found.items()}
        return self._took

    def _keep(self, case: CaseProgress) -> None:
        if case.respondent is not None:
            return  # a 投诉 is on no wall, and in nobody's picture (R11, R13)
        self.cases[case.case_number] = case
        if len(self.cases) > CASES_SHOWN:
            del self.cases[min(self.cases)]

    def _replace(self, event: NumberReplaced) -> None:
        self.cases.pop(event.void_case, None)
        void = self.tickets.pop(event.void_ticket, None)
        self._took = None
        if void is not None:
            self._forget(void)
        if event.case is not None:
            self._keep(event.case)
        if event.ticket is not None:
            self._put(event.ticket)

    def _pass(self, ids: tuple[str, ...]) -> None:
        for one in ids:
            before = self.tickets.get(one)
            if before is not None:
                self.tickets[one] = msgspec.structs.replace(before, passed=before.passed + 1)

    def _put(self, ticket: TicketView) -> None:
        before = self.tickets.get(ticket.ticket_id)
        if before is not None:
            self._forget(before)
        if ticket.state in WAITING:
            self.waiting_count[ticket.service] += 1
            if ticket.not_before is not None:
                self.timed.add(ticket.ticket_id)
        self.tickets[ticket.ticket_id] = ticket
        if ticket.state == "done":
            self._took = None

    def _forget(self, ticket: TicketView) -> None:
        """A ticket as it stood no longer counts."""
        self.timed.discard(ticket.ticket_id)
        if ticket.state in WAITING:
            self.waiting_count[ticket.service] -= 1

    def _clear_queue(self) -> None:
        self.tickets = {}
        self.timed = set()
        self.waiting_count = Counter()
        self._took = None
