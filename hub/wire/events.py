"""The public picture of a hall, and the events that change it: what the hub tells everybody, in the past tense."""

from __future__ import annotations

import datetime as dt

from hub.domain import on_time
from hub.domain.case import CaseMove, Stage
from hub.domain.hall import Role, WindowWhy
from hub.domain.ticket import Lane, TicketMove, TicketState
from hub.wire.message import Message, NoticeKind, Remark


class TicketView(Message, frozen=True):
    """A ticket as everybody in the hall may see it. `case_number` only in the complaint series, no person in it.

    `stands_at`, `not_before`, `for_window` and `passed` are what `hub.domain.queue` needs to say who is next.
    """

    ticket_id: str
    number: str
    service: str
    state: TicketState
    taken_at: dt.datetime
    window: int = 0
    called_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    calls: int = 0
    case_number: str = ""
    lane: Lane = "line"
    stands_at: dt.datetime | None = None
    not_before: dt.datetime | None = None
    for_window: int = 0
    passed: int = 0


class Respondent(Message, frozen=True):
    """Whom a 投诉 is about, as far as they are kept away from it (R11): the person, or else the unit."""

    staff: str = ""
    department: str = ""


class CaseProgress(Message, frozen=True):
    """A case as the wall may show it: by number only. One with a `respondent` is a 投诉, and no wall is told of it.

    `due_date` is nothing where the hall's document promises none, and while the clock stands still.
    """

    case_number: str
    stage: Stage
    filed_at: dt.datetime
    due_date: dt.date | None
    department: str = ""
    respondent: Respondent | None = None


class WindowView(Message, frozen=True):
    """A window as everybody may see it; of one that is not open, `why` (R8)."""

    number: int
    open: bool
    why: WindowWhy | None = None


class Counts(Message, frozen=True):
    """Cases filed today and this month, for the wall; `overdue`, of whatever month, are open and past their date."""

    today: int = 0
    month: int = 0
    answered_month: int = 0
    on_time_month: int = 0
    overdue: int = 0

    @property
    def by_state(self) -> dict[str, int]:
        """By state, for whoever watches the hub."""
        return {
            "filed": self.month,
            "answered": self.answered_month,
            "on_time": self.on_time_month,
            "overdue": self.overdue,
        }

    @property
    def on_time_percent(self) -> int | None:
        """按时答复率: of what was answered this month or is overdue now; None before anything had to be answered."""
        return on_time.percent(self.on_time_month, self.answered_month, self.overdue)


class Snapshot(Message, frozen=True):
    """The whole public picture at `seq` of `epoch`; a terminal that has it needs only later events."""

    epoch: str
    seq: int
    at: dt.datetime
    business_date: dt.date
    tickets: tuple[TicketView, ...] = ()
    windows: tuple[WindowView, ...] = ()
    cases: tuple[CaseProgress, ...] = ()
    counts: Counts = Counts()
    bulletin: str = ""


class ComplaintFiled(Message, frozen=True):
    case: CaseProgress
    ticket: TicketView | None
    counts: Counts


class NumberReplaced(Message, frozen=True):
    """The number on a citizen's paper stands, and the one that the hub had given is void.

    `void_case` and `void_ticket` (an id) leave the picture, `case` and `ticket` come into it.
    """

    void_case: str = ""
    void_ticket: str = ""
    case: CaseProgress | None = None
    ticket: TicketView | None = None


class TicketTaken(Message, frozen=True):
    ticket: TicketView


class TicketCalled(Message, frozen=True):
    """A call or a recall (`ticket.calls` > 1): shown, listed and spoken.

    `passed` are the ids of those who stood before it and could have been called; each has been passed once more.
    """

    ticket: TicketView
    passed: tuple[str, ...] = ()


class TicketMoved(Message, frozen=True):
    move: TicketMove
    ticket: TicketView


class CaseMoved(Message, frozen=True):
    move: CaseMove | Remark
    case: CaseProgress
    counts: Counts


class WindowSet(Message, frozen=True):
    window: WindowView


class BulletinPosted(Message, frozen=True):
    text: str


class NoticeRaised(Message, frozen=True):
    """A notice for these roles is waiting; ask `ListNotices`. No subject in it: PUB carries nothing personal."""

    notice_id: int
    kind: NoticeKind
    roles: tuple[Role, ...]
    department: str = ""


class NoticeAcknowledged(Message, frozen=True):
    """Nobody else of those who were told needs to react."""

    notice_id: int
    roles: tuple[Role, ...] = ()
    department: str = ""


class CalendarSet(Message, frozen=True):
    """The working calendar has a new version: ask `ReadCalendar`. Dates follow, each with a `CaseMoved`."""

    version: int


class DayTurned(Message, frozen=True):
    """A new business date: all tickets leave the picture but the kept ones (ids), the counts begin anew."""

    business_date: dt.date
    counts: Counts
    kept: tuple[str, ...] = ()


class Withheld(Message, frozen=True):
    """An event that not everybody may see; keeps the sequence gapless (R11).

    On PUB `roles` says whose terminals ask `EventsSince` for it. In the answer it is empty: this terminal may not.
    """

    roles: tuple[Role, ...] = ()


Event = (
    ComplaintFiled
    | NumberReplaced
    | TicketTaken
    | TicketCalled
    | TicketMoved
    | CaseMoved
    | WindowSet
    | BulletinPosted
    | NoticeRaised
    | NoticeAcknowledged
    | CalendarSet
    | DayTurned
    | Withheld
)


class Numbered(Message, frozen=True):
    """An event at its place in the feed."""

    seq: int
    at: dt.datetime
    event: Event


class Published(Message, frozen=True):
    """One event on the PUB socket."""

    epoch: str
    numbered: Numbered


class Events(Message, frozen=True):
    """Events after the asked one, gapless, of the same epoch; `last` is the feed's newest number."""

    epoch: str
    events: tuple[Numbered, ...]
    last: int


class Heartbeat(Message, frozen=True):
    """The hub lives: its time, and the feed's newest number, so that a silent gap is noticed.

    Of a hub that stands by (`active` false) only that it does counts.
    """

    epoch: str
    seq: int
    at: dt.datetime
    business_date: dt.date
    active: bool = True
