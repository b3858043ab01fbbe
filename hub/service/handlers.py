"""Who carries out what: one function for each command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hub.service import (
    attachments,
    care,
    casework,
    day,
    filing,
    grievances,
    ledger,
    notices,
    people,
    printing,
    queue,
    reading,
    restoring,
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
    people.PinVerified: people.log_in,
    day.TurnDay: day.turn,
    day.ClockJumped: day.clock_jumped,
    restoring.Restored: restoring.restored,
}

NOT_REMEMBERED = frozenset({m.ReadCase, m.ReadAttachment, m.ExportLedger, m.ReportHealth})
"""Carried out each time they are asked: a look is logged each time, health is only ever the newest."""
