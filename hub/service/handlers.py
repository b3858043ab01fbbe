"""Who carries out what: one function for each command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hub.service import (
    casework,
    clocks,
    closing,
    day,
    delegates,
    filing,
    ladder,
    notices,
    people,
    printing,
    queue,
    reading,
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
    people.PinVerified: people.log_in,
    day.TurnDay: day.turn,
    day.ClockJumped: day.clock_jumped,
    watch.LookAround: watch.look_around,
    restoring.Restored: restoring.restored,
}

NOT_REMEMBERED = frozenset({m.ReadCase, m.ReadRefusal, m.ReportHealth})
"""Carried out each time they are asked: a look is logged each time, health is only ever the newest."""
