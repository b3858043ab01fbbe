"""What is asked after the answer: rating, follow-up, archive (R32-R34, R40)."""

from __future__ import annotations

from typing import Literal

from hub.domain.policy.clock import BreachCode
from hub.wire.message import Message


class RateCase(Message, frozen=True):
    """The citizen's rating (评价), a level of the hall's own scale (R32). A bad one sends the case back (R33).

    `text` is why, in the citizen's words; a rating that sends back needs it.
    """

    case_number: str
    level: str
    text: str = ""


class RateByCode(Message, frozen=True):
    """评价 by the citizen (R32, R33), at a kiosk or on a phone: of the case that `secret` opens, as for `LookUp`.

    Once for each answer; `text` as for `RateCase`.
    """

    secret: str
    level: str
    text: str = ""


class LevelChoice(Message, frozen=True):
    """A level of the scale under which a case is rated, in the document's own word."""

    code: str
    name: str
    sends_back: bool


class FollowUpCase(Message, frozen=True):
    """回访 (R34): what the citizen said when the hall asked again; cannot be empty."""

    case_number: str
    text: str


class ArchiveCase(Message, frozen=True):
    """归档: the end of a case; refused while its follow-up is owed."""

    case_number: str


class TellCitizen(Message, frozen=True):
    """The answer was told to the citizen (R24): orally or in writing, as the policy's reply medium says (R30)."""

    case_number: str
    medium: Literal["oral", "written"]
    text: str = ""


class ExplainLateness(Message, frozen=True):
    """What the responsible person told the citizen about why it is late (R74); cannot be empty."""

    case_number: str
    text: str


class SuperviseCase(Message, frozen=True):
    """督办 (R73): a note that whoever has the case must react to; cannot be empty."""

    case_number: str
    text: str


class ReadBreaches(Message, frozen=True):
    """A query: what is wrong with the time of one case today (R28)."""

    case_number: str


class Breaches(Message, frozen=True):
    """Derived, never written by hand. `explanation_owed`: somebody still has to explain it to the citizen (R74)."""

    case_number: str
    codes: tuple[BreachCode, ...]
    explanation_owed: bool = False


ClosingCommand = (
    RateCase | RateByCode | FollowUpCase | ArchiveCase | TellCitizen | ExplainLateness | SuperviseCase | ReadBreaches
)
