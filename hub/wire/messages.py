"""Every message between terminals and hub: commands, queries, answers and events.

What a kiosk, a phone and the hub say to each other about one form is a conversation of its own: `hub.wire.pairing`.

Commands are imperative, events past, errors state the fact. All are frozen, forbid unknown fields, and know no
transport, no clock and no database. Times are UTC. docs/wire.md describes them for terminals in other languages.
"""

from __future__ import annotations

from hub.wire.answers import (
    Answer as Answer,
    CaseDetail as CaseDetail,
    CaseLine as CaseLine,
    CaseList as CaseList,
    CaseRating as CaseRating,
    CaseRecord as CaseRecord,
    Checklist as Checklist,
    DirectorySlip as DirectorySlip,
    Done as Done,
    GrievanceView as GrievanceView,
    LaidDown as LaidDown,
    LaidDownField as LaidDownField,
    LoggedIn as LoggedIn,
    Notice as Notice,
    NoticeList as NoticeList,
    Owing as Owing,
    PostHeld as PostHeld,
    Progress as Progress,
    Rejected as Rejected,
    Step as Step,
    VoidNumber as VoidNumber,
    WorkOrderSent as WorkOrderSent,
)
from hub.wire.appointment_commands import (
    AppointmentList as AppointmentList,
    AppointmentMade as AppointmentMade,
    AppointmentView as AppointmentView,
    BookAppointment as BookAppointment,
    CancelAppointment as CancelAppointment,
    CheckIn as CheckIn,
    EndLate as EndLate,
    FreeSlot as FreeSlot,
    LateWindow as LateWindow,
    ListAppointments as ListAppointments,
    ListSlots as ListSlots,
    MoveAppointment as MoveAppointment,
    OpeningNow as OpeningNow,
    ReadOpening as ReadOpening,
    ServeLate as ServeLate,
    ServiceOpening as ServiceOpening,
    SlotList as SlotList,
)
from hub.wire.archive_commands import EndKeeping as EndKeeping, ExportCase as ExportCase, PartEnded as PartEnded
from hub.wire.attachment_commands import (
    AttachmentBegun as AttachmentBegun,
    AttachmentChunk as AttachmentChunk,
    AttachmentView as AttachmentView,
    BeginAttachment as BeginAttachment,
    FinishAttachment as FinishAttachment,
    ReadAttachment as ReadAttachment,
    SendChunk as SendChunk,
)
from hub.wire.calendar_commands import (
    CalendarVersion as CalendarVersion,
    ChangeCalendar as ChangeCalendar,
    ReadCalendar as ReadCalendar,
    WorkingCalendar as WorkingCalendar,
)
from hub.wire.care_commands import (
    AllowLater as AllowLater,
    AppointAgent as AppointAgent,
    ChecklistPart as ChecklistPart,
    DeliverResult as DeliverResult,
    ErasePerson as ErasePerson,
    GiveOneTimeNotice as GiveOneTimeNotice,
    Material as Material,
    PublishChecklist as PublishChecklist,
    ReadChecklist as ReadChecklist,
    ReceiveMaterials as ReceiveMaterials,
    ReturnMaterials as ReturnMaterials,
)
from hub.wire.case_commands import (
    AskExtension as AskExtension,
    CallToWindow as CallToWindow,
    DecideExtension as DecideExtension,
    DeclineCase as DeclineCase,
    EscalateCase as EscalateCase,
    FollowReferral as FollowReferral,
    HandOver as HandOver,
    Instruct as Instruct,
    PauseClock as PauseClock,
    RecordArrival as RecordArrival,
    RecordMeeting as RecordMeeting,
    ReferOut as ReferOut,
    ResumeClock as ResumeClock,
    SendToDepartment as SendToDepartment,
    TriageCase as TriageCase,
)
from hub.wire.closing import (
    ArchiveCase as ArchiveCase,
    Breaches as Breaches,
    ExplainLateness as ExplainLateness,
    FollowUpCase as FollowUpCase,
    LevelChoice as LevelChoice,
    RateByCode as RateByCode,
    RateCase as RateCase,
    ReadBreaches as ReadBreaches,
    SuperviseCase as SuperviseCase,
    TellCitizen as TellCitizen,
)
from hub.wire.commands import (
    AcceptWorkOrder as AcceptWorkOrder,
    AcknowledgeNotice as AcknowledgeNotice,
    AnswerOnTheSpot as AnswerOnTheSpot,
    Command as Command,
    DispatchCase as DispatchCase,
    EventsSince as EventsSince,
    FileComplaint as FileComplaint,
    ListCases as ListCases,
    ListNotices as ListNotices,
    LookUp as LookUp,
    PostBulletin as PostBulletin,
    PrintedNumber as PrintedNumber,
    ReadCase as ReadCase,
    ReplacePaperCode as ReplacePaperCode,
    ReplyToWorkOrder as ReplyToWorkOrder,
    ReportPrint as ReportPrint,
    ReportProgress as ReportProgress,
    TakeTicket as TakeTicket,
)
from hub.wire.delegate_commands import (
    Cover as Cover,
    DelegateList as DelegateList,
    DelegatePair as DelegatePair,
    HandOverPost as HandOverPost,
    ListDelegates as ListDelegates,
    NameDelegate as NameDelegate,
    StepIn as StepIn,
)
from hub.wire.due_commands import DueTrace as DueTrace, ExplainDue as ExplainDue
from hub.wire.events import (
    BulletinPosted as BulletinPosted,
    CalendarSet as CalendarSet,
    CaseMoved as CaseMoved,
    CaseProgress as CaseProgress,
    ComplaintFiled as ComplaintFiled,
    Counts as Counts,
    DayTurned as DayTurned,
    Event as Event,
    Events as Events,
    Heartbeat as Heartbeat,
    NoticeAcknowledged as NoticeAcknowledged,
    NoticeRaised as NoticeRaised,
    Numbered as Numbered,
    NumberReplaced as NumberReplaced,
    Published as Published,
    Respondent as Respondent,
    Snapshot as Snapshot,
    TicketCalled as TicketCalled,
    TicketMoved as TicketMoved,
    TicketTaken as TicketTaken,
    TicketView as TicketView,
    WindowSet as WindowSet,
    WindowView as WindowView,
    Withheld as Withheld,
)
from hub.wire.fairness_commands import (
    FairnessFigure as FairnessFigure,
    FairnessPage as FairnessPage,
    FairnessPart as FairnessPart,
    FairnessRow as FairnessRow,
    ReadFairness as ReadFairness,
)
from hub.wire.forms import (
    ExportForm as ExportForm,
    Form as Form,
    FormBox as FormBox,
    FormField as FormField,
    FormKind as FormKind,
    PaperKind as PaperKind,
    ReadForm as ReadForm,
)
from hub.wire.green_asks import (
    GreenAsk as GreenAsk,
    GreenAsks as GreenAsks,
    ListGreenAsks as ListGreenAsks,
)
from hub.wire.grievance_commands import (
    LodgeGrievance as LodgeGrievance,
    NameRespondent as NameRespondent,
    RecordStatement as RecordStatement,
)
from hub.wire.knowledge_commands import (
    SimilarCase as SimilarCase,
    SimilarCases as SimilarCases,
    SimilarList as SimilarList,
)
from hub.wire.ledger_commands import (
    ExportLedger as ExportLedger,
    Ledger as Ledger,
    LedgerColumn as LedgerColumn,
    LedgerRow as LedgerRow,
    NoteExport as NoteExport,
)
from hub.wire.message import (
    VERSION as VERSION,
    Channel as Channel,
    LookupSecrets as LookupSecrets,
    Message as Message,
    NoticeKind as NoticeKind,
    PrintState as PrintState,
    Remark as Remark,
    VoidReason as VoidReason,
)
from hub.wire.queue_commands import (
    AdvanceTicket as AdvanceTicket,
    AskGreenChannel as AskGreenChannel,
    CallNext as CallNext,
    CallParked as CallParked,
    DecideGreenChannel as DecideGreenChannel,
    FinishTicket as FinishTicket,
    MarkNoShow as MarkNoShow,
    ParkTicket as ParkTicket,
    RecallTicket as RecallTicket,
    ReturnTicket as ReturnTicket,
    ServeTicket as ServeTicket,
    SetWindow as SetWindow,
    TransferTicket as TransferTicket,
    WithdrawTicket as WithdrawTicket,
)
from hub.wire.refusing import (
    DecideRefusal as DecideRefusal,
    ProposeRefusal as ProposeRefusal,
    ReadRefusal as ReadRefusal,
    Refusal as Refusal,
)
from hub.wire.register_commands import (
    EntryField as EntryField,
    EntryRecorded as EntryRecorded,
    RecordEntry as RecordEntry,
)
from hub.wire.request_commands import (
    AnswerVisit as AnswerVisit,
    AskVisit as AskVisit,
    ListRequests as ListRequests,
    ReadRequest as ReadRequest,
    ReceivePreReview as ReceivePreReview,
    RecordVisit as RecordVisit,
    RequestDetail as RequestDetail,
    RequestLine as RequestLine,
    RequestList as RequestList,
    TellPreReview as TellPreReview,
)
from hub.wire.slip_commands import (
    CountSlips as CountSlips,
    ImportSlips as ImportSlips,
    PrintSlips as PrintSlips,
    ReadSlips as ReadSlips,
    ReportByHand as ReportByHand,
    SlipBlock as SlipBlock,
    SlipBlockState as SlipBlockState,
    SlipCall as SlipCall,
    SlipEntry as SlipEntry,
    SlipFault as SlipFault,
    SlipOverlap as SlipOverlap,
    SlipReport as SlipReport,
    SlipsImported as SlipsImported,
    SlipsLeft as SlipsLeft,
    SlipsLeftOf as SlipsLeftOf,
    SlipUse as SlipUse,
)
from hub.wire.suggestion_commands import (
    EraseSuggestion as EraseSuggestion,
    HandleSuggestion as HandleSuggestion,
    LeaveSuggestion as LeaveSuggestion,
    ListSuggestions as ListSuggestions,
    ReadSuggestion as ReadSuggestion,
    SuggestionDetail as SuggestionDetail,
    SuggestionLine as SuggestionLine,
    SuggestionList as SuggestionList,
)
from hub.wire.terminal_commands import (
    LogIn as LogIn,
    LogOut as LogOut,
    ReadTerminals as ReadTerminals,
    ReportHealth as ReportHealth,
    ReportNumbers as ReportNumbers,
    SeenNumber as SeenNumber,
    TerminalHealth as TerminalHealth,
    TerminalList as TerminalList,
    TerminalState as TerminalState,
)
from hub.wire.ticket_answers import (
    ComplaintAccepted as ComplaintAccepted,
    TicketAnswer as TicketAnswer,
    TicketIssued as TicketIssued,
)
