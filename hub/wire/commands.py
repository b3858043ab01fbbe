"""What terminals ask: commands, imperative, and queries, which change nothing."""

from __future__ import annotations

import datetime as dt

from hub.wire.appointment_commands import AppointmentCommand
from hub.wire.archive_commands import ArchiveCommand
from hub.wire.attachment_commands import AttachmentCommand
from hub.wire.calendar_commands import CalendarCommand
from hub.wire.care_commands import CareCommand
from hub.wire.case_commands import (
    AskExtension,
    CallToWindow,
    DecideExtension,
    DeclineCase,
    EscalateCase,
    FollowReferral,
    HandOver,
    Instruct,
    PauseClock,
    RecordArrival,
    RecordMeeting,
    ReferOut,
    ResumeClock,
    SendToDepartment,
    TriageCase,
)
from hub.wire.closing import ClosingCommand
from hub.wire.delegate_commands import HandOverPost, ListDelegates, NameDelegate, StepIn
from hub.wire.due_commands import ExplainDue
from hub.wire.fairness_commands import ReadFairness
from hub.wire.forms import ExportForm, ReadForm
from hub.wire.green_asks import ListGreenAsks
from hub.wire.grievance_commands import GrievanceCommand
from hub.wire.knowledge_commands import SimilarCases
from hub.wire.ledger_commands import ExportLedger, NoteExport
from hub.wire.message import Channel, LookupSecrets, Message, PrintState
from hub.wire.pairing import PairingCommand
from hub.wire.queue_commands import QueueCommand
from hub.wire.refusing import RefusingCommand
from hub.wire.register_commands import RecordEntry
from hub.wire.request_commands import RequestCommand
from hub.wire.slip_commands import SlipCommand
from hub.wire.suggestion_commands import SuggestionCommand
from hub.wire.terminal_commands import TerminalCommand

# --- commands that only add -------------------------------------------------------------------------------------


class PrintedNumber(Message, frozen=True):
    """What a paper already says (`hub.domain.numbers`): printed while the hub was away, or before it was restored.

    Empty where the paper has none. `business_date` is the date the numbers belong to, `printed_at` the terminal's time.
    """

    business_date: dt.date
    printed_at: dt.datetime
    case_number: str = ""
    ticket_number: str = ""


class FileComplaint(Message, frozen=True):
    """A citizen's complaint; opens a case, and a ticket when the window is open.

    `matter` and `reasons` are codes of the hall's file and policy; `matter` may be `other` or `unknown`.
    `visits` is how often they came (5 = five or more), `since` when first. `scope` names an exclusion the citizen
    read and filed against all the same (R3). `on_screen` and `on_paper` are two media with a secret each.
    `printed_number` is what the citizen's paper says already; the hub adopts it.
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
    printed_number: PrintedNumber | None = None


class TakeTicket(Message, frozen=True):
    """A number of a service's series; `printed_number` as for a complaint.

    `waits`: the citizen was offered other times, and takes a number all the same (R56).
    """

    service: str
    printed_number: PrintedNumber | None = None
    waits: bool = False


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


class ReportProgress(Message, frozen=True):
    """反馈办理进度、说明理由 (R25): before the result, for the citizen and who looks after the case (R24)."""

    work_order_id: str
    text: str
    reasons: str


class PostBulletin(Message, frozen=True):
    """The hall's notice on wall and board; an empty text takes it down."""

    text: str


# --- notices, printing -------------------------------------------------------------------------------------------


class AcknowledgeNotice(Message, frozen=True):
    notice_id: int


class ReportPrint(Message, frozen=True):
    """What became of a print job, as far as the printer said so; `detail` is a code such as `paper_out`.

    `case_number` is empty where the paper is no case's, such as a queue number's slip.
    """

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


Command = (
    FileComplaint
    | TakeTicket
    | AnswerOnTheSpot
    | DispatchCase
    | AcceptWorkOrder
    | ReplyToWorkOrder
    | ReportProgress
    | TriageCase
    | DeclineCase
    | AskExtension
    | DecideExtension
    | PauseClock
    | ResumeClock
    | CallToWindow
    | RecordArrival
    | EscalateCase
    | Instruct
    | RecordMeeting
    | ReferOut
    | FollowReferral
    | HandOver
    | SendToDepartment
    | NameDelegate
    | HandOverPost
    | StepIn
    | PostBulletin
    | AcknowledgeNotice
    | ReportPrint
    | ReplacePaperCode
    | TerminalCommand
    | EventsSince
    | ListCases
    | ReadCase
    | ListNotices
    | ListDelegates
    | LookUp
    | ClosingCommand
    | RefusingCommand
    | GrievanceCommand
    | AttachmentCommand
    | CareCommand
    | CalendarCommand
    | ExplainDue
    | ExportLedger
    | ArchiveCommand
    | NoteExport
    | RecordEntry
    | ReadFairness
    | SimilarCases
    | ReadForm
    | ExportForm
    | QueueCommand
    | ListGreenAsks
    | SlipCommand
    | RequestCommand
    | SuggestionCommand
    | AppointmentCommand
    | PairingCommand
)
