"""时限: extended, paused, resumed, and a late answer explained (R26, R27, R74)."""

from __future__ import annotations

import datetime as dt

from counter.steps.answering import verdict
from counter.steps.shape import DEPARTMENT, STAFF, WINDOW, Choice, Draft, Field, Note, Quote, Step, always
from counter.steps.situation import Situation
from hub.domain.extension import extended
from hub.domain.facts import ExtensionAsked
from hub.wire import messages as m

# --- 延期 (R26) ----------------------------------------


def _may_ask(s: Situation) -> bool:
    return (
        s.leads_on("extend")
        and bool(s.line.department)
        and s.standing.extension_asked is None
        and s.standing.paused is None
        and s.standing.extensions < s.policy.extension.times.value
        and s.extension_left_wd != 0
    )


def until(s: Situation, added_wd: int) -> dt.date:
    """The date that so many working days more give."""
    return extended(s.calendar, s.line.due, added_wd).date


def _extension_fields(s: Situation, draft: Draft) -> tuple[Field, ...]:
    needs, most = s.policy.extension.needs.value, s.extension_left_wd
    usual = s.policy.extension.usual_wd.value
    usual = min(usual, most) if most is not None else usual
    fields = [
        Field("added_wd", "days", usual=str(usual), most=most or 0, due=s.line.due),
        Field("reason", "text"),
    ]
    if "written" in needs:
        fields.append(Field("in_writing", "yes"))
    date = until(s, draft.number("added_wd"))
    if "citizen_told" in needs:
        fields.append(Field("citizen_told", "yes", token=date.isoformat(), date=date))
    if "citizen_agrees" in needs:
        fields.append(Field("citizen_agreed_to", "yes", token=date.isoformat(), date=date))
    return tuple(fields)


def _extension_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    rule, left = s.policy.extension, s.extension_left_wd
    notes = [Note("extension.usual", (("n", rule.usual_wd.value),))] if not rule.usual_wd.silent else []
    if left is None:
        notes.append(Note("extension.no_cap"))
    else:
        notes.append(Note(f"extension.cap.{rule.counts.value}", (("cap", rule.cap_wd.value), ("left", left))))
    if "approval" in rule.needs.value:
        notes.append(Note("extension.approval", (("who", s.title(rule.approver.value)),)))
    else:
        notes.append(Note("extension.at_once"))
    if "citizen_agrees" in rule.needs.value:
        notes.append(Note("extension.agrees"))
    if "window_told" in rule.needs.value:
        notes.append(Note("extension.window_told"))
    return tuple(notes)


def _ask_extension(s: Situation, said: Draft) -> m.AskExtension:
    agreed = said.text("citizen_agreed_to")
    return m.AskExtension(
        case_number=s.line.case_number,
        added_wd=said.number("added_wd"),
        reason=said.text("reason"),
        in_writing=bool(said.text("in_writing")),
        citizen_told=bool(said.text("citizen_told")),
        citizen_agreed_to=dt.date.fromisoformat(agreed) if agreed else None,
    )


def _wish(s: Situation, _draft: Draft) -> tuple[Quote, ...]:
    wish, laid = s.standing.extension_asked, s.last_laid(ExtensionAsked)
    return (Quote("extension", wish.reason, laid.who),) if wish is not None and laid is not None else ()


def _wish_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    wish = s.standing.extension_asked
    if wish is None:
        return ()
    notes = [
        Note(
            "extension.asked",
            (("n", wish.added_wd), ("old", s.line.due.date), ("new", until(s, wish.added_wd))),
        )
    ]
    notes += [Note("extension.in_writing")] if wish.in_writing else []
    notes += [Note("extension.told")] if wish.citizen_told else []
    notes += [Note("extension.agreed", (("date", wish.citizen_agreed_to),))] if wish.citizen_agreed_to else []
    return tuple(notes)


# --- 不计时间 (R27) ----------------------------------------


def _may_pause(s: Situation) -> bool:
    return s.leads_on("pause") and s.standing.paused is None and s.standing.extension_asked is None


def _pause_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    grounds = tuple(Choice(one.code, one.name) for one in s.policy.clock.pause_grounds.value)
    needed = s.policy.clock.pause_needs_evidence.value
    return (Field("ground", "choice", choices=grounds), Field("evidence", "text", required=needed))


