"""What a terminal is: who is logged in there, how it does, and what it has seen of an epoch that ended."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.wire.message import Message


class LogIn(Message, frozen=True):
    staff: str
    pin: str


class LogOut(Message, frozen=True):
    pass


class SeenNumber(Message, frozen=True):
    """The highest number of a series on a date: a service's letter, or `case` for case numbers."""

    business_date: dt.date
    series: str
    number: int


class ReportNumbers(Message, frozen=True):
    """What a terminal has seen in an epoch that ended: after a restore the hub gives none of these again."""

    epoch: str
    seen: tuple[SeenNumber, ...]


class ReportHealth(Message, frozen=True):
    """The terminal's own heartbeat: troubles by code (`paper_out`, `board_silent`), empty when all is well."""

    troubles: tuple[str, ...] = ()
    outbox: int = 0


class ReadTerminals(Message, frozen=True):
    """A query: how the hall's terminals are; who does not supervise learns of the asking terminal alone."""


TerminalState = Literal["live", "troubled", "silent", "never"]
"""`never`: not heard since this hub took the duty."""


class TerminalHealth(Message, frozen=True):
    """A terminal's newest report. `since` is when its troubles were first told as they are."""

    name: str
    state: TerminalState
    heard_at: dt.datetime | None = None
    since: dt.datetime | None = None
    troubles: tuple[str, ...] = ()
    outbox: int = 0


class TerminalList(Message, frozen=True):
    """In the order of `hall.toml`; `at` is the hub's time."""

    at: dt.datetime
    terminals: tuple[TerminalHealth, ...]


TerminalCommand = LogIn | LogOut | ReportNumbers | ReportHealth | ReadTerminals
