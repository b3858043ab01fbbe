"""Breaches (R28), derived from a case's record and never written by hand. Pure."""

from __future__ import annotations

import datetime as dt

from hub.domain import on_time
from hub.domain.case import Stage
from hub.domain.grievance import CaseKind
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.domain.policy.clock import BreachCode
from hub.domain.policy.values import UsualMedium


class Record(Value, frozen=True):
    """What is judged, in the hall's own dates. `told`: whether the citizen has heard the newest answer; `stopped`:
    since when the clock stands still."""

    due: dt.date
    answered: dt.date | None
    told: bool
    extended: bool
    stopped: dt.date | None = None


def breaches(policy: Policy, record: Record, today: dt.date) -> tuple[BreachCode, ...]:
    """The codes that hold today, of those that the policy counts, in its order."""
    late = is_late(record, today)
    holds: dict[BreachCode, bool] = {
        "late": late,
        "late_without_extension": late and not record.extended,
        "result_not_delivered": record.answered is not None and not record.told and today > record.due,
        "no_reply": record.answered is None and late,
    }
    return tuple(code for code in policy.clock.breaches.value if holds[code])


def is_late(record: Record, today: dt.date) -> bool:
    """Answered after its due date, or not answered and past it; what others take does not count (R27)."""
    return on_time.is_missed(record.due, today, answered=record.answered, stopped=record.stopped)


def medium_owed(policy: Policy, kind: CaseKind, stage: Stage, *, in_writing: bool) -> UsualMedium:
    """In which medium the citizen is answered (R30): what a document says of spoken 投诉 binds no other answer, and a
    refusal that was filed has a notice of its own (R50)."""
    refusals, complaints = policy.refusals, policy.complaints
    if stage == "out_of_scope" and refusals.filed.value and refusals.notice_in.value != "either":
        return refusals.notice_in.value
    if in_writing:
        return complaints.reply_to_written.value
    return complaints.reply_to_oral.value if kind == "grievance" else "either"


def heard_by(owed: UsualMedium) -> tuple[str, ...]:
    """The moves by which the citizen has the answer: on the spot it is heard, but what was written
    is owed in writing."""
    return ("tell",) if owed == "written" else ("tell", "answer_on_the_spot")
