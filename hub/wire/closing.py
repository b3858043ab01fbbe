"""What is asked after the answer: rating, follow-up, archive (R32-R34, R40)."""

from __future__ import annotations

from hub.wire.message import Message


class RateCase(Message, frozen=True):
    """The citizen's rating (评价), a level of the hall's own scale (R32). A bad one sends the case back (R33).

    `text` is why, in the citizen's words; a rating that sends back needs it.
    """

    case_number: str
    level: str
    text: str = ""


class FollowUpCase(Message, frozen=True):
    """回访 (R34): what the citizen said when the hall asked again; cannot be empty."""

    case_number: str
    text: str


class ArchiveCase(Message, frozen=True):
    """归档: the end of a case; refused while its follow-up is owed."""

    case_number: str


ClosingCommand = RateCase | FollowUpCase | ArchiveCase
