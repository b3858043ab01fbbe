"""Numbers worked by hand: slips printed in advance, what became of them by the sheets, the reconciliation (R65, R66).

No message of these has a person in it: who took a slip is nowhere written down.
"""

from __future__ import annotations

import datetime as dt

from hub.domain.slips import Cause, Fault, Outcome
from hub.domain.ticket import TicketState
from hub.wire.message import Message


class PrintSlips(Message, frozen=True):
    """A block of numbers to print in advance, for one service. `held_by` is who keeps it (staff code; empty: who asks).

    A kiosk keeps its own: it names nobody, and no number.

    `first` only for a block that a restored hub has forgotten: it is put down again as it is on paper, with the moment
    that stands on it.
    """

    service: str
    count: int
    held_by: str = ""
    first: int = 0
    printed_at: dt.datetime | None = None


class SlipBlock(Message, frozen=True):
    """A block as it is printed: `first` to `last` of `series`, for one service.

    `printed_by` and `held_by` are staff codes, or the name of the kiosk that prints it.
    """

    block: str
    series: str
    first: int
    last: int
    service: str
    printed_at: dt.datetime
    printed_by: str
    held_by: str


class SlipUse(Message, frozen=True):
    """A line of a sheet: a slip's number, or one that the hub gave on that day, and what became of it by hand.

    `staff` is who called and served. `served` needs all three times and the window, `no_show` all but `ended_at`,
    `waiting` the time it was taken, `void` nothing. A number that the hub gave needs no `taken_at`.
    """

    number: str
    outcome: Outcome
    taken_at: dt.datetime | None = None
    called_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    window: int = 0
    staff: str = ""


class ImportSlips(Message, frozen=True):
    """The sheets of a time worked by hand. All lines are taken over, or none: then `SlipsImported.faults` says why."""

    uses: tuple[SlipUse, ...]
    because: Cause = "hub"


class SlipFault(Message, frozen=True):
    """A line that cannot be taken over: its place from 1, why, and `about` what."""

    line: int
    number: str
    why: Fault
    about: str = ""


class SlipsImported(Message, frozen=True):
    """How many lines were taken over, and how many of them stand in line now. With faults: none."""

    taken: int
    waiting: int = 0
    faults: tuple[SlipFault, ...] = ()


class ReportByHand(Message, frozen=True):
    """A window works or worked by hand (R66): told to the hall's head. `until` is nothing while it still does."""

    window: int
    since: dt.datetime
    because: Cause
    until: dt.datetime | None = None


class ReadSlips(Message, frozen=True):
    """A query: the reconciliation of a business date."""

    date: dt.date


class CountSlips(Message, frozen=True):
    """A query: how many slips are left of each service."""


class SlipsLeftOf(Message, frozen=True):
    """The slips of a service that are left in all its blocks together."""

    service: str
    blank: int


class SlipsLeft(Message, frozen=True):
    """The services that have blocks, each once."""

    services: tuple[SlipsLeftOf, ...]


class SlipBlockState(Message, frozen=True):
    """A block, whole: how many of its numbers are used and void, which are missing, and from where on it is blank.

    `missing` are ranges such as `S003` and `S007–S012`; `blank_from` is 0 when no slip is left.
    """

    block: SlipBlock
    used: int
    void: int
    missing: tuple[str, ...]
    blank: int
    blank_from: int


class SlipEntry(Message, frozen=True):
    """A number worked by hand on the date, with both times: what the sheet says, and when it was entered and by whom.

    `state` is the ticket's now: who waited when it was entered may have been called since. Empty for a void slip.
    """

    number: str
    block: str
    service: str
    outcome: Outcome
    taken_at: dt.datetime | None
    called_at: dt.datetime | None
    ended_at: dt.datetime | None
    window: int
    staff: str
    entered_at: dt.datetime
    entered_by: str
    because: Cause
    state: TicketState | None = None
    case_number: str = ""


class SlipCall(Message, frozen=True):
    """Called by hand although these had stood longer in the same line and waited at that moment."""

    number: str
    service: str
    window: int
    called_at: dt.datetime
    passed: tuple[str, ...]


class SlipOverlap(Message, frozen=True):
    """Two whom one window cannot both have served as is said."""

    window: int
    first: str
    second: str


class SlipReport(Message, frozen=True):
    """对账: the blocks that have blank or missing numbers or were used on the date, what was worked by hand on it, and
    what does not add up."""

    date: dt.date
    blocks: tuple[SlipBlockState, ...]
    entries: tuple[SlipEntry, ...]
    out_of_order: tuple[SlipCall, ...]
    overlaps: tuple[SlipOverlap, ...]


SlipCommand = PrintSlips | ImportSlips | ReportByHand | ReadSlips | CountSlips
SlipAnswer = SlipBlock | SlipsImported | SlipReport | SlipsLeft
