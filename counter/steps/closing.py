"""回访评价与归档, and 督办: what is asked after the answer, and who watches (R11, R24, R32-R34, R71, R73)."""

from __future__ import annotations

from counter.steps.answering import remedies
from counter.steps.shape import STAFF, SUPERVISOR, WINDOW, Choice, Draft, Field, Note, Quote, Step, always
from counter.steps.situation import ANSWERING, Situation
from counter.steps.time import breaches
from hub.wire import messages as m

# --- 告知本人 (R24, R30, R50) ----------------------------------------


def _tell_fields(s: Situation, _draft: Draft) -> tuple[Field, ...]:
    owed = s.owed_medium
    media = ("oral", "written") if owed in ("either", "mainly_oral") else (owed,)
    usual = "" if owed == "either" else media[0]
    return (
        Field("medium", "choice", choices=tuple(Choice(one) for one in media), usual=usual, large=True),
        Field("text", "text", required=False),
    )


def _tell_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    notes = [Note(f"tell.{s.owed_medium}")]
    if s.stage == "out_of_scope":
        notes += remedies(s)
    return tuple(notes)


def _answer(s: Situation, _draft: Draft) -> tuple[Quote, ...]:
    given = next((one for one in reversed(s.detail.steps) if one.move in ANSWERING and one.text), None)
    return (Quote("answer", given.text, given.who),) if given is not None else ()


# --- 评价 (R32, R33) ----------------------------------------


def _sends_back(s: Situation, draft: Draft) -> bool:
    return s.policy.sends_back(draft.text("level"))


def _rating_fields(s: Situation, draft: Draft) -> tuple[Field, ...]:
    levels = tuple(Choice(one.code, one.name) for one in s.policy.rating.levels.value)
    return (
        Field("level", "choice", choices=levels, large=True),
        Field("text", "text", required=_sends_back(s, draft)),
    )


def _rating_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    bad = [one.name for one in s.policy.rating.levels.value if s.policy.sends_back(one.code)]
    return (Note("rate.own_words"), *((Note("rate.sends_back", (("levels", "、".join(bad)),)),) if bad else ()))


# --- 回访, 归档 (R34, R40) ----------------------------------------


def _follows_up_here(s: Situation) -> bool:
    """Whether who visits again is here (R34), or who tracks a 投诉 (R10)."""
    by = s.policy.follow_up.by.value
    return not by or s.acts_here(by) or (s.is_grievance and s.acts_here(s.policy.complaints.followed_by.value))


def _follow_up_notes(s: Situation, _draft: Draft) -> tuple[Note, ...]:
    within = s.policy.follow_up.within_wd.value
    if not within or s.answered_at is None:
        return ()
    return (
        Note(
            "follow_up", (("n", within), ("date", s.calendar.under(s.policy).due(s.moment(s.answered_at), within).date))
        ),
    )


def _may_archive(s: Situation) -> bool:
    """Nothing is owed any more: the hub would refuse it. A 投诉 is archived by who tracks it to its end (R10)."""
    if s.is_grievance and not s.acts_here(s.policy.complaints.followed_by.value):
        return False
    owed = s.follow_up_owed or s.tell_owed or s.explanation_owed or s.standing.referral_open
    return s.leads_on("archive") and not owed


def _watches(s: Situation) -> bool:
    """Whether who follows the case to its end, or looks at it, is here (R73); of a 投诉 who tracks that (R10)."""
    watching, complaints = s.policy.supervision, s.policy.complaints
    of_grievance = (complaints.followed_by.value,) if s.is_grievance else ()
    return any(s.acts_here(one) for one in (watching.followed_by.value, watching.looked_at_by.value, *of_grievance))


def _answers_for_hall(s: Situation) -> bool:
    """Whether who answers for the hall is here: only they have a person forgotten (R71)."""
    heads = ("hall_head", "main_leader", s.policy.notices.escalate_to.value)
    return any(s.acts_here(one) for one in heads)


def _has_case(s: Situation) -> str:
    """Who hears of a supervision note: the department that has the case, or the window."""
    return "department" if s.stage in ("dispatched", "accepted") else "window"


