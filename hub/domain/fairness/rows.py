"""What a report is made of: the rows of one day's line as they were kept, in four hands that must agree.

The audit chain says who did what and in which order, the steps how each ticket stood, the feed what everybody was told,
the ticket's own row how it stands now.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from hub.domain.line_rules import LineRules
from hub.domain.ticket import WAITING

Heard = Literal["taken", "called", "moved", "window", "turned", "replaced"]


class Standing(msgspec.Struct, frozen=True):
    """How a ticket stands: what decides when it is called, and where it is."""

    number: str
    service: str
    state: str
    taken_at: dt.datetime
    window: int = 0
    lane: str = "line"
    stands_at: dt.datetime | None = None
    not_before: dt.datetime | None = None
    for_window: int = 0
    passed: int = 0

    @property
    def since(self) -> dt.datetime:
        return self.stands_at or self.taken_at

    @property
    def waits(self) -> bool:
        return self.state in WAITING


class TicketRow(msgspec.Struct, frozen=True):
    """A ticket's own row. `on_paper` when its number was printed before the hub knew of it."""

    ticket_id: str
    command_id: str
    business_date: dt.date
    queue_date: dt.date
    series: str
    place: int
    standing: Standing
    called_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    calls: int = 0
    chances: int = 0
    on_paper: bool = False


class StepRow(msgspec.Struct, frozen=True):
    """A step. `seq` orders the steps of all tickets; `reason` is None where its sealed words do not open."""

    seq: int
    ticket_id: str
    ordinal: int
    at: dt.datetime
    move: str
    state: str
    service: str
    window: int
    lane: str
    stands_at: dt.datetime
    not_before: dt.datetime | None
    for_window: int
    staff: str
    because: str = ""
    passed: int = 0
    only_service: str = ""
    only_lane: str = ""
    ground: str = ""
    post: str = ""
    reason: str | None = ""


class Link(msgspec.Struct, frozen=True):
    """A link of the audit chain. `acting_for` is who was away where somebody stood in for them."""

    ordinal: int
    at: dt.datetime
    terminal: str
    staff: str
    kind: str
    subject: str
    command_id: str
    acting_for: str = ""


class Told(msgspec.Struct, frozen=True):
    """An event of the feed that changes the line; `window` and `open` are of a window, `ids` of passed or kept ones."""

    seq: int
    at: dt.datetime
    what: Heard
    ticket_id: str = ""
    standing: Standing | None = None
    move: str = ""
    window: int = 0
    open: bool = False
    ids: tuple[str, ...] = ()
    void: str = ""


class InForce(msgspec.Struct, frozen=True):
    """Rules in force after a link; `vouched` says that the chain has their digest."""

    ordinal: int
    at: dt.datetime
    opened: tuple[int, ...]
    rules: LineRules
    vouched: bool = True


class Void(msgspec.Struct, frozen=True):
    """A number that does not stand, and the ticket that does instead."""

    number: str
    stands: str
    reason: str
    at: dt.datetime


class Day(msgspec.Struct, frozen=True):
    """One business date's line. `over` once the next has begun; `before` is what was told on the days since the oldest
    of the tickets that were kept over night was taken; `elsewhere` are commands that other days carried out.
    """

    date: dt.date
    over: bool
    in_force: tuple[InForce, ...]
    tickets: tuple[TicketRow, ...]
    steps: tuple[StepRow, ...]
    links: tuple[Link, ...]
    told: tuple[Told, ...]
    counters: dict[str, int]
    voids: tuple[Void, ...] = ()
    before: tuple[Told, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    later: tuple[Link, ...] = ()
    """Links of later days that entered by hand what was worked on this one."""
    broken_at: int | None = None
    """The first link of the day whose hash does not follow from the one before."""
