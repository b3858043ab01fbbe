"""What the hub answers."""

from __future__ import annotations

import datetime as dt

from hub.domain.care import RecordKind
from hub.domain.case import CaseMove, Stage
from hub.domain.deadline import Due
from hub.domain.estimate import Wait
from hub.domain.grievance import CaseKind, Weight
from hub.domain.hall import Role
from hub.domain.owed import Owed
from hub.wire.appointment_commands import AppointmentAnswer, FreeSlot
from hub.wire.archive_commands import PartEnded
from hub.wire.attachment_commands import AttachmentBegun, AttachmentChunk, AttachmentView
from hub.wire.calendar_commands import WorkingCalendar
from hub.wire.care_commands import ChecklistPart, Material
from hub.wire.closing import Breaches, LevelChoice
from hub.wire.delegate_commands import DelegateList
from hub.wire.due_commands import DueTrace
from hub.wire.events import Events, Snapshot, TicketView
from hub.wire.fairness_commands import FairnessPage
from hub.wire.forms import Form
from hub.wire.green_asks import GreenAsks
from hub.wire.knowledge_commands import SimilarList
from hub.wire.ledger_commands import Ledger
from hub.wire.message import Channel, Message, NoticeKind, PrintState, Remark, VoidReason
from hub.wire.pairing import PairingAnswer
from hub.wire.refusing import Refusal
from hub.wire.register_commands import EntryRecorded
from hub.wire.request_commands import RequestAnswer
from hub.wire.slip_commands import SlipAnswer
from hub.wire.suggestion_commands import SuggestionAnswer
from hub.wire.terminal_commands import TerminalList
from hub.wire.ticket_answers import ComplaintAccepted, TicketAnswer, TicketIssued


class Rejected(Message, frozen=True):
    """Nothing was changed; `code` is stable, `text` says what happened and what to do.

    `times` are other times that are free, `opens_at` when numbers are given again: where that is the remedy (R56, R60).
    """

    code: str
    text: str
    times: tuple[FreeSlot, ...] = ()
    opens_at: dt.datetime | None = None


class Done(Message, frozen=True):
    """Carried out and durable."""


class WorkOrderSent(Message, frozen=True):
    work_order_id: str
    due: Due


class DirectorySlip(Message, frozen=True):
    """Where a citizen is sent (R6), as far as the hall's document says what the slip tells; for the printer."""

    department: str = ""
    place: str = ""
    phone: str = ""
    person: str = ""


class PostHeld(Message, frozen=True):
    """A post of the hall's policy with the hall's title (R4); of somebody else while standing in for them (R7)."""

    post: str
    title: str
    acting_for: str = ""


class LoggedIn(Message, frozen=True):
    staff: str
    name: str
    role: Role
    posts: tuple[PostHeld, ...] = ()


class Step(Message, frozen=True):
    """One line of a case's timeline. `who` is a staff name or unit, only for staff; `text` what was answered."""

    at: dt.datetime
    move: CaseMove | Remark
    department: str = ""
    who: str = ""
    text: str = ""


class Owing(Message, frozen=True):
    """What is still owed about a case beside its answer; `due_date` is nothing where no time is named."""

    what: Owed
    since: dt.datetime
    due_date: dt.date | None


class CaseLine(Message, frozen=True):
    """A case in a list: no citizen, no text. `owner` is the first receiver's name (R5)."""

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
    kind: CaseKind = "matter"
    owed: tuple[Owing, ...] = ()


class CaseList(Message, frozen=True):
    cases: tuple[CaseLine, ...]


class VoidNumber(Message, frozen=True):
    """A number that does not stand, what does instead (empty: nothing), and why. A ticket's has its date before it."""

    number: str
    stands: str
    reason: VoidReason
    at: dt.datetime


class LaidDownField(Message, frozen=True):
    """A field of a fact by its name; lists are apart by line breaks."""

    name: str
    value: str


class LaidDown(Message, frozen=True):
    """A fact of a case beside its moves (`hub.domain.facts`), by its name, with who laid it down.

    `title` is the hall's title of the post that it names: who approved, was asked, was called or convened (R4).
    """

    at: dt.datetime
    who: str
    kind: str
    fields: tuple[LaidDownField, ...]
    title: str = ""


class GrievanceView(Message, frozen=True):
    """What a 投诉 says beyond its text (R11). `written_at` is when its written form was there (R12)."""

    ground: str
    weight: tuple[Weight, ...]
    respondent: str
    respondent_staff: str
    department: str
    happened: str
    place: str
    must_be_written: bool = False
    written_at: dt.datetime | None = None


class Checklist(Message, frozen=True):
    """One version of what a matter needs (R52): the same words from everybody."""

    matter: str
    version: int
    materials: tuple[Material, ...]
    parts: tuple[ChecklistPart, ...]


class CaseRecord(Message, frozen=True):
    """What was done around a case: `items` are materials, `version` that of the checklist that was told."""

    kind: RecordKind
    at: dt.datetime
    who: str
    items: tuple[str, ...] = ()
    detail: str = ""
    version: int = 0


class CaseRating(Message, frozen=True):
    """A rating (R32): a level of the hall's scale, by its code; why stands in the timeline."""

    at: dt.datetime
    level: str


class CaseDetail(Message, frozen=True):
    """A case whole, for those who handle it. `printed_at` when its paper was there before the hub had it."""

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
    printed_at: dt.datetime | None = None
    void_numbers: tuple[VoidNumber, ...] = ()
    facts: tuple[LaidDown, ...] = ()
    grievance: GrievanceView | None = None
    attachments: tuple[AttachmentView, ...] = ()
    records: tuple[CaseRecord, ...] = ()
    ratings: tuple[CaseRating, ...] = ()


class Notice(Message, frozen=True):
    """What a person must react to; stays until acknowledged by name. `subject` is a case number or terminal.

    `post` is the code of the post whose word is waited for (R4), empty where anybody there may act.
    """

    notice_id: int
    kind: NoticeKind
    subject: str
    raised_at: dt.datetime
    detail: str = ""
    post: str = ""


class NoticeList(Message, frozen=True):
    notices: tuple[Notice, ...]


class Progress(Message, frozen=True):
    """What the phone page may show: no name, no phone, no text of the citizen's.

    `levels` are those that the citizen may rate it with now (`RateByCode`), `rated` is how it was rated.
    """

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
    wait: Wait | None = None
    promised: bool = True
    promise: str = ""
    after_closing: str = ""
    language: str = ""
    levels: tuple[LevelChoice, ...] = ()
    rated: LevelChoice | None = None


Answer = (
    Rejected
    | Done
    | ComplaintAccepted
    | TicketIssued
    | TicketAnswer
    | WorkOrderSent
    | DirectorySlip
    | LoggedIn
    | Events
    | Snapshot
    | CaseList
    | CaseDetail
    | DelegateList
    | NoticeList
    | Progress
    | Breaches
    | Refusal
    | AttachmentBegun
    | AttachmentChunk
    | Checklist
    | Ledger
    | FairnessPage
    | SimilarList
    | EntryRecorded
    | PartEnded
    | Form
    | GreenAsks
    | AppointmentAnswer
    | WorkingCalendar
    | DueTrace
    | SlipAnswer
    | RequestAnswer
    | SuggestionAnswer
    | PairingAnswer
    | TerminalList
)
