"""请示与会商: who is called, asked upward, or met with when the window alone cannot settle it (R20-R22)."""

from __future__ import annotations

from counter.steps.answering import departments
from counter.steps.shape import STAFF, WINDOW, Draft, Field, Note, Quote, Step, always
from counter.steps.situation import Situation
from hub.wire import messages as m


def _who_comes(s: Situation) -> str:
    """The role that comes to the window here (R20); empty where the document calls nobody."""
    code = s.policy.handling.comes_to_window.value
    return code if code and s.policy.role(code).at != "nobody" else ""


def _call_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    """A department's head is called from a department: the case's own, or one that is named."""
    if s.policy.role(_who_comes(s)).at != "department":
        return ()
    usual = s.line.department or next(
        (one.department for one in s.hall.matters if one.code == s.line.matter and one.department), ""
    )
    return (Field("department", "choice", choices=departments(s), usual=usual),)


def _asked(s: Situation, _draft: Draft) -> tuple[Quote, ...]:
    asked = s.question
    return (Quote("question", asked.question),) if asked is not None else ()


def _convenes(s: Situation) -> bool:
    leads = s.role == "department" and s.policy.handling.lead_department_convenes.value
    return s.acts_here(s.policy.handling.meeting_convener.value) or leads


def _meeting_cite(s: Situation) -> str:
    return s.policy.article("meet") or s.policy.handling.meeting_convener.cite


STEPS: tuple[Step, ...] = (
    Step(
        "record_arrival",
        "consult",
        WINDOW,
        m.RecordArrival,
        offered=lambda s: bool(s.standing.called),
        now=always,
        cite=lambda s: s.policy.handling.comes_to_window.cite,
        fields=lambda _s, _d: (Field("name", "line"),),
        notes=lambda s, _d: (Note("arrival", (("who", s.title(s.standing.called)),)),),
        command=lambda s, said: m.RecordArrival(case_number=s.line.case_number, name=said.text("name")),
        blames={"text_missing": "name"},
    ),
    Step(
        "instruct",
        "consult",
        STAFF,
        m.Instruct,
        offered=lambda s: bool(s.standing.asked_upward) and s.acts_here(s.standing.asked_upward),
        now=always,
        cite=lambda s: s.policy.article("escalate") or s.policy.handling.ladder.cite,
        fields=lambda _s, _d: (Field("text", "text"),),
        quotes=_asked,
        command=lambda s, said: m.Instruct(case_number=s.line.case_number, text=said.text("text")),
        key="f5",
    ),
    Step(
        "call_to_window",
        "consult",
        WINDOW,
        m.CallToWindow,
        offered=lambda s: s.is_open and bool(_who_comes(s)) and not s.standing.called,
        cite=lambda s: s.policy.handling.comes_to_window.cite,
        fields=_call_fields,
        notes=lambda s, _d: (Note("call", (("who", s.title(_who_comes(s))),)),),
        command=lambda s, said: m.CallToWindow(case_number=s.line.case_number, department=said.text("department")),
        blames={"respondent_unit": "department"},
    ),
    Step(
        "escalate",
        "consult",
        WINDOW,
        m.EscalateCase,
        offered=lambda s: s.leads_on("escalate") and not s.standing.asked_upward and bool(s.next_rung()),
        cite=lambda s: s.policy.article("escalate") or s.policy.handling.ladder.cite,
        fields=lambda _s, _d: (Field("question", "text"),),
        notes=lambda s, _d: (Note("escalate", (("who", s.title(s.next_rung())),)),),
        command=lambda s, said: m.EscalateCase(case_number=s.line.case_number, question=said.text("question")),
        blames={"text_missing": "question"},
    ),
    Step(
        "record_meeting",
        "consult",
        STAFF,
        m.RecordMeeting,
        offered=lambda s: s.leads_on("meet") and _convenes(s),
        cite=_meeting_cite,
        fields=lambda _s, _d: (Field("members", "lines"), Field("minutes", "text"), Field("decision", "text")),
        notes=lambda s, _d: (Note("meeting", (("who", s.title(s.policy.handling.meeting_convener.value)),)),),
        command=lambda s, said: m.RecordMeeting(
            case_number=s.line.case_number,
            members=said.lines("members"),
            minutes=said.text("minutes"),
            decision=said.text("decision"),
        ),
        blames={"meeting_incomplete": "members"},
    ),
)
