"""Every message between terminals and hub: commands, queries, answers and events.

Commands are imperative, events past, errors state the fact. All are frozen, forbid unknown fields, and know no
transport, no clock and no database. Times are UTC. docs/wire.md describes them for terminals in other languages.
"""

from __future__ import annotations

from hub.wire.answers import (
    Answer as Answer,
    CaseDetail as CaseDetail,
    CaseLine as CaseLine,
    CaseList as CaseList,
    ComplaintAccepted as ComplaintAccepted,
    Done as Done,
    LoggedIn as LoggedIn,
    Notice as Notice,
    NoticeList as NoticeList,
    Progress as Progress,
    Rejected as Rejected,
    Step as Step,
    TicketAnswer as TicketAnswer,
    TicketIssued as TicketIssued,
    VoidNumber as VoidNumber,
    WorkOrderSent as WorkOrderSent,
)
from hub.wire.closing import (
    ArchiveCase as ArchiveCase,
    FollowUpCase as FollowUpCase,
    RateCase as RateCase,
)
from hub.wire.commands import (
    AcceptWorkOrder as AcceptWorkOrder,
    AcknowledgeNotice as AcknowledgeNotice,
    AnswerOnTheSpot as AnswerOnTheSpot,
    CallNext as CallNext,
    Command as Command,
    DispatchCase as DispatchCase,
    EventsSince as EventsSince,
    FileComplaint as FileComplaint,
    FinishTicket as FinishTicket,
    ListCases as ListCases,
    ListNotices as ListNotices,
    LogIn as LogIn,
    LogOut as LogOut,
    LookUp as LookUp,
    LookupSecrets as LookupSecrets,
    MarkNoShow as MarkNoShow,
    PostBulletin as PostBulletin,
    PrintedNumber as PrintedNumber,
    ReadCase as ReadCase,
    RecallTicket as RecallTicket,
    ReplacePaperCode as ReplacePaperCode,
    ReplyToWorkOrder as ReplyToWorkOrder,
    ReportHealth as ReportHealth,
    ReportNumbers as ReportNumbers,
    ReportPrint as ReportPrint,
    SeenNumber as SeenNumber,
    ServeTicket as ServeTicket,
    SetWindow as SetWindow,
    TakeTicket as TakeTicket,
)
from hub.wire.events import (
    BulletinPosted as BulletinPosted,
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
    Snapshot as Snapshot,
    TicketCalled as TicketCalled,
    TicketMoved as TicketMoved,
    TicketTaken as TicketTaken,
    TicketView as TicketView,
    WindowSet as WindowSet,
    WindowView as WindowView,
    Withheld as Withheld,
)
from hub.wire.message import (
    VERSION as VERSION,
    Channel as Channel,
    Message as Message,
    NoticeKind as NoticeKind,
    PrintState as PrintState,
    VoidReason as VoidReason,
)
