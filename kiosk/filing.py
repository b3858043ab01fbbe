"""From a confirmed complaint to the hub's answer and the paper in the spool; nothing is lost on the way.

Outbox first, then the hub, then the spool, then the mark in the outbox. Killed between any two of them, the next start
sends the same command id again, gets the first answer again, and the spool takes the same job id only once. The same
happens, slowly, while the program runs, where hub, spool or outbox could not do their part.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace

from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall
from hub.domain.numbers import read_case_number
from hub.domain.policy import Policy
from hub.wire.messages import Answer, Command, ComplaintAccepted, FileComplaint, PrintedNumber, Rejected
from kiosk.outbox import Entry, Outbox, OutboxError
from printers.errors import PrinterError
from printers.receipt import Chosen, ComplaintReceipt, complaint_receipt

_log = logging.getLogger(__name__)

Send = Callable[[Command, Callable[[Answer], None], str], object]
Told = Callable[[str, Answer], None]

ASK_AGAIN_S = 30.0
ABOUT_THE_COMPLAINT = frozenset(
    {
        "bad_command",
        "bad_command_id",
        "bad_secret",
        "command_id_reused",
        "frame_too_large",
        "malformed",
        "not_permitted",
        "text_missing",
        "too_long",
        "unknown_code",
        "unknown_command",
    }
)
"""Refusals that asking again does not change. Every other one speaks of the hub, and the complaint keeps waiting."""


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
        self._rejected: set[str] = set()
        self._stuck: dict[str, str] = {}
        """What went wrong with a command id that is asked for again, as a trouble's code."""
        self._again: list[Entry] = []
        self._asked_s = float("-inf")
        self._unsaved = False
        self._epoch = ""

    @property
    def troubles(self) -> frozenset[str]:
        """What staff should know: `complaint_rejected` (it lies here), `complaint_waits`, `spool_failed`,
        `outbox_failed`."""
        rejected = {"complaint_rejected"} if self._rejected else set()
        unsaved = {"outbox_failed"} if self._unsaved else set()
        return frozenset(self._stuck.values()) | rejected | unsaved

    def start(self, now: dt.datetime) -> None:
        """Sends again what an earlier run left unanswered or the hub refused: hub or hall file may be mended since.

        Raises `OutboxError` when even that cannot be read.
        """
        self._outbox.forget_old(now)
        self._rejected = set(self._outbox.rejections())
        for entry in (*self._outbox.waiting(), *self._outbox.rejected_entries()):
            self._dispatch(entry)

    def poll(self, now_s: float) -> None:
        """Asks again, every half minute, for answers that could not be carried through."""
        if now_s - self._asked_s < ASK_AGAIN_S:
            return
        self._asked_s = now_s
        again, self._again = self._again, []
        for entry in again:
            self._dispatch(entry)

    def hear_epoch(self, epoch: str) -> None:
        """The hub's epoch, empty while unknown. A new one means that the hub came back from a backup.

        What it answered in another epoch it may have forgotten: all of that is filed again under the first command id
        and the number on the paper. What it still knows it answers as the first time. Raises `OutboxError`.
        """
        if epoch in ("", self._epoch):
            return
        answered_elsewhere = [entry for entry in self._outbox.kept() if entry.epoch != epoch]
        self._epoch = epoch
        for entry in answered_elsewhere:
            self._dispatch(entry)

    def file(self, command_id: str, complaint: FileComplaint, now: dt.datetime) -> None:
        """Durable first, then on its way; raises `OutboxError`, and then nothing was promised and nothing is sent."""
        entry = Entry(command_id=command_id, complaint=complaint)
        try:
            self._outbox.put(entry, now)
        except OutboxError:
            self._unsaved = True
            raise
        self._dispatch(entry)

    @property
    def waiting(self) -> int:
        """Complaints that the hub has not answered."""
        return self._outbox.count("waiting")

    def _dispatch(self, entry: Entry) -> None:
        complaint = replace(entry.complaint, printed_number=entry.printed)
        self._send(complaint, lambda answer: self._answered(entry, answer), entry.command_id)

    def _answered(self, entry: Entry, answer: Answer) -> None:
        command_id = entry.command_id
        try:
            match answer:
                case ComplaintAccepted():
                    if entry.printed is None:
                        self._print(entry, answer)
                    self._outbox.answered(replace(entry, printed=entry.printed or _printed(answer), epoch=self._epoch))
                    self._rejected.discard(command_id)
                case Rejected(code=code, text=text) if code in ABOUT_THE_COMPLAINT:
                    _log.error("the hub rejected complaint %s: %s (%s); it is kept", command_id, code, text)
                    self._outbox.rejected(command_id, code)
                    self._rejected.add(command_id)
                case _:
                    _log.error("the hub answered %s with %s; it is asked again", command_id, answer)
                    self._ask_again(entry, "complaint_waits")
                    return
        except PrinterError:
            _log.exception("the receipt of %s could not be taken into the spool; it is tried again", command_id)
            self._ask_again(entry, "spool_failed")
        except OutboxError:
            _log.exception("the answer to %s could not be noted; it is asked for again", command_id)
            self._ask_again(entry, "outbox_failed")
        else:
            self._stuck.pop(command_id, None)
        self._told(command_id, answer)

    def _ask_again(self, entry: Entry, trouble: str) -> None:
        """The row stays as it is, and staff hear until an answer has been carried through."""
        self._stuck[entry.command_id] = trouble
        self._again.append(entry)

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


def _printed(accepted: ComplaintAccepted) -> PrintedNumber:
    """What the receipt of an accepted complaint says."""
    return PrintedNumber(
        business_date=read_case_number(accepted.case_number).day,
        printed_at=accepted.filed_at,
        case_number=accepted.case_number,
        ticket_number=accepted.ticket_number,
    )
