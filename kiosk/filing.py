"""From a confirmed complaint to the hub's answer and the paper in the spool; nothing is lost on the way.

Outbox first, then the hub, then the spool, then the mark in the outbox. Killed between any two of them, the next start
sends the same command id again, gets the first answer again, and the spool takes the same job id only once.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Protocol

from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.wire.messages import Answer, Command, ComplaintAccepted, FileComplaint, Rejected
from kiosk.outbox import Entry, Outbox, OutboxError
from printers.errors import PrinterError
from printers.receipt import Chosen, ComplaintReceipt, complaint_receipt

_log = logging.getLogger(__name__)

Send = Callable[[Command, Callable[[Answer], None], str], object]
Told = Callable[[str, Answer], None]


class Printing(Protocol):
    """What takes a receipt durably, the same job id once; `printers.station.Station` is one."""

    def print(self, job_id: str, receipt: ComplaintReceipt) -> None: ...


class Filing:
    """One kiosk's complaints under way. `told` hears every answer, for the citizen who may still stand here."""

    def __init__(
        self, outbox: Outbox, send: Send, printing: Printing | None, hall: Hall, policy: Policy, told: Told
    ) -> None:
        self._outbox = outbox
        self._send = send
        self._printing = printing
        self._hall = hall
        self._policy = policy
        self._told = told
        self.troubles: set[str] = set()
        """What staff should know: `complaint_rejected` (a complaint lies here), `spool_failed`, `outbox_failed`."""

    def start(self, now: dt.datetime) -> None:
        """Sends again what an earlier run left unanswered; raises `OutboxError` when even that cannot be read."""
        self._outbox.forget_old(now)
        if self._outbox.count("rejected"):
            self.troubles.add("complaint_rejected")
        for entry in self._outbox.waiting():
            self._dispatch(entry)

    def file(self, command_id: str, complaint: FileComplaint, now: dt.datetime) -> None:
        """Durable first, then on its way; raises `OutboxError`, and then nothing was promised and nothing is sent."""
        entry = Entry(command_id=command_id, complaint=complaint)
        try:
            self._outbox.put(entry, now)
        except OutboxError:
            self.troubles.add("outbox_failed")
            raise
        self._dispatch(entry)

    @property
    def waiting(self) -> int:
        """Complaints that the hub has not answered."""
        return self._outbox.count("waiting")

    def _dispatch(self, entry: Entry) -> None:
        self._send(entry.complaint, lambda answer: self._answered(entry, answer), entry.command_id)

    def _answered(self, entry: Entry, answer: Answer) -> None:
        try:
            match answer:
                case ComplaintAccepted():
                    self._print(entry, answer)
                    self._outbox.answered(entry.command_id)
                case Rejected(code=code, text=text):
                    _log.error("the hub rejected complaint %s: %s (%s); it is kept", entry.command_id, code, text)
                    self._outbox.rejected(entry.command_id, code)
                    self.troubles.add("complaint_rejected")
                case _:
                    _log.error("the hub answered %s with %s", entry.command_id, type(answer).__name__)
                    return
        except PrinterError:
            # The row stays: the next start asks for the same answer again and prints then.
            _log.exception("the receipt of %s could not be taken into the spool", entry.command_id)
            self.troubles.add("spool_failed")
        except OutboxError:
            _log.exception(
                "the answer to %s could not be noted; it is asked for again at the next start", entry.command_id
            )
            self.troubles.add("outbox_failed")
        self._told(entry.command_id, answer)

    def _print(self, entry: Entry, accepted: ComplaintAccepted) -> None:
        """The job's id is the command's: however often the answer comes, one receipt."""
        if self._printing is None:
            return
        complaint = entry.complaint
        try:
            receipt = complaint_receipt(accepted, self._hall, self._policy, Chosen.of(complaint), complaint.language)
        except UnknownCode:
            # The hall's file changed since: paper with a number and a code is better than none.
            _log.exception("the receipt of %s leaves out what this hall's file no longer has", entry.command_id)
            chosen = Chosen(
                matter="other",
                reasons=(),
                visits=complaint.visits,
                confidential=complaint.confidential,
                keys=Chosen.of(complaint).keys,
            )
            receipt = complaint_receipt(accepted, self._hall, self._policy, chosen, complaint.language)
        self._printing.print(entry.command_id, receipt)
