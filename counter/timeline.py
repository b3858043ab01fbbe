"""What happened to a case, in order: its steps, what was laid down beside them, and what was done around it. Pure.

A fact of the very moment of a step says what that step was about, and stands below it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from counter import naming
from counter.wording import Wording
from hub.domain.hall import Value
from hub.wire.messages import CaseDetail, CaseRecord, LaidDown, Step

STEP_OF: dict[str, str] = {
    "Verified": "triage",
    "Declined": "decline",
    "Escalated": "escalate",
    "MeetingHeld": "meet",
    "ReferredOut": "refer_out",
    "ExtensionGranted": "extend",
    "ClockPaused": "pause",
    "ClockResumed": "resume",
    "PausesRecounted": "recount",
    "LookedAt": "note",
    "ProgressReported": "progress",
}
"""The step that a fact of the same moment belongs to."""

SHOWN: dict[str, tuple[str, ...]] = {
    "Verified": ("case_class", "finding"),
    "Declined": ("kind", "exclusion", "basis", "supply", "medium"),
    "HeadCalled": (),
    "HeadArrived": (),
    "HandedOver": ("reason",),
    "Escalated": ("role", "question"),
    "Instructed": ("text",),
    "MeetingHeld": ("convener", "department", "members", "minutes", "decision"),
    "ReferredOut": ("authority", "way", "followed"),
    "ReferralFollowed": ("text", "ended"),
    "ExtensionAsked": ("until", "reason", "in_writing", "citizen_told", "citizen_agreed_to"),
    "ExtensionGranted": ("added_wd", "until", "approver"),
    "ExtensionRefused": ("approver", "text"),
    "ExtensionLapsed": (),
    "ClockPaused": ("ground", "evidence"),
    "ClockResumed": ("wd", "evidence"),
    "PausesRecounted": ("wd",),
    "LookedAt": ("role",),
    "ProgressReported": ("until",),
    "StatementRecorded": ("text",),
}
"""The fields of each fact in the order in which they are read; what a title says already is left out."""


class Entry(Value, frozen=True):
    """One line of what happened, with what was said then; `lines` are names and values below it."""

    at: dt.datetime
    said: str
    text: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    is_answer: bool = False


def entries(say: Wording, detail: CaseDetail, materials: Mapping[str, str] | None = None) -> list[Entry]:
    """Everything that happened, oldest first. `materials` names the codes of the matter's checklist."""
    answer = say.answer(detail)
    left = list(detail.facts)
    found: list[Entry] = []
    for step in detail.steps:
        own = next((one for one in left if one.at == step.at and STEP_OF.get(one.kind) == step.move), None)
        if own is not None:
            left.remove(own)
        rated = next((one.level for one in detail.ratings if one.at == step.at and step.move == "rate"), "")
        found.append(_step(say, step, own, rated, is_answer=step is answer))
    found += [_fact(say, one) for one in left]
    found += [_record(say, one, materials or {}) for one in detail.records]
    return sorted(found, key=lambda one: one.at)


def _step(say: Wording, step: Step, own: LaidDown | None, rated: str, *, is_answer: bool) -> Entry:
    lines = _lines(say, own) if own is not None else ()
    if rated:
        lines = (*lines, (say.words("rating.level"), naming.level(say, rated)))
    # What was said stands once: in the field that has a name for it, or as the step's own words.
    told = {value for _, value in lines}
    text = "" if step.move == "file" or step.text in told else step.text
    return Entry(at=step.at, said=say.step(step), text=text, lines=lines, is_answer=is_answer)


def _fact(say: Wording, fact: LaidDown) -> Entry:
    key = f"fact.{fact.kind}"
    values = {one.name: naming.fact_value(say, one.name, one.value, fact.title) for one in fact.fields}
    said = say.words(key, **values) if key in say.words else fact.kind
    if fact.who:
        said = say.words("step.by", said=said, who=fact.who)
    return Entry(at=fact.at, said=said, lines=_lines(say, fact))


def _lines(say: Wording, fact: LaidDown) -> tuple[tuple[str, str], ...]:
    given = {one.name: one.value for one in fact.fields}
    names = SHOWN.get(fact.kind, tuple(given))
    shown = ((name, given.get(name, "")) for name in names)
    return tuple(
        (naming.fact_name(say, name), naming.fact_value(say, name, value))
        for name, value in shown
        if value not in ("", "no")
    )


def _record(say: Wording, record: CaseRecord, materials: Mapping[str, str]) -> Entry:
    said = say.words(f"record.{record.kind}")
    if record.who:
        said = say.words("step.by", said=said, who=record.who)
    lines: list[tuple[str, str]] = []
    if record.items:
        named = "\n".join(materials.get(one, one) for one in record.items)
        lines.append((say.words(f"record.items.{record.kind}"), named))
    if record.detail:
        lines.append((say.words(f"record.detail.{record.kind}"), naming.record_detail(say, record)))
    if record.version:
        lines.append((say.words("record.version"), say.words("checklist.version", n=record.version)))
    return Entry(at=record.at, said=said, lines=tuple(lines))
