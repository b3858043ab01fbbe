"""Who carries out what: one function for each command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hub.service import (
    attachments,
    calendars,
    care,
    casework,
    clocks,
    closing,
    day,
    delegates,
    filing,
    forms,
    grievances,
    ladder,
    ledger,
    notices,
    people,
    printing,
    progress,
    queue,
    reading,
    recounting,
    referrals,
    refusing,
    restoring,
    telling,
    triage,
    watch,
)
from hub.service.books import Asked, Books, Decision, Draft
from hub.store.transaction import Transaction
from hub.wire import messages as m

ADDITIVE: dict[type, Callable[[Books, Draft, Asked, Any], Decision]] = {
    m.FileComplaint: filing.file_complaint,
    m.TakeTicket: filing.take_ticket,
}

CONTENDING: dict[type, Callable[[Transaction, Books, Draft, Asked, Any], Decision]] = {
    m.CallNext: queue.call_next,
    m.RecallTicket: queue.recall,
    m.ServeTicket: queue.serve,
    m.FinishTicket: queue.finish,
    m.MarkNoShow: queue.mark_no_show,
    m.SetWindow: queue.set_window,
    m.AnswerOnTheSpot: casework.answer_on_the_spot,
    m.DispatchCase: casework.dispatch,
    m.AcceptWorkOrder: casework.accept,
    m.ReplyToWorkOrder: casework.reply,
    m.ReportProgress: progress.report,
    m.TriageCase: triage.triage,
    m.DeclineCase: triage.decline,
    m.AskExtension: clocks.ask_extension,
    m.DecideExtension: clocks.decide_extension,
    m.PauseClock: clocks.pause,
    m.ResumeClock: clocks.resume,
    m.CallToWindow: ladder.call,
    m.RecordArrival: ladder.arrive,
    m.EscalateCase: ladder.escalate,
    m.Instruct: ladder.instruct,
    m.RecordMeeting: ladder.meet,
    m.ReferOut: referrals.refer_out,
    m.FollowReferral: referrals.follow,
    m.HandOver: referrals.hand_over,
    m.SendToDepartment: referrals.send_to_department,
    m.NameDelegate: delegates.name,
    m.HandOverPost: delegates.hand_over_post,
    m.StepIn: delegates.step_in,
    m.RateCase: closing.rate,
    m.FollowUpCase: closing.follow_up,
    m.ArchiveCase: closing.archive,
    m.TellCitizen: telling.tell_citizen,
    m.ExplainLateness: telling.explain_lateness,
    m.SuperviseCase: closing.supervise,
    m.ProposeRefusal: refusing.propose,
    m.DecideRefusal: refusing.decide,
    m.ReadRefusal: refusing.read,
    m.PostBulletin: people.post_bulletin,
    m.AcknowledgeNotice: notices.acknowledge,
    m.ReportPrint: printing.report_print,
    m.ReplacePaperCode: printing.replace_paper_code,
    m.ReportHealth: people.report_health,
    m.ReportNumbers: restoring.report_numbers,
    m.ReadCase: reading.read_case,
    m.LogOut: people.log_out,
    m.LodgeGrievance: grievances.lodge,
    m.NameRespondent: grievances.name_respondent,
    m.RecordStatement: grievances.record_statement,
    m.BeginAttachment: attachments.begin,
    m.SendChunk: attachments.send_chunk,
    m.FinishAttachment: attachments.finish,
    m.ReadAttachment: attachments.read,
    m.PublishChecklist: care.publish_checklist,
    m.GiveOneTimeNotice: care.give_notice,
    m.AllowLater: care.allow_later,
    m.ReceiveMaterials: care.receive_materials,
    m.AppointAgent: care.appoint_agent,
    m.DeliverResult: care.deliver,
    m.ReturnMaterials: care.give_back,
    m.ErasePerson: care.erase,
    m.ExportLedger: ledger.export,
    m.ReadForm: forms.read,
    people.PinVerified: people.log_in,
    day.TurnDay: day.turn,
    day.ClockJumped: day.clock_jumped,
    watch.LookAround: watch.look_around,
    m.ChangeCalendar: calendars.change,
    calendars.TakePublished: calendars.take_published,
    recounting.Recount: recounting.recount,
    restoring.Restored: restoring.restored,
}

NOT_REMEMBERED = frozenset(
    {m.ReadCase, m.ReadForm, m.ReadAttachment, m.ReadRefusal, m.ExportLedger, m.ReportHealth, recounting.Recount}
)
"""Carried out each time they are asked: a look is logged each time, health is only ever the newest, and nobody asks
again for the hub's own next few dates."""
