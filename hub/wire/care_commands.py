"""What is done around a case for the citizen: told at once, done for them, handed out, given back."""

from __future__ import annotations

from hub.domain.care import NoticePart, Way
from hub.wire.message import Message


class Material(Message, frozen=True):
    """One material of a matter, with the words that everybody uses for it."""

    code: str
    name: str


class ChecklistPart(Message, frozen=True):
    """What a one-time notice says beside the materials."""

    kind: NoticePart
    text: str


class PublishChecklist(Message, frozen=True):
    """The next version of what a matter needs (R52); earlier versions stay as they were told."""

    matter: str
    materials: tuple[Material, ...]
    parts: tuple[ChecklistPart, ...] = ()


class ReadChecklist(Message, frozen=True):
    """The newest version of a matter's checklist."""

    matter: str


class GiveOneTimeNotice(Message, frozen=True):
    """一次性告知 (R52): everything that is missing, at once, in the words of the checklist."""

    case_number: str
    missing: tuple[str, ...]
    refused_because: str = ""


class AllowLater(Message, frozen=True):
    """容缺 (R53): these materials may follow; `promised` where nobody appears and the citizen promised them."""

    case_number: str
    materials: tuple[str, ...]
    promised: bool = False


class ReceiveMaterials(Message, frozen=True):
    """What was to follow has come."""

    case_number: str
    materials: tuple[str, ...]


class AppointAgent(Message, frozen=True):
    """帮代办 (R54): a member of staff does it for the citizen, who agreed; `consent` is the attachment that says so."""

    case_number: str
    staff: str
    consent: str


class DeliverResult(Message, frozen=True):
    """The result is handed out (R70); at a pickup `originals_checked` says that the paper originals were looked at."""

    case_number: str
    way: Way
    originals_checked: bool = False


class ReturnMaterials(Message, frozen=True):
    """Materials go back to the citizen (R51), who shows who they are and signs; `signature` is the attachment."""

    case_number: str
    materials: tuple[str, ...]
    id_shown: bool = False
    signature: str = ""


class ErasePerson(Message, frozen=True):
    """What a citizen told of themselves is erased from a closed case; the record of what was done stays whole (R71)."""

    case_number: str
    because: str


CareCommand = (
    PublishChecklist
    | ReadChecklist
    | GiveOneTimeNotice
    | AllowLater
    | ReceiveMaterials
    | AppointAgent
    | DeliverResult
    | ReturnMaterials
    | ErasePerson
)
