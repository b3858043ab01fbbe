"""Who may ask what: one table, role × command. What it does not list is refused.

Of what the hall's document gives to a post, `hub.service.posts` has the table: role here is the kind of terminal.
"""

from __future__ import annotations

from hub.domain.case import CaseMove
from hub.domain.hall import Role
from hub.errors import Refused
from hub.service.books import Actor
from hub.wire import messages as m, pairing

STAFF: frozenset[Role] = frozenset({"window", "department", "supervisor"})
EVERYBODY: frozenset[Role] = frozenset({"kiosk", "window", "department", "supervisor", "display", "web"})

ALLOWED: dict[type[m.Message], frozenset[Role]] = {
    m.FileComplaint: frozenset({"kiosk", "window"}),
    m.TakeTicket: frozenset({"kiosk", "window"}),
    m.CallNext: frozenset({"window"}),
    m.RecallTicket: frozenset({"window"}),
    m.ServeTicket: frozenset({"window"}),
    m.FinishTicket: frozenset({"window"}),
    m.MarkNoShow: frozenset({"window"}),
    m.SetWindow: frozenset({"window"}),
    m.ParkTicket: frozenset({"window"}),
    m.CallParked: frozenset({"window"}),
    m.TransferTicket: frozenset({"window"}),
    m.ReturnTicket: frozenset({"window", "supervisor"}),
    m.WithdrawTicket: frozenset({"window", "supervisor"}),
    m.AskGreenChannel: frozenset({"kiosk", "window", "supervisor"}),
    m.DecideGreenChannel: frozenset({"window", "supervisor"}),
    m.AdvanceTicket: frozenset({"window", "supervisor"}),
    m.ListGreenAsks: frozenset({"window", "supervisor"}),
    m.BookAppointment: frozenset({"kiosk", "window", "supervisor"}),
    m.MoveAppointment: frozenset({"kiosk", "window", "supervisor"}),
    m.CancelAppointment: frozenset({"kiosk", "window", "supervisor"}),
    m.CheckIn: frozenset({"kiosk", "window"}),
    m.ListSlots: frozenset({"kiosk", "window", "supervisor"}),
    m.ListAppointments: frozenset({"window", "supervisor"}),
    m.ServeLate: frozenset({"window"}),
    m.EndLate: frozenset({"window"}),
    m.ReadOpening: frozenset({"kiosk", "window", "supervisor", "display"}),
    m.AnswerOnTheSpot: frozenset({"window"}),
    m.DispatchCase: frozenset({"window"}),
    m.AcceptWorkOrder: frozenset({"department"}),
    m.ReplyToWorkOrder: frozenset({"department"}),
    m.ReportProgress: frozenset({"department"}),
    m.TriageCase: frozenset({"window"}),
    m.DeclineCase: frozenset({"window"}),
    m.AskExtension: frozenset({"window", "department"}),
    m.DecideExtension: STAFF,
    m.PauseClock: frozenset({"window", "department"}),
    m.ResumeClock: frozenset({"window", "department"}),
    m.CallToWindow: frozenset({"window"}),
    m.RecordArrival: frozenset({"window"}),
    m.EscalateCase: frozenset({"window"}),
    m.Instruct: STAFF,
    m.RecordMeeting: STAFF,
    m.ReferOut: frozenset({"window"}),
    m.FollowReferral: frozenset({"window"}),
    m.HandOver: frozenset({"window", "supervisor"}),
    m.SendToDepartment: frozenset({"window", "department"}),
    m.NameDelegate: frozenset({"supervisor"}),
    m.HandOverPost: STAFF,
    m.StepIn: STAFF,
    m.RateCase: frozenset({"window", "supervisor"}),
    m.RateByCode: frozenset({"web", "kiosk"}),
    m.FollowUpCase: frozenset({"window", "supervisor"}),
    m.ArchiveCase: frozenset({"window", "supervisor"}),
    m.TellCitizen: STAFF,
    m.ExplainLateness: frozenset({"window", "department"}),
    m.SuperviseCase: frozenset({"window", "supervisor"}),
    m.ReadBreaches: STAFF,
    m.ProposeRefusal: frozenset({"window"}),
    m.DecideRefusal: STAFF,
    m.ReadRefusal: frozenset({"window", "supervisor"}),
    m.ExplainDue: STAFF,
    m.PostBulletin: frozenset({"supervisor"}),
    m.AcknowledgeNotice: STAFF,
    m.ReportPrint: frozenset({"kiosk", "window"}),
    m.ReplacePaperCode: frozenset({"kiosk", "window"}),
    m.LogIn: STAFF,
    m.LogOut: STAFF,
    m.ReportHealth: EVERYBODY,
    m.ReadTerminals: EVERYBODY,
    m.ReportNumbers: EVERYBODY,
    m.EventsSince: EVERYBODY,
    m.ListCases: STAFF,
    m.ReadCase: STAFF,
    m.ListNotices: STAFF,
    m.ListDelegates: STAFF,
    m.LookUp: frozenset({"web", "kiosk", "window"}),
    m.LodgeGrievance: frozenset({"kiosk", "window"}),
    m.NameRespondent: frozenset({"window", "supervisor"}),
    m.BeginAttachment: STAFF,
    m.SendChunk: STAFF,
    m.FinishAttachment: STAFF,
    m.ReadAttachment: STAFF,
    m.PublishChecklist: frozenset({"supervisor"}),
    m.ReadChecklist: STAFF | {"kiosk"},
    m.GiveOneTimeNotice: frozenset({"window", "department"}),
    m.AllowLater: frozenset({"window", "department"}),
    m.ReceiveMaterials: frozenset({"window", "department"}),
    m.AppointAgent: frozenset({"window"}),
    m.DeliverResult: frozenset({"window", "department"}),
    m.ReturnMaterials: frozenset({"window", "department"}),
    m.ErasePerson: frozenset({"supervisor"}),
    m.ExportLedger: frozenset({"supervisor"}),
    m.ExportCase: frozenset({"window", "supervisor"}),
    m.EndKeeping: frozenset({"supervisor"}),
    m.NoteExport: frozenset({"supervisor"}),
    m.RecordEntry: frozenset({"supervisor"}),
    m.ReadFairness: frozenset({"supervisor"}),
    m.SimilarCases: frozenset({"window"}),
    m.ReadForm: STAFF,
    m.ExportForm: STAFF,
    m.ChangeCalendar: frozenset({"supervisor"}),
    m.ReadCalendar: EVERYBODY,
    m.RecordStatement: frozenset({"window", "supervisor"}),
    m.PrintSlips: frozenset({"kiosk", "window", "supervisor"}),
    m.ImportSlips: frozenset({"window", "supervisor"}),
    m.ReportByHand: frozenset({"window", "supervisor"}),
    m.ReadSlips: frozenset({"window", "supervisor"}),
    m.CountSlips: frozenset({"kiosk"}),
    m.AskVisit: frozenset({"window"}),
    m.AnswerVisit: frozenset({"window", "supervisor"}),
    m.RecordVisit: frozenset({"window"}),
    m.ReceivePreReview: frozenset({"window"}),
    m.TellPreReview: frozenset({"window"}),
    m.ListRequests: frozenset({"window", "supervisor"}),
    m.ReadRequest: frozenset({"window", "supervisor"}),
    m.LeaveSuggestion: frozenset({"kiosk", "window"}),
    m.ListSuggestions: frozenset({"window", "supervisor"}),
    m.ReadSuggestion: frozenset({"window", "supervisor"}),
    m.HandleSuggestion: frozenset({"window", "supervisor"}),
    m.EraseSuggestion: frozenset({"supervisor"}),
    pairing.OpenPairing: frozenset({"kiosk"}),
    pairing.ReadPairing: frozenset({"web"}),
    pairing.SendDraft: frozenset({"web"}),
    pairing.CollectDraft: frozenset({"kiosk"}),
    pairing.ClosePairing: frozenset({"kiosk"}),
}

