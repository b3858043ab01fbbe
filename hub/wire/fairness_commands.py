"""The fairness report (R55) on the supervisor's screen, in small pages and in the hall's words."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.wire.message import Message

FairnessPart = Literal["exceptions", "tickets", "findings"]


class ReadFairness(Message, frozen=True):
    """A page of one business date's report. It is worked out beside the hub: ask again while it is under way."""

    date: dt.date
    part: FairnessPart = "exceptions"
    page: int = 0


class FairnessFigure(Message, frozen=True):
    """A figure of the summary."""

    name: str
    said: str


class FairnessRow(Message, frozen=True):
    """A line; `apart` where something set the ticket apart from the plain order."""

    cells: tuple[str, ...]
    apart: bool = False


class FairnessPage(Message, frozen=True):
    """A page of the part that was asked for, with the verdict over the whole day. `holds`: nothing else moved."""

    date: dt.date
    status: str
    holds: bool
    verdict: str
    seal: str
    figures: tuple[FairnessFigure, ...]
    columns: tuple[str, ...]
    rows: tuple[FairnessRow, ...]
    page: int
    pages: int
