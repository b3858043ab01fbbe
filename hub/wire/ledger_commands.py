"""The ledger (台账) and whatever else leaves the system with people in it: exports, logged (R17, R71)."""

from __future__ import annotations

import datetime as dt

from hub.wire.message import Message


class ExportLedger(Message, frozen=True):
    """The cases filed from one date to another, a page at a time; logged with who took them out (R71)."""

    filed_from: dt.date
    filed_to: dt.date
    after: str = ""


class NoteExport(Message, frozen=True):
    """A file that names people is about to be written beside the hub: who takes it, which one, of which dates (R71)."""

    what: str
    first: dt.date
    last: dt.date


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
