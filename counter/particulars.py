"""What a case holds beside its timeline: how it stands, what a 投诉 says, what is awaited, its papers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from counter import naming
from counter.wording import Wording
from hub.domain.hall import Value
from hub.wire.messages import AttachmentView, Breaches, CaseDetail, CaseRecord, LaidDown, Refusal

Tone = Literal["alarm", "due", "soft", "quiet"]


class Mark(Value, frozen=True):
    """A word or two on how a case stands, and how urgent that is."""

    tone: Tone
    words: str


class Awaited(Value, frozen=True):
    """A material that may follow (R53), and whether it has come."""

    name: str
    came: bool


def marks(say: Wording, detail: CaseDetail, found: Breaches | None, refusal: Refusal | None) -> list[Mark]:
    """What holds now, the worst first: breaches (R28), then what the case waits for."""
    words = say.words
    said = [Mark("alarm", words(f"breach.{code}")) for code in (found.codes if found else ())]
    if found is not None and found.explanation_owed:
        said.append(Mark("alarm", words("breach.explanation_owed")))
    said += [Mark("due", words(f"waits.{one}")) for one in waits(detail.facts)]
    if refusal is not None and refusal.approved is None:
        said.append(Mark("due", words("waits.refusal")))
    about = detail.grievance
    if about is not None and about.must_be_written and about.written_at is None:
        said.append(Mark("due", words("waits.written")))
    if any(not one.came for one in awaited(detail.records, {})):
        said.append(Mark("due", words("waits.materials")))
    return said


def waits(facts: Sequence[LaidDown]) -> list[str]:
    """Whom or what a case waits for by its facts, oldest first; as `hub.domain.facts.standing` adds them up."""
    opens = {
        "HeadCalled": "head",
        "Escalated": "instruction",
        "ReferredOut": "referral",
        "ReferralFollowed": "referral",
        "ExtensionAsked": "extension",
        "ClockPaused": "clock",
    }
    closes = {
        "HeadArrived": "head",
        "Instructed": "instruction",
        "ExtensionGranted": "extension",
        "ExtensionRefused": "extension",
        "ExtensionLapsed": "extension",
        "ClockResumed": "clock",
    }
    found: list[str] = []
    for fact in facts:
        ended = closes.get(fact.kind, "")
        opened = opens.get(fact.kind, "")
        if opened == "referral":
            told = {one.name: one.value for one in fact.fields}
            still = told.get("followed") == "yes" or told.get("ended") == "no"
            opened, ended = ("referral", "") if still else ("", "referral")
        if ended in found:
            found.remove(ended)
        if opened and opened not in found:
            found.append(opened)
    return found


def grievance_fields(say: Wording, detail: CaseDetail) -> list[tuple[str, str]]:
    """What a 投诉 says (R11), each with its name; what was not said says so."""
    about = detail.grievance
    if about is None:
        return []
    words = say.words
    not_said = words("case.not_said")
    respondent = about.respondent or not_said
    if about.respondent_staff:
        respondent = words("grievance.respondent_known", respondent=about.respondent, staff=about.respondent_staff)
    weight = "、".join(words(f"grievance.weight.{one}") for one in about.weight) or words("grievance.weight.none")
    return [
        (words("grievance.ground"), naming.ground(say, about.ground)),
        (words("grievance.respondent"), respondent.strip()),
        (words("grievance.department"), say.department(about.department) if about.department else not_said),
        (words("grievance.happened"), about.happened or not_said),
        (words("grievance.place"), about.place or not_said),
        (words("grievance.weight"), weight),
        (words("grievance.form"), written(say, detail)),
    ]


def written(say: Wording, detail: CaseDetail) -> str:
    """Whether its written form is owed (R12), is there, and since when."""
    about = detail.grievance
    if about is None:
        return ""
    if about.written_at is not None:
        return say.words("grievance.written", time=naming.when(say, about.written_at))
    return say.words("grievance.must_be_written" if about.must_be_written else "grievance.oral")


def awaited(records: Sequence[CaseRecord], materials: Mapping[str, str]) -> list[Awaited]:
    """Every material that may follow, in the order in which it was allowed."""
    came = {item for one in records if one.kind == "received" for item in one.items}
    allowed = dict.fromkeys(item for one in records if one.kind == "allowed_later" for item in one.items)
    return [Awaited(name=materials.get(item, item), came=item in came) for item in allowed]


def refusal_fields(say: Wording, refusal: Refusal) -> list[tuple[str, str]]:
    """The form of a refusal and how it stands (R50)."""
    words = say.words
    if refusal.approved is None:
        state = words("refusal.waits")
    else:
        state = words("refusal.approved" if refusal.approved else "refusal.rejected")
        decided = naming.when(say, refusal.decided_at) if refusal.decided_at else ""
        state = "，".join(one for one in (state, refusal.decided_by, decided) if one)
    remedies = "、".join(words(f"refusal.remedy.{one}") for one in refusal.remedies)
    found = [
        (words("refusal.state"), state),
        (words("refusal.basis"), refusal.basis),
        (words("refusal.by"), f"{refusal.proposed_by} · {naming.when(say, refusal.proposed_at)}"),
        (words("refusal.copies"), words("refusal.copies_n", n=refusal.copies)),
        (words("refusal.notice"), words(f"medium.{refusal.notice_in}")),
    ]
    return [*found, *([(words("refusal.remedies"), remedies)] if remedies else [])]


def paper(say: Wording, one: AttachmentView) -> str:
    """`佐证材料 · PDF · 1.2 MB · 2026年11月23日 09:31`."""
    kind = say.words(f"attachment.{one.kind}")
    return " · ".join((kind, one.media_type.upper(), naming.size(say, one.size_bytes), naming.when(say, one.at)))
