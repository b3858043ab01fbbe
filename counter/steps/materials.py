"""材料与告知: what is missing or may follow, is done for the citizen, handed out and given back (R51-R54, R70)."""

from __future__ import annotations

from counter.steps.shape import DEPARTMENT, WINDOW, Choice, Draft, Field, Note, Step, always
from counter.steps.situation import Situation
from hub.wire import messages as m


def _named(codes: tuple[str, ...]) -> tuple[Choice, ...]:
    """Materials go by the document's own words."""
    return tuple(Choice(one, one) for one in codes)


def _papers(s: Situation, kind: str) -> tuple[Choice, ...]:
    """The case's finished attachments of a kind."""
    return tuple(Choice(one.attachment_id, one.name) for one in s.detail.attachments if one.kind == kind)


# --- 一次性告知 (R52) ----------------------------------------


def _told_at_once(s: Situation) -> tuple[str, ...] | None:
    """What the first notice of this version named; None before it, or where more may be named later."""
    listed = s.checklist
    if listed is None or not s.policy.one_time_notice.all_missing_at_once.value:
        return None
    earlier = [one for one in s.detail.records if one.kind == "one_time_notice" and one.version == listed.version]
    return earlier[0].items if earlier else None


def _notice_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    if s.checklist is None:
        return (Field("missing", "many"),)
    first = _told_at_once(s)
    offered = tuple(Choice(one.code, one.name) for one in s.checklist.materials if first is None or one.code in first)
    why = (Field("refused_because", "text", required=False),)
    refuses = "reasons_for_refusal" in s.policy.one_time_notice.tells.value
    return (Field("missing", "many", choices=offered), *(why if refuses else ()))


def _notice_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    if s.checklist is None:
        return (Note("notice.no_checklist"),)
    notes = [Note("notice.same_words", (("version", s.checklist.version),))]
    if s.policy.one_time_notice.all_missing_at_once.value:
        notes.append(Note("notice.at_once" if _told_at_once(s) is None else "notice.told_already"))
    return tuple(notes)


# --- 容缺 (R53) ----------------------------------------


def _later_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    rules = s.policy.later_materials
    promise = (Field("promised", "yes", required=False),) if rules.promised_until.value != "never" else ()
    return (Field("materials", "many", choices=_named(rules.may_follow.value)), *promise)


def _later_notes(s: Situation, draft: Draft) -> tuple[Note, ...]:
    rules = s.policy.later_materials
    return (Note(f"later.{(rules.promised_until if draft.text('promised') else rules.until).value}"),)


# --- 帮代办, 送达, 退还 (R51, R54, R70) ----------------------------------------


def _agent_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    voluntary = "voluntary" in s.policy.agents.terms.value
    consent = (Field("consent", "choice", choices=_papers(s, "consent")),) if voluntary else ()
    return (Field("staff", "line"), *consent)


def _agent_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    agents = s.policy.agents
    notes = [Note("agent.who", (("who", s.title(agents.by.value)), ("what", agents.for_what.value)))]
    if "voluntary" in agents.terms.value and not _papers(s, "consent"):
        notes.append(Note("agent.consent_first"))
    if "free" in agents.terms.value:
        notes.append(Note("agent.free"))
    return tuple(notes)


def _delivery_fields(s: Situation, draft: Draft) -> tuple[Field, ...]:
    ways = s.policy.delivery.ways.value
    usual = ways[0] if len(ways) == 1 else ""
    fields = [Field("way", "choice", choices=tuple(Choice(one) for one in ways), usual=usual, large=True)]
    if draft.text("way") == "pickup" and s.policy.delivery.pickup_checks_originals.value:
        fields.append(Field("originals_checked", "yes"))
    return tuple(fields)


def _return_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    needs = s.policy.refusals.return_needs.value
    fields = [Field("materials", "lines")]
    if "id_shown" in needs:
        fields.append(Field("id_shown", "yes"))
    if "signature" in needs:
        fields.append(Field("signature", "choice", choices=_papers(s, "signature")))
    return tuple(fields)


