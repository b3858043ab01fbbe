"""Every message between terminals and hub: commands, queries, answers and events.

Commands are imperative, events past, errors state the fact. All are frozen, forbid unknown fields, and know no
transport, no clock and no database. Times are UTC. docs/wire.md describes them for terminals in other languages.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from hub.domain.case import CaseMove, Stage
from hub.domain.deadline import Due
from hub.domain.hall import Role
from hub.domain.ticket import TicketMove, TicketState

VERSION = 1

Channel = Literal["kiosk", "window", "phone", "web", "wechat", "written"]
PrintState = Literal["queued", "sent", "confirmed", "unknown", "failed"]
NoticeKind = Literal["new_complaint", "work_order", "replied", "print_trouble", "terminal_trouble", "overdue"]


class Message(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Base of all messages; the tag on the wire is the class name."""


# --- commands that only add -------------------------------------------------------------------------------------


class LookupSecrets(Message, frozen=True):
    """One medium's keys to the progress page (`hub.domain.lookup`); the hub keeps only their HMAC."""

    token: str
    typed: str


class FileComplaint(Message, frozen=True):
    """A citizen's complaint; opens a case, and a ticket when the window is open.

    `matter` and `reasons` are codes of the hall's file and policy; `matter` may be `other` or `unknown`.
    `visits` is how often they came (5 = five or more), `since` when first. `scope` names an exclusion the citizen
    read and filed against all the same (R3). `on_screen` and `on_paper` are two media with a secret each.
    """

    matter: str
    reasons: tuple[str, ...]
    on_paper: LookupSecrets
    on_screen: LookupSecrets | None = None
    visits: int = 1
    since: str = ""
    text: str = ""
    name: str = ""
    phone: str = ""
    confidential: bool = False
    channel: Channel = "kiosk"
    language: str = "zh_Hans"
    scope: str = ""


class TakeTicket(Message, frozen=True):
    """A number of a service's series."""

    service: str


# --- the queue ---------------------------------------------------------------------------------------------------


class CallNext(Message, frozen=True):
    """The next waiting citizen to this terminal's window; `service` narrows it to one of the window's queues."""

    service: str = ""


class RecallTicket(Message, frozen=True):
    ticket_id: str


class ServeTicket(Message, frozen=True):
    ticket_id: str


class FinishTicket(Message, frozen=True):
    ticket_id: str


class MarkNoShow(Message, frozen=True):
    ticket_id: str


class SetWindow(Message, frozen=True):
    """Opens or pauses this terminal's window; an absent window shows it (R8)."""

    open: bool


# --- the case ----------------------------------------------------------------------------------------------------


class AnswerOnTheSpot(Message, frozen=True):
    """当场答复 (R20): triage and answer in one; the text cannot be empty (R3)."""

    case_number: str
    text: str


class DispatchCase(Message, frozen=True):
    """转办 (R16): triage into a class and send a work order to a department; its due date follows (R25)."""

    case_number: str
    department: str
    case_class: str
    note: str = ""


class AcceptWorkOrder(Message, frozen=True):
    work_order_id: str


class ReplyToWorkOrder(Message, frozen=True):
    """The department's result, for the citizen and the window (R24)."""

    work_order_id: str
    text: str


class PostBulletin(Message, frozen=True):
    """The hall's notice on wall and board; an empty text takes it down."""

    text: str


# --- notices, printing, people -----------------------------------------------------------------------------------


class AcknowledgeNotice(Message, frozen=True):
    notice_id: int


class ReportPrint(Message, frozen=True):
    """What became of a print job, as far as the printer said so; `detail` is a code such as `paper_out`."""

    job_id: str
    case_number: str
    state: PrintState
    detail: str = ""
    reprint: bool = False


class ReplacePaperCode(Message, frozen=True):
    """A reprint has a fresh code: the lost paper's dies, the screen's lives."""

    case_number: str
    lost: str
    on_paper: LookupSecrets


class LogIn(Message, frozen=True):
    staff: str
    pin: str


class LogOut(Message, frozen=True):
    pass


class ReportHealth(Message, frozen=True):
    """The terminal's own heartbeat: troubles by code (`paper_out`, `board_silent`), empty when all is well."""

    troubles: tuple[str, ...] = ()
    outbox: int = 0


# --- queries: nothing is changed, nothing remembered -------------------------------------------------------------


class EventsSince(Message, frozen=True):
    """What this terminal missed; answered by `Events`, or `Snapshot` when too far behind or of another epoch."""

    epoch: str = ""
    seq: int = 0


class ListCases(Message, frozen=True):
    """The cases this terminal's role works on, by due date; `only_open` leaves out the closed ones."""

    only_open: bool = True


class ReadCase(Message, frozen=True):
    """One case whole, personal data and text included; authorised by role, and logged (R47)."""

    case_number: str


class ListNotices(Message, frozen=True):
    """Unacknowledged notices of this terminal's role, oldest first."""


class LookUp(Message, frozen=True):
    """Progress by a token of a QR code or by a typed code; wrong and unknown get the same answer."""

    secret: str


# --- answers -----------------------------------------------------------------------------------------------------


class Rejected(Message, frozen=True):
    """Nothing was changed; `code` is stable, `text` says what happened and what to do."""

    code: str
    text: str


