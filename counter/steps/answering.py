"""办理 at the window: looked at, answered, sent out, and no bare no (R3, R16-R20, R25, R50)."""

from __future__ import annotations

from counter.steps.shape import (
    STAFF,
    WINDOW,
    Choice,
    Draft,
    Field,
    Note,
    Quote,
    Step,
    always,
)
from counter.steps.situation import Situation
from hub.domain.deadline import due_at_dispatch
from hub.wire import messages as m


def classes(s: Situation) -> tuple[Choice, ...]:
    """Every class of problem with the date it would give if the case were sent out today (R25)."""
    filed = s.moment(s.line.filed_at)
    return tuple(
        Choice(
            one.code,
            one.name,
            due=due_at_dispatch(s.policy, s.calendar, filed, s.now or s.today, one.code),
            owed=one.owed,
        )
        for one in s.policy.classes
    )


def usual_department(s: Situation) -> str:
    """The department that usually handles the case's matter; empty when nobody does."""
    return next((one.department for one in s.hall.matters if one.code == s.line.matter), "")


def departments(s: Situation) -> tuple[Choice, ...]:
    usual = usual_department(s)
    return tuple(Choice(one.code, one.name, "" if one.code == usual else one.place) for one in s.hall.departments)


def dispatch_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    only = s.policy.classes[0].code if len(s.policy.classes) == 1 else ""
    usual = usual_department(s) if s.stage in ("filed", "triaged", "rework") else ""
    return (
        Field("department", "choice", choices=departments(s), usual=usual),
        Field("case_class", "choice", choices=classes(s), usual=s.line.case_class or only),
        Field("text", "text", required=False),
    )


def dispatch(s: Situation, said: Draft) -> m.DispatchCase:
    return m.DispatchCase(
        case_number=s.line.case_number,
        department=said.text("department"),
        case_class=said.text("case_class"),
        note=said.text("text"),
    )


def _triage_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    several = len(s.policy.classes) > 1
    asked = (Field("case_class", "choice", required=False, choices=classes(s)),) if several else ()
    return (Field("text", "text"), *asked)


