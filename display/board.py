"""What the hall is shown: one model from the feed, for the wall, the LED board and the voice alike. Pure.

Calls stand, recent calls are listed, queues and cases are counted. Time is passed in: `now_s` is a steady clock of
seconds (how long a call has stood), `hub_time` the hub's own clock (how old an event is, what "stale" means).
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from zoneinfo import ZoneInfo

from msgspec import Struct

from hub.domain.case import OPEN, Stage
from hub.domain.estimate import Wait
from hub.domain.hall import Hall, Service
from hub.domain.numbers import case_serial
from hub.domain.ticket import ENDED
from hub.wire import waits
from hub.wire.messages import Counts, DayTurned, Event, TicketCalled, TicketView
from hub.wire.picture import Picture

STANDS_S = 8.0
FLASH_S = 0.5
PLACES = 3
LISTED = 5
CALLABLE_FOR = dt.timedelta(seconds=60)
"""A call that is older when it arrives (after a lost connection) is listed, but not called out again."""

STAGE_STEPS: dict[Stage, int] = {
    "filed": 0,
    "triaged": 0,
    "dispatched": 1,
    "accepted": 1,
    "rework": 1,
    "answered_on_the_spot": 2,
    "replied": 2,
    "referred_out": 2,
    "out_of_scope": 2,
    "followed_up": 3,
    "rated": 4,
    "archived": 4,
}
"""How many of the four steps (登记, 办理, 答复, 评价) are done; each stage has its own word beside them."""
STEPS = 4


class Call(Struct, frozen=True):
    """A citizen called to a window; `calls` above 1 is a recall."""

    ticket_id: str
    number: str
    window: int
    calls: int = 1


class Standing(Struct, frozen=True):
    """A call in its place. It flashes while new; `lit` alternates in hard steps."""

    call: Call
    flashing: bool
    lit: bool


class Queue(Struct, frozen=True):
    """A service's queue; `wait` is the estimate for somebody who comes now, `windows` how many serve it."""

    service: str
    letter: str
    waiting: int
    wait: Wait | None
    windows: int


class Progress(Struct, frozen=True):
    """A case by its serial number only."""

    serial: str
    stage: Stage
    done: int
    overdue: bool


class View(Struct, frozen=True):
    """Everything that is shown at one moment."""

    at: dt.datetime
    """The hall's own time, to the minute."""
    calls: tuple[Standing, ...]
    recent: tuple[Call, ...]
    queues: tuple[Queue, ...]
    paused: tuple[int, ...]
    open_windows: int
    cases: tuple[Progress, ...]
    counts: Counts
    bulletin: str
    stale: bool
    stale_since: str
    """`hh:mm` of the newest data while stale, with `mm-dd` before it when that was another day; empty when nothing was
    ever heard.
    """
    faulty: tuple[int, ...] = ()
    """Windows where something is broken and being mended (R67); they are not among the paused ones."""


