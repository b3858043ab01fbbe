"""转出与交接: sent to another department, handed on to another authority, given to another receiver (R5, R16, R23)."""

from __future__ import annotations

from counter.steps.answering import dispatch, dispatch_fields
from counter.steps.shape import SUPERVISOR, WINDOW, Field, Note, Step, always
from counter.steps.situation import Situation
from hub.wire import messages as m


def _refer_notes(s: Situation) -> tuple[Note, ...]:
    return (Note("refer"), *((Note("refer.followed"),) if s.policy.handling.handed_on_is_followed.value else ()))


STEPS: tuple[Step, ...] = (
    Step(
        "follow_referral",
        "pass_on",
        WINDOW,
        m.FollowReferral,
        offered=lambda s: s.standing.referral_open and s.stage != "archived",
        now=always,
        cite=lambda s: s.policy.handling.handed_on_is_followed.cite,
        fields=lambda _s, _d: (Field("text", "text"), Field("ended", "yes", required=False)),
        command=lambda s, said: m.FollowReferral(
            case_number=s.line.case_number, text=said.text("text"), ended=bool(said.text("ended"))
        ),
    ),
    Step(
        "dispatch_again",
        "pass_on",
        WINDOW,
        m.DispatchCase,
        offered=lambda s: (
            s.stage in ("dispatched", "accepted") and s.leads_on("dispatch") and s.standing.paused is None
        ),
        cite=lambda s: s.policy.article("dispatch"),
        fields=dispatch_fields,
        notes=lambda _s, _d: (Note("dispatch_again"),),
        command=dispatch,
        blames={"respondent_unit": "department"},
    ),
    Step(
        "refer_out",
        "pass_on",
        WINDOW,
        m.ReferOut,
        offered=lambda s: s.looked_at("refer_out") and not s.must_verify and not s.refusal_waits,
        cite=lambda s: s.policy.article("refer_out"),
        fields=lambda _s, _d: (Field("authority", "line"), Field("way", "line"), Field("text", "text")),
        notes=lambda s, _d: _refer_notes(s),
        confirm=always,
        command=lambda s, said: m.ReferOut(
            case_number=s.line.case_number,
            authority=said.text("authority"),
            way=said.text("way"),
            text=said.text("text"),
        ),
        blames={"answer_incomplete": "authority"},
    ),
    Step(
        "hand_over",
        "pass_on",
        WINDOW | SUPERVISOR,
        m.HandOver,
        offered=lambda s: bool(s.line.owner) and s.stage != "archived",
        cite=lambda s: s.policy.handling.handover_recorded.cite or s.policy.handling.owner.cite,
        fields=lambda _s, _d: (Field("taker", "line"), Field("text", "text")),
        notes=lambda s, _d: (Note("hand_over", (("who", s.line.owner),)),),
        command=lambda s, said: m.HandOver(
            case_number=s.line.case_number, taker=said.text("taker"), reason=said.text("text")
        ),
        blames={"unknown_staff": "taker", "bad_respondent": "taker", "not_owner": "taker"},
    ),
)
