"""What leaves the hall for the archive, and what ends with its time (R40, R71)."""

from __future__ import annotations

from hub.domain.policy.oversight import Kept
from hub.wire.message import Message


class ExportCase(Message, frozen=True):
    """An archived case leaves the system as one bundle (`bancheng archive make`); logged with who took it out (R71).

    `digest` is the SHA-256 of the bundle's index in hexadecimal.
    """

    case_number: str
    digest: str


class EndKeeping(Message, frozen=True):
    """The time of something kept is over (`bancheng retention`): its words go, that it was stays.

    `number` is a case's, a suggestion's or a request's, or the id of an appointment.
    """

    category: Kept
    number: str


class PartEnded(Message, frozen=True):
    """A piece of a case's papers has ended, and nobody is shown them any more: ask again for the rest.

    `left` is how many pieces there still are.
    """

    left: int


ArchiveCommand = ExportCase | EndKeeping