class Board:
    """The model. Feed it `apply` and `begin`, ask it `view`, and say what `next_speech` gives, one after another.

    However the calls come, each is listed at once, stands for `STANDS_S` in one of the places and is given to be said
    once, in the order in which they came. Only another call of the same ticket ends the time of one that stands.
    """

    def __init__(self, hall: Hall, places: int = PLACES) -> None:
        self.hall = hall
        self.places = places
        self._zone = ZoneInfo(hall.timezone)
        self._standing: list[tuple[Call, float]] = []
        self._waiting: deque[Call] = deque()
        self._recent: list[Call] = []
        self._to_say: deque[Call] = deque()
        self._heard: dict[str, Call] = {}
        """The newest call of each ticket of the day that was called out, so that a snapshot calls out nothing twice."""
        self._day: dt.date | None = None
        self._counted: tuple[tuple[str, int, dt.datetime], tuple[Queue, ...], tuple[Progress, ...]] | None = None

    # --- what happened

    def begin(self, picture: Picture, hub_time: dt.datetime, now_s: float) -> None:
        """After a snapshot: the list comes from the picture, and fresh calls that nobody has seen stand."""
        if self._day not in (None, picture.business_date):
            self._turn()
        self._day = picture.business_date
        called = sorted(
            (ticket for ticket in picture.tickets.values() if ticket.called_at is not None and ticket.window),
            key=lambda ticket: ticket.called_at or ticket.taken_at,
        )
        self._recent = [_call(ticket) for ticket in reversed(called[-LISTED:])]
        for ticket in called:
            fresh = ticket.called_at is not None and hub_time - ticket.called_at <= CALLABLE_FOR
            if fresh and ticket.state not in ENDED and self._heard.get(ticket.ticket_id) != _call(ticket):
                self._take(_call(ticket), now_s)

    def apply(self, event: Event, event_time: dt.datetime, hub_time: dt.datetime, now_s: float) -> None:
        """After an event was laid over the picture."""
        match event:
            case TicketCalled(ticket=ticket):
                if hub_time - event_time <= CALLABLE_FOR:
                    self._take(_call(ticket), now_s)
                else:
                    self._list(_call(ticket))
            case DayTurned(business_date=day):
                self._day = day
                self._turn()
            case _:
                pass

    def next_speech(self) -> Call | None:
        """The next call to say aloud; each is given once."""
        return self._to_say.popleft() if self._to_say else None

    # --- what is shown

    def view(self, picture: Picture, now: dt.datetime, now_s: float, *, live: bool, heard: dt.datetime | None) -> View:
        """What stands now. `now` is this machine's clock, `heard` the hub's time when it was last heard."""
        self._admit(now_s)
        opened = {number for number, window in picture.windows.items() if window.open}
        faulty = {number for number, window in picture.windows.items() if window.why == "fault"}
        queues, cases = self._count(picture, opened, now)
        return View(
            at=now.astimezone(self._zone).replace(second=0, microsecond=0),
            calls=self._stand(now_s),
            recent=tuple(self._recent),
            queues=queues,
            paused=tuple(
                window.number for window in self.hall.windows if picture.epoch and window.number not in opened | faulty
            ),
            open_windows=len(opened),
            cases=cases,
            counts=picture.counts,
            bulletin=picture.bulletin,
            stale=not live,
            faulty=tuple(window.number for window in self.hall.windows if window.number in faulty),
            stale_since="" if live or heard is None else self._since(heard, now),
        )

    def _since(self, heard: dt.datetime, now: dt.datetime) -> str:
        then = heard.astimezone(self._zone)
        return f"{then:%H:%M}" if then.date() == now.astimezone(self._zone).date() else f"{then:%m-%d %H:%M}"

    def _stand(self, now_s: float) -> tuple[Standing, ...]:
        """The newest first, and above them who is called again, as long as that flashes."""
        stands = [_standing(call, now_s - since) for call, since in reversed(self._standing)]
        return tuple(sorted(stands, key=lambda one: not (one.flashing and one.call.calls > 1)))

    def _count(
        self, picture: Picture, opened: set[int], now: dt.datetime
    ) -> tuple[tuple[Queue, ...], tuple[Progress, ...]]:
        """Queues and cases, counted anew only when the picture has changed and each minute: screens ask sixty times a
        second.
        """
        at = (picture.epoch, picture.seq, now.replace(second=0, microsecond=0))
        if self._counted is None or self._counted[0] != at:
            services = self.hall.services if picture.epoch else ()  # nothing is known before the first snapshot
            told = waits.for_newcomers(self.hall, picture, now)
            queues = tuple(self._queue(service, picture, opened, told[service.code]) for service in services)
            self._counted = at, queues, _cases(picture)
        return self._counted[1:]

    def _queue(self, service: Service, picture: Picture, opened: set[int], wait: Wait | None) -> Queue:
        return Queue(
            service=service.name,
            letter=service.letter,
            waiting=picture.waiting_count[service.code],
            wait=wait,
            windows=sum(service.code in one.services and one.number in opened for one in self.hall.windows),
        )

    # --- calls and their places

    def _take(self, call: Call, now_s: float) -> None:
        self._heard[call.ticket_id] = call
        self._list(call)
        self._to_say.append(call)
        if any(stands.ticket_id == call.ticket_id for stands, _ in self._standing):  # its place is its own, anew
            self._standing = [(stands, at) for stands, at in self._standing if stands.ticket_id != call.ticket_id]
            self._standing.append((call, now_s))
        else:
            self._wait(call)
        self._admit(now_s)

    def _wait(self, call: Call) -> None:
        """For a place: who is called again comes before whoever is called for the first time."""
        line = [waits for waits in self._waiting if waits.ticket_id != call.ticket_id]
        again = sum(waits.calls > 1 for waits in line)
        line.insert(again if call.calls > 1 else len(line), call)
        self._waiting = deque(line)

    def _list(self, call: Call) -> None:
        others = [listed for listed in self._recent if listed.ticket_id != call.ticket_id]
        self._recent = [call, *others][:LISTED]

    def _admit(self, now_s: float) -> None:
        """Calls that have stood long enough leave, oldest first; the last stays for as long as it is its day."""
        while self._waiting:
            if len(self._standing) >= self.places:
                if now_s - self._standing[0][1] < STANDS_S:
                    return
                self._standing.pop(0)
            self._standing.append((self._waiting.popleft(), now_s))
        while self._standing and now_s - self._standing[0][1] >= STANDS_S:
            if len(self._standing) == 1 and self._standing[0][0].ticket_id in self._heard:
                return
            self._standing.pop(0)

    def _turn(self) -> None:
        """Another day: nothing is listed any more; what is being called out is shown and said to its end."""
        self._recent = []
        self._heard = {}


def _call(ticket: TicketView) -> Call:
    return Call(ticket_id=ticket.ticket_id, number=ticket.number, window=ticket.window, calls=ticket.calls)


def _standing(call: Call, age_s: float) -> Standing:
    flashing = age_s < STANDS_S
    return Standing(call=call, flashing=flashing, lit=not flashing or int(age_s / FLASH_S) % 2 == 0)


def _is_past(due: dt.date | None, today: dt.date | None) -> bool:
    """Whether a promised date has passed; where none is promised, none does."""
    return due is not None and today is not None and due < today


def _cases(picture: Picture) -> tuple[Progress, ...]:
    newest = sorted(picture.cases.values(), key=lambda case: (case.filed_at, case.case_number), reverse=True)
    return tuple(
        Progress(
            serial=case_serial(case.case_number),
            stage=case.stage,
            done=STAGE_STEPS[case.stage],
            overdue=case.stage in OPEN and _is_past(case.due_date, picture.business_date),
        )
        for case in newest
    )
