"""What is asked about a 投诉, a case of its own kind (R10-R13)."""

from __future__ import annotations

from hub.domain.grievance import Weight
from hub.wire.message import Channel, LookupSecrets, Message


class LodgeGrievance(Message, frozen=True):
    """A 投诉 about how people were treated; opens a case of that kind, which no wall shows.

    `ground` is a code of the policy; `respondent` the words for who is complained about, `respondent_staff` their code
    where it is known, `department` the code of their unit. Which of the others are needed the policy says (R11).
    """

    ground: str
    text: str
    on_paper: LookupSecrets
    respondent: str = ""
    respondent_staff: str = ""
    department: str = ""
    happened: str = ""
    place: str = ""
    name: str = ""
    phone: str = ""
    weight: tuple[Weight, ...] = ()
    channel: Channel = "window"
    language: str = "zh_Hans"


class NameRespondent(Message, frozen=True):
    """Who the 投诉 is about, as the hall knows them: from now on they neither see nor touch it (R11)."""

    case_number: str
    staff: str


class RecordStatement(Message, frozen=True):
    """What the respondent says about it (both sides' rights, R11); taken down by somebody else, and never empty."""

    case_number: str
    text: str


GrievanceCommand = LodgeGrievance | NameRespondent | RecordStatement