def no_veto(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    return (Note("no_veto"),)


def _kinds(s: Situation) -> tuple[Choice, ...]:
    """What may be answered instead of a no; where refusals are filed only what to supply needs no approval (R50)."""
    kinds = [one for one in ("elsewhere", "supply", "ask_upward") if one in s.policy.answers]
    if s.policy.refusals.filed.value:
        kinds = [one for one in kinds if one == "supply"]
    if not s.standing.instructed:
        kinds = [one for one in kinds if one != "ask_upward"]
    return tuple(Choice(one, hint=s.policy.answers[one].value) for one in kinds)


def _decline_fields(s: Situation, draft: Draft) -> tuple[Field, ...]:
    kind = draft.text("kind")
    grounds = [one for one in s.policy.exclusions if one.answer == kind]
    fields = [Field("kind", "choice", choices=_kinds(s), large=True)]
    if kind == "elsewhere" or (grounds and kind):
        offered = tuple(Choice(one.code, one.text, one.guidance) for one in grounds)
        fields.append(Field("exclusion", "choice", required=kind == "elsewhere", choices=offered))
    if any(one.code == draft.text("exclusion") and one.basis_named for one in grounds):
        fields.append(Field("basis", "line"))
    if kind == "supply":
        fields.append(Field("supply", "lines"))
    fields.append(Field("text", "text"))
    written = s.policy.refusals.reasons_in.value == "written"
    media = ("written",) if written else ("oral", "written")
    fields.append(Field("medium", "choice", choices=tuple(Choice(one) for one in media), usual=media[0]))
    return tuple(fields)


def _decline_notes(s: Situation, draft: Draft) -> tuple[Note, ...]:
    notes = [Note("no_veto")]
    if s.late and s.policy.refusals.unanswered_is_handled.value and not draft.text("exclusion"):
        notes.append(Note("decline.to_be_handled"))
    if s.policy.refusals.filed.value:
        notes.append(Note("decline.filed", (("who", s.title(s.policy.refusals.approver.value)),)))
    return tuple(notes)


def _decline(s: Situation, said: Draft) -> m.DeclineCase:
    return m.DeclineCase(
        case_number=s.line.case_number,
        kind=said.text("kind"),  # type: ignore[arg-type]  # one of the choices
        text=said.text("text"),
        exclusion=said.text("exclusion"),
        basis=said.text("basis"),
        supply=said.lines("supply"),
        medium=said.text("medium"),  # type: ignore[arg-type]  # one of the choices
    )


# --- 否定事项报备 (R50) ----------------------------------------


def _refusal_notes(s: Situation, draft: Draft) -> tuple[Note, ...]:
    approver = Note("refusal.approver", (("who", s.title(s.policy.refusals.approver.value)),))
    return (approver, *_notice_notes(s, draft))


def _notice_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    """How a refusal is told and kept, with the remedies that its notice names."""
    rules = s.policy.refusals
    copies = Note("refusal.copies", (("n", rules.copies.value),))
    return (Note(f"refusal.notice.{rules.notice_in.value}"), *remedies(s), copies)


def remedies(s: Situation) -> tuple[Note, ...]:
    named = s.policy.refusals.remedies.value
    return (Note(f"refusal.{'_and_'.join(sorted(named))}"),) if named else ()


def _proposed(s: Situation, _draft: Draft) -> tuple[Quote, ...]:
    """The reasons, and below them the basis when the hub has told the form."""
    proposed = next((one for one in reversed(s.detail.steps) if one.move == "propose_refusal"), None)
    if proposed is None:
        return ()
    text = f"{proposed.text}\n{s.refusal.basis}" if s.refusal is not None else proposed.text
    return (Quote("refusal", text, proposed.who),)


def _read_refusal(s: Situation) -> m.ReadRefusal | None:
    """The basis stands in the form alone, which a department may not read."""
    return m.ReadRefusal(case_number=s.line.case_number) if s.role != "department" else None


def _ask_similar(s: Situation) -> m.SimilarCases:
    return m.SimilarCases(case_number=s.line.case_number)


def _similar(s: Situation) -> m.SimilarList:
    """What earlier cases teach (R38): being looked for until the hub has told it."""
    return next((one for one in s.read if isinstance(one, m.SimilarList)), m.SimilarList(ready=False))


def verdict(s: Situation, draft: Draft) -> tuple[Field, ...]:
    """Yes or no, and for a no its reason."""
    why = (Field("text", "text"),) if draft.text("verdict") == "no" else ()
    return (Field("verdict", "choice", choices=(Choice("yes"), Choice("no")), large=True), *why)


STEPS: tuple[Step, ...] = (
    Step(
        "decide_refusal",
        "handle",
        STAFF,
        m.DecideRefusal,
        offered=lambda s: (
            s.refusal_waits and s.acts_here(s.policy.refusals.approver.value) and s.standing.paused is None
        ),
        now=always,
        cite=lambda s: s.policy.refusals.approver.cite,
        fields=verdict,
        notes=_notice_notes,
        quotes=_proposed,
        confirm=lambda _s, draft: draft.text("verdict") == "yes",
        reads=_read_refusal,
        command=lambda s, said: m.DecideRefusal(
            case_number=s.line.case_number, approved=said.text("verdict") == "yes", text=said.text("text")
        ),
        key="f5",
    ),
    Step(
        "triage",
        "handle",
        WINDOW,
        m.TriageCase,
        offered=lambda s: s.leads_on("triage"),
        now=lambda s: s.must_verify,
        cite=lambda s: (
            s.policy.complaints.investigated_at_once.cite if s.must_investigate else s.policy.article("triage")
        ),
        fields=_triage_fields,
        notes=lambda s, _d: (Note("investigate"),) if s.must_investigate else (),
        command=lambda s, said: m.TriageCase(
            case_number=s.line.case_number, finding=said.text("text"), case_class=said.text("case_class")
        ),
        reads=_ask_similar,
        similar=_similar,
        key="f5",
    ),
    Step(
        "dispatch",
        "handle",
        WINDOW,
        m.DispatchCase,
        offered=lambda s: (
            s.stage not in ("dispatched", "accepted")
            and s.looked_at("dispatch")
            and not s.must_verify
            and not s.refusal_waits
        ),
        now=always,
        cite=lambda s: s.policy.article("dispatch"),
        fields=dispatch_fields,
        command=dispatch,
        key="f5",
        blames={"respondent_unit": "department"},
    ),
    Step(
        "answer_on_the_spot",
        "handle",
        WINDOW,
        m.AnswerOnTheSpot,
        offered=lambda s: s.looked_at("answer_on_the_spot") and not s.refusal_waits,
        now=always,
        cite=lambda s: s.policy.article("answer_on_the_spot"),
        fields=lambda _s, _d: (Field("text", "text"),),
        notes=no_veto,
        command=lambda s, said: m.AnswerOnTheSpot(case_number=s.line.case_number, text=said.text("text")),
        reads=_ask_similar,
        similar=_similar,
        key="f6",
    ),
    Step(
        "decline",
        "handle",
        WINDOW,
        m.DeclineCase,
        offered=lambda s: s.looked_at("decline") and bool(_kinds(s)) and not s.refusal_waits,
        cite=lambda s: s.policy.article("decline"),
        fields=_decline_fields,
        notes=_decline_notes,
        confirm=always,
        command=_decline,
        blames={"answer_incomplete": "kind", "written_needed": "medium", "to_be_handled": "exclusion"},
    ),
    Step(
        "propose_refusal",
        "handle",
        WINDOW,
        m.ProposeRefusal,
        offered=lambda s: s.policy.refusals.filed.value and s.looked_at("decline") and not s.refusal_waits,
        cite=lambda s: s.policy.refusals.filed.cite,
        fields=lambda _s, _d: (Field("text", "text"), Field("basis", "line")),
        notes=_refusal_notes,
        confirm=always,
        command=lambda s, said: m.ProposeRefusal(
            case_number=s.line.case_number, text=said.text("text"), basis=said.text("basis")
        ),
    ),
)