STEPS: tuple[Step, ...] = (
    Step(
        "tell_citizen",
        "close",
        STAFF,
        m.TellCitizen,
        offered=lambda s: s.is_answered and not s.told,
        now=lambda s: s.tell_owed and s.role == "window",
        cite=lambda s: s.policy.handling.result_goes_to.cite,
        fields=_tell_fields,
        notes=_tell_notes,
        quotes=_answer,
        command=lambda s, said: m.TellCitizen(
            case_number=s.line.case_number,
            medium=said.text("medium"),  # type: ignore[arg-type]  # one of the choices
            text=said.text("text"),
        ),
        key="f5",
        blames={"wrong_medium": "medium"},
    ),
    Step(
        "follow_up",
        "close",
        WINDOW | SUPERVISOR,
        m.FollowUpCase,
        offered=lambda s: s.leads_on("follow_up") and _follows_up_here(s),
        now=lambda s: s.follow_up_owed,
        cite=lambda s: s.policy.follow_up.by.cite or s.policy.article("follow_up"),
        fields=lambda _s, _d: (Field("text", "text"),),
        notes=_follow_up_notes,
        quotes=_answer,
        command=lambda s, said: m.FollowUpCase(case_number=s.line.case_number, text=said.text("text")),
        key="f6",
    ),
    Step(
        "rate",
        "close",
        WINDOW | SUPERVISOR,
        m.RateCase,
        offered=lambda s: s.leads_on("rate"),
        now=lambda s: s.role == "window" and s.told,
        cite=lambda s: s.policy.article("rate") or s.policy.rating.levels.cite,
        fields=_rating_fields,
        notes=_rating_notes,
        confirm=_sends_back,
        command=lambda s, said: m.RateCase(
            case_number=s.line.case_number, level=said.text("level"), text=said.text("text")
        ),
        key="f5",
        blames={"unknown_code": "level"},
    ),
    Step(
        "archive",
        "close",
        WINDOW | SUPERVISOR,
        m.ArchiveCase,
        offered=_may_archive,
        now=always,
        cite=lambda s: s.policy.article("archive"),
        notes=lambda _s, _d: (Note("archive"),),
        confirm=always,
        command=lambda s, _said: m.ArchiveCase(case_number=s.line.case_number),
        key="f5",
    ),
    Step(
        "erase_person",
        "close",
        SUPERVISOR,
        m.ErasePerson,
        offered=lambda s: not s.is_open and not s.has_record("person_erased") and _answers_for_hall(s),
        cite=lambda _s: "",
        fields=lambda _s, _d: (Field("because", "text"),),
        notes=lambda _s, _d: (Note("erase"),),
        confirm=always,
        command=lambda s, said: m.ErasePerson(case_number=s.line.case_number, because=said.text("because")),
        blames={"still_missing": "because"},
    ),
    Step(
        "supervise",
        "watch",
        WINDOW | SUPERVISOR,
        m.SuperviseCase,
        offered=lambda s: s.stage != "archived" and _watches(s),
        cite=lambda s: s.policy.supervision.followed_by.cite or s.policy.supervision.looked_at_by.cite,
        fields=lambda _s, _d: (Field("text", "text"),),
        notes=lambda s, _d: (Note(f"supervise.{_has_case(s)}"), *breaches(s)),
        reads=lambda s: m.ReadBreaches(case_number=s.line.case_number),
        command=lambda s, said: m.SuperviseCase(case_number=s.line.case_number, text=said.text("text")),
    ),
    Step(
        "name_respondent",
        "watch",
        WINDOW | SUPERVISOR,
        m.NameRespondent,
        offered=lambda s: s.detail.grievance is not None and not s.detail.grievance.respondent_staff,
        now=lambda s: s.is_open,
        cite=lambda s: s.policy.complaints.respondent_may_handle.cite or s.policy.complaints.must_say.cite,
        fields=lambda _s, _d: (Field("staff", "line"),),
        notes=lambda _s, _d: (Note("respondent"),),
        confirm=always,
        command=lambda s, said: m.NameRespondent(case_number=s.line.case_number, staff=said.text("staff")),
        blames={"unknown_code": "staff", "bad_respondent": "staff"},
    ),
    Step(
        "record_statement",
        "watch",
        WINDOW | SUPERVISOR,
        m.RecordStatement,
        offered=lambda s: s.is_grievance and s.stage != "archived",
        cite=lambda s: s.policy.complaints.both_sides_protected.cite,
        fields=lambda _s, _d: (Field("text", "text"),),
        notes=lambda _s, _d: (Note("statement"),),
        command=lambda s, said: m.RecordStatement(case_number=s.line.case_number, text=said.text("text")),
    ),
)
