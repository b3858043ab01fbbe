"""承办: taken on, reported on, replied to by the unit that has the work order (R3, R24, R25)."""

from __future__ import annotations

from counter.steps.answering import no_veto
from counter.steps.shape import DEPARTMENT, Draft, Field, Note, Step, always
from counter.steps.situation import Situation
from hub.domain.progress import next_due
from hub.wire import messages as m


def _reply_cite(s: Situation) -> str:
    """The case's own class says what is owed; its article comes before the general one."""
    of_class = [one.cite for one in s.policy.classes if one.code == s.line.case_class]
    return of_class[0] if of_class else s.policy.article("reply")


def _progress_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    """Whether the report meets the date, and until when time runs then (R25)."""
    due = next_due(s.policy, s.calendar, s.line.kind, s.line.case_class, s.line.due, s.now or s.today)
    if due is None:
        return (Note("progress.stays", (("date", s.line.due.date),)),)
    return (Note("progress.met", (("new", due.date),)),)


# --- 不属受理范围, 需要补充, 请示后答复 (R2, R3) ----------------------------------------


STEPS: tuple[Step, ...] = (
    Step(
        "accept",
        "handle",
        DEPARTMENT,
        m.AcceptWorkOrder,
        offered=lambda s: s.leads_on("accept") and bool(s.line.work_order_id),
        now=always,
        cite=lambda s: s.policy.article("accept"),
        command=lambda s, _said: m.AcceptWorkOrder(work_order_id=s.line.work_order_id),
        key="f5",
    ),
    Step(
        "reply",
        "handle",
        DEPARTMENT,
        m.ReplyToWorkOrder,
        offered=lambda s: s.leads_on("reply") and bool(s.line.work_order_id) and s.standing.paused is None,
        now=always,
        cite=_reply_cite,
        fields=lambda _s, _d: (Field("text", "text"),),
        notes=no_veto,
        command=lambda s, said: m.ReplyToWorkOrder(work_order_id=s.line.work_order_id, text=said.text("text")),
        key="f6",
    ),
    Step(
        "report_progress",
        "handle",
        DEPARTMENT,
        m.ReportProgress,
        offered=lambda s: s.leads_on("reply") and bool(s.line.work_order_id) and s.standing.paused is None,
        cite=_reply_cite,
        fields=lambda _s, _d: (Field("text", "text"), Field("reasons", "text")),
        notes=_progress_notes,
        command=lambda s, said: m.ReportProgress(
            work_order_id=s.line.work_order_id, text=said.text("text"), reasons=said.text("reasons")
        ),
    ),
)
