"""The receipt of a complaint in the outbox, into the printer's spool: the hub's numbers on it, or this kiosk's own."""

from __future__ import annotations

import logging
from typing import Protocol

from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.wire.messages import ComplaintAccepted
from kiosk.outbox import Entry
from printers.receipt import Chosen, ComplaintReceipt, complaint_receipt, offline_receipt

_log = logging.getLogger(__name__)


class Printing(Protocol):
    """What takes a receipt durably, the same job id once; `printers.station.Station` is one."""

    def print(self, job_id: str, receipt: ComplaintReceipt) -> None: ...


class Receipts:
    """`printing` is None at a kiosk without a printer: nothing is printed, and all else goes on."""

    def __init__(self, printing: Printing | None, hall: Hall, policy: Policy) -> None:
        self._printing = printing
        self._hall = hall
        self._policy = policy

    def print(self, entry: Entry, accepted: ComplaintAccepted | None = None) -> None:
        """The job's id is the command's: however often it comes, one receipt. Raises `PrinterError`.

        The paper has the entry's own number where there is one, else what the answer says.
        """
        if self._printing is None:
            return
        chosen = Chosen.of(entry.complaint)
        try:
            receipt = self._receipt(entry, accepted, chosen)
        except UnknownCode:
            # The hall's file changed since: paper with a number and a code is better than none.
            _log.exception("the receipt of %s leaves out what this hall's file no longer has", entry.command_id)
            known = Chosen(
                matter="other", reasons=(), visits=chosen.visits, confidential=chosen.confidential, keys=chosen.keys
            )
            receipt = self._receipt(entry, accepted, known)
        self._printing.print(entry.command_id, receipt)

    def _receipt(self, entry: Entry, accepted: ComplaintAccepted | None, chosen: Chosen) -> ComplaintReceipt:
        language = entry.complaint.language
        if entry.printed is not None:
            return offline_receipt(entry.printed, self._hall, self._policy, chosen, language)
        assert accepted is not None, "paper says a number: ours or the hub's"
        return complaint_receipt(accepted, self._hall, self._policy, chosen, language)
