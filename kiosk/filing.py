"""From a confirmed complaint to the hub's answer and the paper in the spool; nothing is lost on the way.

Outbox first, then the hub, then the spool, then the mark in the outbox. Killed between any two of them, the next start
sends the same command id again, gets the first answer again, and the spool takes the same job id only once. The same
happens, slowly, while the program runs, where hub, spool or outbox could not do their part.

A hub that is away, or does not answer within `PATIENCE_S`, is waited for no longer: the complaint gets a number of this
kiosk's own series, durable with its row, and the paper with it. From then on that number stands, whatever the hub had
said: the same command goes out with it until the hub has it too. docs/decisions/0011, 0035.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace

from hub.domain.numbers import SeriesFull, read_case_number
from hub.wire.messages import Answer, Command, ComplaintAccepted, FileComplaint, PrintedNumber, Rejected
from kiosk.offline import PATIENCE_S, OfflineSeries
from kiosk.outbox import Entry, Outbox, OutboxError
from kiosk.receipts import Receipts
from printers.errors import PrinterError

_log = logging.getLogger(__name__)

Send = Callable[[Command, Callable[[Answer], None], str], object]

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


class Listening(Protocol):
    """Who may still stand here, and what they should see."""

    def answered(self, command_id: str, answer: Answer) -> None: ...
    def numbered(self, command_id: str, printed: PrintedNumber) -> None: ...
    def unprinted(self, command_id: str, trouble: str) -> None: ...


class Filing:
    """One kiosk's complaints under way. `series` is None where the hall gave this kiosk no numbers of its own."""

    def __init__(
        self,
        outbox: Outbox,
        send: Send,
        receipts: Receipts,
        listening: Listening,
        series: OfflineSeries | None = None,
    ) -> None:
        self._outbox = outbox
        self._send = send
        self._receipts = receipts
        self._listening = listening
        self._series = series
        self._rejected: set[str] = set()
        self._stuck: dict[str, str] = {}
        """What went wrong with a command id that is asked for again, as a trouble's code."""
        self._again: set[str] = set()
        self._entries: dict[str, Entry] = {}
        """What is under way, by command id, as it lies in the outbox."""
        self._patient: dict[str, float | None] = {}
        """Who waits for a number of the hub's, and since when; None until the next poll says what time it is."""
        self._offline: set[str] = set()
        """Command ids with a number of our own that the hub has not taken over yet."""
        self._unprinted: set[str] = set()
        """Those of them whose receipt is not in the spool yet."""
        self._disputed_s: dict[str, float] = {}
        """Since when the hub says another number than the paper."""
        self._now_s = 0.0
        self._asked_s = float("-inf")
        self._unsaved = self._full = False
        self._epoch = ""

    @property
    def troubles(self) -> frozenset[str]:
        """What staff should know: `complaint_rejected` (it lies here), `complaint_waits`, `outbox_failed`,
        `series_full`, `spool_failed`."""
        own = {
            "complaint_rejected": bool(self._rejected),
            "outbox_failed": self._unsaved,
            "series_full": self._full,
            "spool_failed": bool(self._unprinted),
        }
        return frozenset(self._stuck.values()) | {code for code, so in own.items() if so}

    def start(self, now: dt.datetime) -> None:
        """Goes on with what an earlier run left unanswered or the hub refused: hub or hall file may be mended since.

        Raises `OutboxError` when even that cannot be read.
        """
        self._outbox.forget_old(now)
        self._rejected = set(self._outbox.rejections())
        for entry in (*self._outbox.waiting(), *self._outbox.rejected_entries()):
            command_id = entry.command_id
            self._entries[command_id] = entry
            if entry.printed is not None:  # killed after the number: whether paper has it, the spool knows
                self._offline.add(command_id)
                self._print_own(entry)
            elif command_id not in self._rejected:
                self._patient[command_id] = None
            self._dispatch(command_id)

    def poll(self, now_s: float, now: dt.datetime, live: bool) -> None:
        """Gives a number to who waited long enough; every half minute asks again what could not be carried through.

        `now_s` only goes forward, `now` is the moment that numbers are dated by, `live` whether the hub is heard.
        """
        self._now_s = now_s
        for command_id, since_s in list(self._patient.items()):
            self._patient[command_id] = since_s = now_s if since_s is None else since_s
            if not live or now_s - since_s >= PATIENCE_S:
                del self._patient[command_id]
                self._number(command_id, now)
        if now_s - self._asked_s < ASK_AGAIN_S:
            return
        self._asked_s = now_s
        for command_id in list(self._unprinted):
            self._print_own(self._entries[command_id])
        again, self._again = self._again, set()
        for command_id in again:
            self._dispatch(command_id)

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
            self._entries[entry.command_id] = entry
            self._dispatch(entry.command_id)

    def file(self, command_id: str, complaint: FileComplaint, now: dt.datetime) -> None:
        """Durable first, then on its way; raises `OutboxError`, and then nothing was promised and nothing is sent."""
        entry = Entry(command_id=command_id, complaint=complaint)
        try:
            self._outbox.put(entry, now)
        except OutboxError:
            self._unsaved = True
            raise
        self._entries[command_id] = entry
        self._patient[command_id] = None
        self._dispatch(command_id)

    @property
    def waiting(self) -> int:
        """Complaints that the hub has not answered."""
        return self._outbox.count("waiting")

    def _dispatch(self, command_id: str) -> None:
        entry = self._entries[command_id]
        complaint = replace(entry.complaint, printed_number=entry.printed)
        self._send(complaint, lambda answer: self._answered(command_id, answer), command_id)

    # --- a number of our own

    def _number(self, command_id: str, now: dt.datetime) -> None:
        """The next number of our series: with the row on the disk, then on paper, then to the hub."""
        series = self._series
        if series is None:
            return
        day = series.business_date(now)
        try:
            entry = self._outbox.number(command_id, series.letter, day, lambda count: series.number(now, count))
        except SeriesFull:
            _log.exception("%s waits for a number of the hub's", command_id)
            self._full = True
            return
        except OutboxError:
            _log.exception("%s gets no number of this kiosk's; it is saved", command_id)
            self._stuck[command_id] = "outbox_failed"
            return
        assert entry.printed is not None, "a number was just given"
        self._entries[command_id] = entry
        self._offline.add(command_id)
        self._print_own(entry)
        self._dispatch(command_id)
        self._listening.numbered(command_id, entry.printed)

    def _print_own(self, entry: Entry) -> None:
        """Into the spool now, or at the next half minute."""
        try:
            self._receipts.print(entry)
        except PrinterError as wrong:
            _log.exception("the receipt of %s could not be taken into the spool; it is tried again", entry.command_id)
            self._unprinted.add(entry.command_id)
            self._listening.unprinted(entry.command_id, wrong.code)
        else:
            self._unprinted.discard(entry.command_id)

    # --- the hub's answer

    def _answered(self, command_id: str, answer: Answer) -> None:
        entry = self._entries[command_id]
        try:
            match answer:
                case ComplaintAccepted() if self._is_disputed(entry, answer):
                    return
                case ComplaintAccepted():
                    self._settle(entry, answer)
                case Rejected(code=code, text=text) if code in ABOUT_THE_COMPLAINT:
                    _log.error("the hub rejected complaint %s: %s (%s); it is kept", command_id, code, text)
                    self._outbox.rejected(command_id, code)
                    self._rejected.add(command_id)
                    self._patient.pop(command_id, None)
                    self._entries.pop(command_id)
                case _:
                    _log.error("the hub answered %s with %s; it is asked again", command_id, type(answer).__name__)
                    self._ask_again(command_id, "complaint_waits")
                    return
        except PrinterError as wrong:
            _log.exception("the receipt of %s could not be taken into the spool; it is tried again", command_id)
            self._ask_again(command_id, "spool_failed")
            self._listening.unprinted(command_id, wrong.code)
        except OutboxError:
            _log.exception("the answer to %s could not be noted; it is asked for again", command_id)
            self._ask_again(command_id, "outbox_failed")
        else:
            self._stuck.pop(command_id, None)
        self._listening.answered(command_id, answer)

    def _is_disputed(self, entry: Entry, answer: ComplaintAccepted) -> bool:
        """Whether the hub may not have heard of our number yet: what it said was on its way when we gave it.

        It is asked again after half a minute, when nothing can be on its way any more; what it says then stands.
        """
        command_id, printed = entry.command_id, entry.printed
        if command_id not in self._offline or printed is None:
            return False
        if (answer.case_number, answer.ticket_number) == (printed.case_number, printed.ticket_number):
            return False
        since_s = self._disputed_s.setdefault(command_id, self._now_s)
        if self._now_s - since_s >= ASK_AGAIN_S:
            _log.error("the hub took over other numbers of %s than %s", command_id, printed.case_number)
            return False
        self._again.add(command_id)  # nothing that staff need hear of
        return True

    def _settle(self, entry: Entry, accepted: ComplaintAccepted) -> None:
        """Paper first: a row that waits no more is looked at no more. The job's id is the command's: one receipt."""
        command_id = entry.command_id
        self._patient.pop(command_id, None)
        if entry.printed is None or command_id in self._unprinted:
            self._receipts.print(entry, accepted)
            self._unprinted.discard(command_id)
        settled = replace(entry, printed=entry.printed or _printed(accepted), epoch=self._epoch)
        self._outbox.answered(settled)
        self._entries.pop(command_id)  # what a citizen wrote stays in memory no longer than it must
        self._offline.discard(command_id)
        self._disputed_s.pop(command_id, None)
        self._rejected.discard(command_id)

    def _ask_again(self, command_id: str, trouble: str) -> None:
        """The row stays as it is, and staff hear until an answer has been carried through."""
        self._stuck[command_id] = trouble
        self._again.add(command_id)


def _printed(accepted: ComplaintAccepted) -> PrintedNumber:
    """What the receipt of an accepted complaint says."""
    return PrintedNumber(
        business_date=read_case_number(accepted.case_number).day,
        printed_at=accepted.filed_at,
        case_number=accepted.case_number,
        ticket_number=accepted.ticket_number,
    )
