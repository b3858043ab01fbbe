"""What reports count: rows of cases, ratings, moves and links of the audit chain, without anybody's words. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hub.domain.case import OPEN, Stage
from hub.domain.grievance import CaseKind
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.domain.register import Kept as KeptEntry
from hub.domain.suggestions import SuggestionKind

PolicyKey = tuple[str, int]

EXPORTS = ("ExportLedger", "ExportForm", "ExportCase", "NoteExport")
"""What takes something with people in it out of the system, as the audit chain calls it (R71)."""


class CaseRow(Value, frozen=True, gc=False):
    """A case in the hall's own dates. `promised`: its policy's document gives a limit.

    `handler` took its newest work order on, `sent` says how often it was dispatched, `told` whether the citizen has
    heard the newest answer, `level` the newest rating; `name` is filled for reports that name people alone.
    """

    number: str
    kind: CaseKind
    filed: dt.date
    stage: Stage
    matter: str
    reasons: tuple[str, ...]
    visits: int
    confidential: bool
    channel: str
    case_class: str
    department: str
    owner: str
    policy: PolicyKey
    promised: bool
    due: dt.date
    answered: dt.date | None
    stopped: dt.date | None
    handler: str = ""
    sent: int = 0
    sent_back: int = 0
    extended: bool = False
    told: bool = False
    explained: bool = False
    level: str = ""
    name: str = ""

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN


class RatingRow(Value, frozen=True, gc=False):
    """One rating. `staff` asked for it, empty where the citizen rated alone."""

    case_number: str
    kind: CaseKind
    confidential: bool
    on: dt.date
    level: str
    staff: str
    department: str
    matter: str
    sent_back: bool


class CallRow(Value, frozen=True, gc=False):
    """Somebody called to the window of a case; `minutes` until they came, nothing where they had not come yet."""

    case_number: str
    kind: CaseKind
    department: str
    minutes: int | None


class MoveCount(Value, frozen=True, gc=False):
    """How often somebody made a move in the period."""

    staff: str
    department: str
    move: str
    count: int


class LinkRow(Value, frozen=True, gc=False):
    """A link of the audit chain."""

    at: dt.datetime
    terminal: str
    staff: str
    kind: str
    subject: str


class LinkCount(Value, frozen=True, gc=False):
    """How often somebody did something, by the audit chain."""

    staff: str
    kind: str
    count: int


class SuggestionRow(Value, frozen=True, gc=False):
    """Something out of the box that was dealt with in the period, what was done, and for hiding it who left it."""

    number: str
    kind: SuggestionKind
    left: dt.date
    handled: dt.date
    result: str
    names: tuple[str, ...] = ()


class StaffRow(Value, frozen=True, gc=False):
    code: str
    name: str
    role: str
    department: str


class Reading(Value, frozen=True):
    """What the store gave for one report. `cases` were filed in the period, `carried` before it and were open still
    when it ended: both as they stood then."""

    cases: tuple[CaseRow, ...] = ()
    carried: tuple[CaseRow, ...] = ()
    before: tuple[CaseRow, ...] = ()
    """Those of the period before, for what has changed."""
    ratings: tuple[RatingRow, ...] = ()
    calls: tuple[CallRow, ...] = ()
    """Those of the period."""
    moves: tuple[MoveCount, ...] = ()
    links: tuple[LinkRow, ...] = ()
    counted: tuple[LinkCount, ...] = ()
    suggestions: tuple[SuggestionRow, ...] = ()
    left: Mapping[str, int] = {}
    """How many suggestions of each kind were left in the period."""
    known: tuple[str, ...] = ()
    """Names and telephones of who brought a case lately: what must not stand in what is made public."""
    entries: tuple[KeptEntry, ...] = ()
    staff: tuple[StaffRow, ...] = ()
    policies: Mapping[PolicyKey, Policy] = {}
