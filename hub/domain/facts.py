"""Facts of a case (卷内记载): what is laid down beside its moves, in order and for ever (R18-R27).

A fact is never changed. How a case stands beside its stage, such as paused or asked upward, is what its facts add up
to: `standing`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from hub.domain.hall import Value
from hub.domain.policy.scope import AnswerKind

Medium = Literal["oral", "written"]


class Verified(Value, frozen=True, tag=True):
    """研判 and 审核确认: what the window found when it looked at the registration (R15, R18)."""

    case_class: str
    finding: str


class Declined(Value, frozen=True, tag=True):
    """One of the three answers instead of a no (R3), with its ground (R2) and how it was told (R29)."""

    kind: AnswerKind
    exclusion: str
    basis: str
    supply: tuple[str, ...]
    medium: Medium


class HeadCalled(Value, frozen=True, tag=True):
    """Somebody was called to the window (R20)."""

    role: str


class HeadArrived(Value, frozen=True, tag=True):
    """Who was called has come (R20)."""

    name: str


class HandedOver(Value, frozen=True, tag=True):
    """Another receiver owns the case from now on (R5)."""

    giver: str
    taker: str
    reason: str


class Escalated(Value, frozen=True, tag=True):
    """Reported to a step of the ladder (R21); `rung` counts from 1."""

    role: str
    rung: int
    question: str


class Instructed(Value, frozen=True, tag=True):
    """What that step of the ladder said (R3, R21)."""

    role: str
    text: str


class MeetingHeld(Value, frozen=True, tag=True):
    """联席会议 (R22); `department` where a department led it."""

    convener: str
    department: str
    members: tuple[str, ...]
    minutes: str
    decision: str


class ReferredOut(Value, frozen=True, tag=True):
    """Handed on to another authority (R23); `followed` where the hall looks after it to its end."""

    authority: str
    way: str
    followed: bool


class ReferralFollowed(Value, frozen=True, tag=True):
    """What became of it there (R23); `ended` when it is settled."""

    text: str
    ended: bool


class ExtensionAsked(Value, frozen=True, tag=True):
    """延期: by how many working days, until when, and why (R26)."""

    added_wd: int
    until: dt.date
    reason: str
    in_writing: bool
    citizen_told: bool
    citizen_agreed_to: dt.date | None


class ExtensionGranted(Value, frozen=True, tag=True):
    """It holds from now on; `approver` is empty where nobody has to approve."""

    added_wd: int
    until: dt.date
    approver: str


class ExtensionRefused(Value, frozen=True, tag=True):
    approver: str
    text: str


class ExtensionLapsed(Value, frozen=True, tag=True):
    """What was asked for and not decided when the case was answered, or went elsewhere: nobody can grant it now."""


class ClockPaused(Value, frozen=True, tag=True):
    """Time that others take does not count from here on (R27)."""

    ground: str
    evidence: str


class ClockResumed(Value, frozen=True, tag=True):
    """It counts again; `wd` working days did not."""

    evidence: str
    wd: int


class PausesRecounted(Value, frozen=True, tag=True):
    """The calendar changed within the pauses: so many working days more, or less, did not count (R27)."""

    version: int
    wd: int


class ProgressReported(Value, frozen=True, tag=True):
    """反馈办理进度、说明理由 (R25). `due` is the date that held, `until` the one after it where it was met."""

    text: str
    reasons: str
    due: dt.date
    until: dt.date | None


class LookedAt(Value, frozen=True, tag=True):
    """The leader's periodic look (R73); what he said stands in the timeline."""

    role: str


class StatementRecorded(Value, frozen=True, tag=True):
    """What the respondent of a 投诉 says about it: 维护投诉人和被投诉人正当权利 (R11)."""

    text: str


Fact = (
    Verified
    | Declined
    | HeadCalled
    | HeadArrived
    | HandedOver
    | Escalated
    | Instructed
    | MeetingHeld
    | ReferredOut
    | ReferralFollowed
    | ExtensionAsked
    | ExtensionGranted
    | ExtensionRefused
    | ExtensionLapsed
    | ClockPaused
    | ClockResumed
    | PausesRecounted
    | ProgressReported
    | LookedAt
    | StatementRecorded
)


WORDS = frozenset({"finding", "supply", "question", "text", "minutes", "decision", "reason", "reasons", "evidence"})
"""Fields in which somebody speaks freely, and may have named the citizen."""


def post_named(fact: Fact) -> str:
    """The post of the hall's policy that a fact names (R4): asked, called, convening, approving; empty for others."""
    match fact:
        case HeadCalled(role=post) | Escalated(role=post) | Instructed(role=post):
            return post
        case ExtensionGranted(approver=post) | ExtensionRefused(approver=post):
            return post
        case MeetingHeld(convener=post, department=""):
            return post
        case _:
            return ""


def without_words(fact: Fact) -> Fact:
    """A fact of a case that forgot its citizen: what it adds up to stays, what was said in it is gone (R71)."""
    return replace(fact, **{name: type(getattr(fact, name))() for name in fact.__struct_fields__ if name in WORDS})


class Standing(Value, frozen=True):
    """How a case stands beside its stage. `called` and `asked_upward` are roles, empty when nobody is waited for."""

    called: str = ""
    rung: int = 0
    asked_upward: str = ""
    instructed: bool = False
    referral_open: bool = False
    extension_asked: ExtensionAsked | None = None
    extensions: int = 0
    extended_wd: int = 0
    paused: ClockPaused | None = None
    paused_wd: int = 0
    """Working days that did not count, of the time that runs now."""
    progress_until: dt.date | None = None
    """Until when a report of progress gave time again."""


def standing(facts: Iterable[Fact]) -> Standing:
    """What facts add up to, oldest first."""
    found = Standing()
    for fact in facts:
        found = _after(found, fact)
    return found


def _after(before: Standing, fact: Fact) -> Standing:
    match fact:
        case HeadCalled(role=role):
            return replace(before, called=role)
        case HeadArrived():
            return replace(before, called="")
        case Escalated(role=role, rung=rung):
            return replace(before, rung=rung, asked_upward=role)
        case Instructed():
            return replace(before, asked_upward="", instructed=True)
        case ReferredOut(followed=followed):
            return replace(before, referral_open=followed)
        case ReferralFollowed(ended=ended):
            return replace(before, referral_open=not ended)
        case ExtensionAsked():
            return replace(before, extension_asked=fact)
        case ExtensionRefused() | ExtensionLapsed():
            return replace(before, extension_asked=None)
        case ExtensionGranted(added_wd=added):
            return replace(
                before,
                extension_asked=None,
                extensions=before.extensions + 1,
                extended_wd=before.extended_wd + added,
            )
        case ClockPaused():
            return replace(before, paused=fact)
        case ClockResumed(wd=wd):
            return replace(before, paused=None, paused_wd=before.paused_wd + wd)
        case PausesRecounted(wd=wd):
            return replace(before, paused_wd=before.paused_wd + wd)
        case ProgressReported(until=dt.date() as until):
            return replace(before, progress_until=until, paused_wd=0)
        case _:
            return before