def _return_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    unsigned = "signature" in s.policy.refusals.return_needs.value and not _papers(s, "signature")
    return (Note("return.sign_first"),) if unsigned else ()


def _declined(s: Situation) -> bool:
    return any(one.move == "decline" for one in s.detail.steps)


STEPS: tuple[Step, ...] = (
    Step(
        "receive_materials",
        "materials",
        WINDOW | DEPARTMENT,
        m.ReceiveMaterials,
        offered=lambda s: bool(s.awaited),
        now=lambda s: s.is_answered,
        cite=lambda s: s.policy.later_materials.until.cite,
        fields=lambda s, _d: (Field("materials", "many", choices=_named(s.awaited)),),
        command=lambda s, said: m.ReceiveMaterials(case_number=s.line.case_number, materials=said.lines("materials")),
        blames={"unknown_code": "materials"},
    ),
    Step(
        "deliver_result",
        "materials",
        WINDOW | DEPARTMENT,
        m.DeliverResult,
        offered=lambda s: s.is_answered and not s.awaited and not s.has_record("delivered"),
        cite=lambda s: s.policy.delivery.ways.cite,
        fields=_delivery_fields,
        command=lambda s, said: m.DeliverResult(
            case_number=s.line.case_number,
            way=said.text("way"),  # type: ignore[arg-type]  # one of the choices
            originals_checked=bool(said.text("originals_checked")),
        ),
        blames={"not_allowed_here": "way", "still_missing": "originals_checked"},
    ),
    Step(
        "give_one_time_notice",
        "materials",
        WINDOW | DEPARTMENT,
        m.GiveOneTimeNotice,
        offered=lambda s: s.line.kind == "matter" and (s.is_open or s.stage == "out_of_scope"),
        cite=lambda s: s.policy.one_time_notice.tells.cite,
        fields=_notice_fields,
        notes=_notice_notes,
        reads=lambda s: m.ReadChecklist(matter=s.line.matter),
        command=lambda s, said: m.GiveOneTimeNotice(
            case_number=s.line.case_number,
            missing=said.lines("missing"),
            refused_because=said.text("refused_because"),
        ),
        blames={"not_named_at_once": "missing", "unknown_code": "missing", "no_checklist": "missing"},
    ),
    Step(
        "allow_later",
        "materials",
        WINDOW | DEPARTMENT,
        m.AllowLater,
        offered=lambda s: s.is_open and bool(s.policy.later_materials.may_follow.value),
        cite=lambda s: s.policy.later_materials.may_follow.cite,
        fields=_later_fields,
        notes=_later_notes,
        command=lambda s, said: m.AllowLater(
            case_number=s.line.case_number,
            materials=said.lines("materials"),
            promised=bool(said.text("promised")),
        ),
        blames={"not_allowed_here": "materials"},
    ),
    Step(
        "appoint_agent",
        "materials",
        WINDOW,
        m.AppointAgent,
        offered=lambda s: s.is_open and s.policy.agents.offered.value,
        cite=lambda s: s.policy.agents.offered.cite,
        fields=_agent_fields,
        notes=_agent_notes,
        command=lambda s, said: m.AppointAgent(
            case_number=s.line.case_number, staff=said.text("staff"), consent=said.text("consent")
        ),
        blames={"unknown_code": "staff", "bad_respondent": "staff", "still_missing": "consent"},
    ),
    Step(
        "return_materials",
        "materials",
        WINDOW | DEPARTMENT,
        m.ReturnMaterials,
        offered=lambda s: _declined(s) and s.is_answered,
        cite=lambda s: s.policy.refusals.return_needs.cite,
        fields=_return_fields,
        notes=_return_notes,
        confirm=always,
        command=lambda s, said: m.ReturnMaterials(
            case_number=s.line.case_number,
            materials=said.lines("materials"),
            id_shown=bool(said.text("id_shown")),
            signature=said.text("signature"),
        ),
        blames={"still_missing": "signature"},
    ),
)
