"""The ledger (台账) as it leaves the system: an export, logged (R17, R71)."""

from __future__ import annotations

import datetime as dt

from hub.wire.message import Message


class ExportLedger(Message, frozen=True):
    """The cases filed from one date to another, a page at a time; logged with who took them out (R71)."""

    filed_from: dt.date
    filed_to: dt.date
    after: str = ""