def _resume_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    return (Field("evidence", "text", required=s.policy.clock.pause_needs_evidence.value),)


def _resume_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    paused = s.standing.paused
    laid = s.last_laid(type(paused)) if paused is not None else None
    if laid is None:
        return ()
    since = s.local(laid.at)
    wd = s.calendar.working_days_between(since, s.today)
    return (Note("resume", (("since", since), ("n", wd), ("new", until(s, wd)))),)


# --- 超期说明 (R74) ----------------------------------------


def _may_explain(s: Situation) -> bool:
    return s.explains_lateness and s.late and s.stage != "archived"


def _explains_here(s: Situation) -> bool:
    """Whether it is owed, and by who acts here; where the document names nobody who could, the window does it."""
    if not s.explanation_owed:
        return False
    by = s.policy.clock.late_explained_by.value
    if by and s.policy.role(by).at in WINDOW | DEPARTMENT:
        return s.acts_here(by)
    return s.role == "window"


def breaches(s: Situation) -> tuple[Note, ...]:
    """What is wrong with the time of the case, as the hub has derived it (R28)."""
    told = next((one for one in s.read if isinstance(one, m.Breaches)), None)
    return tuple(Note(f"breach.{code}") for code in (told.codes if told is not None else ()))


def _explain_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    return (Note("explain", (("date", s.line.due.date),)), *breaches(s))


def _explain_cite(s: Situation) -> str:
    return s.policy.clock.late_explained_by.cite or s.policy.complaints.delay_explained.cite


STEPS: tuple[Step, ...] = (
    Step(
        "decide_extension",
        "time",
        STAFF,
        m.DecideExtension,
        offered=lambda s: (
            s.standing.extension_asked is not None and s.acts_here(s.policy.extension.approver.value) and s.is_open
        ),
        now=always,
        cite=lambda s: s.policy.extension.approver.cite or s.policy.extension.needs.cite,
        fields=verdict,
        notes=_wish_notes,
        quotes=_wish,
        command=lambda s, said: m.DecideExtension(
            case_number=s.line.case_number, granted=said.text("verdict") == "yes", text=said.text("text")
        ),
        key="f5",
    ),
    Step(
        "resume",
        "time",
        WINDOW | DEPARTMENT,
        m.ResumeClock,
        offered=lambda s: s.leads_on("resume") and s.standing.paused is not None,
        now=always,
        cite=lambda s: s.policy.article("resume"),
        fields=_resume_fields,
        notes=_resume_notes,
        command=lambda s, said: m.ResumeClock(case_number=s.line.case_number, evidence=said.text("evidence")),
        blames={"text_missing": "evidence"},
    ),
    Step(
        "explain_lateness",
        "time",
        WINDOW | DEPARTMENT,
        m.ExplainLateness,
        offered=_may_explain,
        now=_explains_here,
        cite=_explain_cite,
        fields=lambda _s, _d: (Field("text", "text"),),
        notes=_explain_notes,
        reads=lambda s: m.ReadBreaches(case_number=s.line.case_number),
        command=lambda s, said: m.ExplainLateness(case_number=s.line.case_number, text=said.text("text")),
    ),
    Step(
        "ask_extension",
        "time",
        WINDOW | DEPARTMENT,
        m.AskExtension,
        offered=_may_ask,
        cite=lambda s: s.policy.article("extend"),
        fields=_extension_fields,
        notes=_extension_notes,
        command=_ask_extension,
        blames={"extension_too_long": "added_wd", "extension_incomplete": "reason", "text_missing": "reason"},
    ),
    Step(
        "pause",
        "time",
        WINDOW | DEPARTMENT,
        m.PauseClock,
        offered=_may_pause,
        cite=lambda s: s.policy.article("pause"),
        fields=_pause_fields,
        notes=lambda _s, _d: (Note("pause"),),
        command=lambda s, said: m.PauseClock(
            case_number=s.line.case_number, ground=said.text("ground"), evidence=said.text("evidence")
        ),
        blames={"unknown_code": "ground", "text_missing": "evidence"},
    ),
)
