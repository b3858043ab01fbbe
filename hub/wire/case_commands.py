"""What is asked of a case between its filing and its answer, beside the work order itself (R2-R6, R18-R27)."""

from __future__ import annotations

import datetime as dt

from hub.domain.facts import Medium
from hub.domain.policy.scope import AnswerKind
from hub.wire.message import Message


class TriageCase(Message, frozen=True):
    """研判, 审核确认 (R15, R18): the window looks at the registration, and may say which class it is."""

    case_number: str
    finding: str
    case_class: str = ""


class DeclineCase(Message, frozen=True):
    """One of the three answers instead of a no (R3). `exclusion` and `basis` name the ground (R2), `supply` all that
    is missing; `medium` says how the reasons were given (R29)."""

    case_number: str
    kind: AnswerKind
    text: str
    exclusion: str = ""
    basis: str = ""
    supply: tuple[str, ...] = ()
    medium: Medium = "oral"


class AskExtension(Message, frozen=True):
    """延期 (R26): so many working days more, and what the hall's document wants of it."""

    case_number: str
    added_wd: int
    reason: str
    in_writing: bool = False
    citizen_told: bool = False
    citizen_agreed_to: dt.date | None = None


class DecideExtension(Message, frozen=True):
    """The approver's word (R26); a refusal says why."""

    case_number: str
    granted: bool
    text: str = ""


class PauseClock(Message, frozen=True):
    """Others must approve: their time does not count (R27). `evidence` says what was sent to whom."""

    case_number: str
    ground: str
    evidence: str


class ResumeClock(Message, frozen=True):
    """They have (R27). `evidence` says what came back."""

    case_number: str
    evidence: str


class CallToWindow(Message, frozen=True):
    """Who must come when the window cannot solve it on the spot (R20); `department` where it is a department's head."""

    case_number: str
    department: str = ""


class RecordArrival(Message, frozen=True):
    """Who was called is there, by name (R20)."""

    case_number: str
    name: str


class EscalateCase(Message, frozen=True):
    """Reports to the next step of the hall's ladder (R21)."""

    case_number: str
    question: str


class Instruct(Message, frozen=True):
    """That step's word (R3, R21)."""

    case_number: str
    text: str


class RecordMeeting(Message, frozen=True):
    """联席会议 (R22), by its convener or by the department that leads it."""

    case_number: str
    members: tuple[str, ...]
    minutes: str
    decision: str


class ReferOut(Message, frozen=True):
    """Not this level's (R23): handed on to an authority, `way` says through what; `text` tells the citizen."""

    case_number: str
    authority: str
    way: str
    text: str


class FollowReferral(Message, frozen=True):
    """What became of it there (R23); `ended` when it is settled."""

    case_number: str
    text: str
    ended: bool = False


class HandOver(Message, frozen=True):
    """The owner gives a case to another receiver (R5); a supervisor may, when the owner cannot."""

    case_number: str
    taker: str
    reason: str


class SendToDepartment(Message, frozen=True):
    """首问责任 (R6): whose it is, where that is, and whom to ask for; answered with what the slip says."""

    department: str
    person: str = ""
