"""知识库 (R38): earlier cases that are like one, with what was found and answered."""

from __future__ import annotations

import datetime as dt

from hub.wire.message import Message


class SimilarCases(Message, frozen=True):
    """A query: closed cases that are most like this one. Looked for beside the hub: ask again while it is not ready."""

    case_number: str


class SimilarCase(Message, frozen=True):
    """An earlier case without anybody who was in it: no names, no telephones, not what the citizen said.

    `cause` is what the window found when it looked at it, `answer` what the citizen was told in the end, `level` how
    they rated it, `alike` how much it is like the one that was asked for, in percent.
    """

    case_number: str
    closed_on: dt.date
    matter: str
    department: str
    cause: str
    answer: str
    level: str
    alike: int


class SimilarList(Message, frozen=True):
    """The nearest first. `ready` is no while they are being looked for."""

    ready: bool
    cases: tuple[SimilarCase, ...] = ()