BY_HAND: frozenset[type[m.Message]] = frozenset(kind for kind, roles in ALLOWED.items() if roles <= STAFF) | {
    m.PrintSlips
}
"""What a person means at one moment; programs ask again under the same id once what was wrong is mended."""

WITHOUT_LOGIN: frozenset[type[m.Message]] = frozenset(
    {
        m.LogIn,
        m.LogOut,
        m.EventsSince,
        m.ReportHealth,
        m.ReadTerminals,
        m.ReportNumbers,
        m.ListNotices,
        m.ReadCalendar,
    }
)
"""What a staff terminal may ask before anybody is logged in there; other roles have no logins."""

BY_ITSELF = (
    m.ReportHealth,
    m.ReadTerminals,
    m.ReportNumbers,
    m.EventsSince,
    m.ListNotices,
    m.ListCases,
    m.ReadCase,
)
"""What a counter asks when something happened in the hall, or now and then: no sign that somebody sits there."""

MAKES: dict[CaseMove, type[m.Message]] = {
    "triage": m.TriageCase,
    "answer_on_the_spot": m.AnswerOnTheSpot,
    "dispatch": m.DispatchCase,
    "accept": m.AcceptWorkOrder,
    "reply": m.ReplyToWorkOrder,
    "refer_out": m.ReferOut,
    "decline": m.DeclineCase,
    "follow_up": m.FollowUpCase,
    "rate": m.RateCase,
    "send_back": m.RateCase,
    "archive": m.ArchiveCase,
    "extend": m.AskExtension,
    "pause": m.PauseClock,
    "resume": m.ResumeClock,
    "escalate": m.EscalateCase,
    "meet": m.RecordMeeting,
}
"""The command behind each move of a case: no move without somebody who may make it."""


def authorise(actor: Actor, command: m.Message) -> None:
    """Raises `Refused` with `not_permitted` or `login_needed`."""
    kind = type(command)
    if actor.role not in ALLOWED[kind]:
        raise Refused("not_permitted", f"a {actor.role} terminal may not {kind.__name__}")
    if actor.role in STAFF and kind not in WITHOUT_LOGIN and not actor.staff:
        raise Refused("login_needed", f"log in at {actor.terminal.name} first")