class Done(Message, frozen=True):
    """Carried out and durable."""


class ComplaintAccepted(Message, frozen=True):
    """`ahead` counts citizens waiting before this one; `window` is 0 when several windows may call."""

    case_number: str
    filed_at: dt.datetime
    due: Due
    ticket_number: str = ""
    ticket_id: str = ""
    ahead: int = 0
    window: int = 0


class TicketIssued(Message, frozen=True):
    ticket_id: str
    number: str
    service: str
    ahead: int


class TicketView(Message, frozen=True):
    """A ticket as everybody in the hall may see it. `case_number` only in the complaint series, no person in it."""

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


class TicketAnswer(Message, frozen=True):
    """The ticket after a call or a move."""

    ticket: TicketView


class WorkOrderSent(Message, frozen=True):
    work_order_id: str
    due: Due


class LoggedIn(Message, frozen=True):
    staff: str
    name: str
    role: Role


class Step(Message, frozen=True):
    """One line of a case's timeline. `who` is a staff name or unit, only for staff; `text` what was answered."""

    at: dt.datetime
    move: CaseMove | Literal["file"]
    department: str = ""
    who: str = ""
    text: str = ""


class CaseLine(Message, frozen=True):
    """A case in a list: no person, no text."""

    case_number: str
    stage: Stage
    matter: str
    reasons: tuple[str, ...]
    visits: int
    filed_at: dt.datetime
    due: Due
    department: str = ""
    case_class: str = ""
    owner: str = ""
    work_order_id: str = ""
    ticket_number: str = ""
    confidential: bool = False


class CaseList(Message, frozen=True):
    cases: tuple[CaseLine, ...]


class CaseDetail(Message, frozen=True):
    """A case whole, for those who handle it."""

    line: CaseLine
    text: str
    name: str
    phone: str
    since: str
    channel: Channel
    language: str
    scope: str
    note: str
    steps: tuple[Step, ...]
    print_state: PrintState | None = None


class Notice(Message, frozen=True):
    """What a person must react to; stays until acknowledged by name. `subject` is a case number or terminal."""

    notice_id: int
    kind: NoticeKind
    subject: str
    raised_at: dt.datetime
    detail: str = ""


class NoticeList(Message, frozen=True):
    notices: tuple[Notice, ...]


class Progress(Message, frozen=True):
    """What the phone page may show: no name, no phone, no text of the citizen's."""

    case_number: str
    stage: Stage
    matter: str
    filed_at: dt.datetime
    due: Due
    department: str
    steps: tuple[Step, ...]
    answer: str = ""
    ticket: TicketView | None = None
    ahead: int = 0


# --- the picture and what changes it -----------------------------------------------------------------------------


class CaseProgress(Message, frozen=True):
    """A case as the wall may show it: by number only."""

    case_number: str
    stage: Stage
    filed_at: dt.datetime
    due_date: dt.date
    department: str = ""


class WindowView(Message, frozen=True):
    """A window as everybody may see it: paused ones are closed too (R8)."""

    number: int
    open: bool


class Counts(Message, frozen=True):
    """Today's and this month's cases, for the wall."""

    today: int = 0
    month: int = 0
    answered_month: int = 0
    on_time_month: int = 0


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


class TicketTaken(Message, frozen=True):
    ticket: TicketView


class TicketCalled(Message, frozen=True):
    """A call or a recall (`ticket.calls` > 1): shown, listed and spoken."""

    ticket: TicketView


class TicketMoved(Message, frozen=True):
    move: TicketMove
    ticket: TicketView


class CaseMoved(Message, frozen=True):
    move: CaseMove
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
    notice_id: int


class DayTurned(Message, frozen=True):
    """A new business date: yesterday's waiting tickets are closed, the counts begin anew."""

    business_date: dt.date
    counts: Counts


class Withheld(Message, frozen=True):
    """An event this role may not see; keeps the sequence gapless (R11)."""


Event = (
    ComplaintFiled
    | TicketTaken
    | TicketCalled
    | TicketMoved
    | CaseMoved
    | WindowSet
    | BulletinPosted
    | NoticeRaised
    | NoticeAcknowledged
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
    """The hub lives: its time, and the feed's newest number, so that a silent gap is noticed."""

    epoch: str
    seq: int
    at: dt.datetime
    business_date: dt.date


Additive = FileComplaint | TakeTicket
Command = (
    FileComplaint
    | TakeTicket
    | CallNext
    | RecallTicket
    | ServeTicket
    | FinishTicket
    | MarkNoShow
    | SetWindow
    | AnswerOnTheSpot
    | DispatchCase
    | AcceptWorkOrder
    | ReplyToWorkOrder
    | PostBulletin
    | AcknowledgeNotice
    | ReportPrint
    | ReplacePaperCode
    | LogIn
    | LogOut
    | ReportHealth
    | EventsSince
    | ListCases
    | ReadCase
    | ListNotices
    | LookUp
)
Answer = (
    Rejected
    | Done
    | ComplaintAccepted
    | TicketIssued
    | TicketAnswer
    | WorkOrderSent
    | LoggedIn
    | Events
    | Snapshot
    | CaseList
    | CaseDetail
    | NoticeList
    | Progress
)
