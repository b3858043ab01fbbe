"""The ledger (台账) as it leaves the system: an export, logged (R17, R71)."""

from __future__ import annotations

import datetime as dt

from hub.wire.message import Message


class ExportLedger(Message, frozen=True):
    """The cases filed from one date to another, a page at a time; logged with who took them out (R71)."""

    filed_from: dt.date
    filed_to: dt.date
    after: str = ""


class LedgerColumn(Message, frozen=True):
    """A column of the hall's own ledger form."""

    code: str
    name: str


class LedgerRow(Message, frozen=True):
    cells: tuple[str, ...]


class Ledger(Message, frozen=True):
    """A page of the 台账 (R17): the next one begins after `last`."""

    columns: tuple[LedgerColumn, ...]
    rows: tuple[LedgerRow, ...]
    last: str
    more: bool
