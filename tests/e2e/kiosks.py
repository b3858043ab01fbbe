"""Kiosks without windows: the real outbox, filing and link, and a stack of paper that says what was printed."""

from __future__ import annotations

import datetime as dt
import itertools
import secrets
import time

from hub.domain.lookup import make_keys
from hub.keys import load_secret, make_secret
from hub.wire.messages import Answer, ComplaintAccepted, PrintedNumber
from kiosk.filing import Filing
from kiosk.outbox import Outbox
from kiosk.receipts import Receipts
from printers.receipt import ComplaintReceipt
from tests.factories import a_demo_complaint
from tests.running_hall import RunningHall


class Paper:
    """Takes each job once, as the spool does, and keeps what the receipts say."""

    def __init__(self) -> None:
        self.receipts: dict[str, ComplaintReceipt] = {}
        self.asked: list[str] = []

    def print(self, job_id: str, receipt: ComplaintReceipt) -> None:
        self.asked.append(job_id)
        self.receipts.setdefault(job_id, receipt)


class FilingKiosk:
    """One kiosk. `answers` is what the hub said to each command id, in order."""

    def __init__(self, hall: RunningHall, name: str) -> None:
        self._hall, self.name = hall, name
        self.paper = Paper()
        self.answers: dict[str, list[Answer]] = {}
        self._texts = itertools.count()
        self.switch_on()

    def switch_on(self) -> None:
        local = self._hall.directory.local(self.name)
        make_secret(local / "outbox.key")
        self.outbox = Outbox(local / "outbox.db", load_secret(local / "outbox.key"))
        self.link = self._hall.link(self.name)
        policy = self._hall.directory.policy()
        receipts = Receipts(self.paper, self._hall.hall, policy)
        self.filing = Filing(self.outbox, self.link.send, receipts, self)
        self.filing.start(dt.datetime.now(dt.UTC))

    def switch_off(self) -> None:
        self.link.close()
        self.outbox.close()

    def file(self) -> str:
        """A confirmed complaint; returns its command id."""
        command_id = secrets.token_hex(16)
        complaint = a_demo_complaint(number=next(self._texts) % 20).filed_with(make_keys(secrets.token_bytes))
        self.filing.file(command_id, complaint, dt.datetime.now(dt.UTC))
        return command_id

    def poll(self) -> None:
        self.link.poll()
        self.filing.hear_epoch(self.link.picture.epoch)
        self.filing.poll(time.monotonic(), dt.datetime.now(dt.UTC), self.link.live)

    @property
    def settled(self) -> bool:
        """Whether the hub of the present epoch has answered everything that this kiosk ever sent."""
        epoch = self.link.picture.epoch
        return not self.filing.waiting and all(entry.epoch == epoch for entry in self.outbox.kept())

    def numbered(self, command_id: str, printed: PrintedNumber) -> None:
        raise AssertionError(f"{command_id} got {printed} of a kiosk that has no numbers of its own")

    def unprinted(self, command_id: str, trouble: str) -> None:
        raise AssertionError(f"{command_id} was not printed: {trouble}")

    def answered(self, command_id: str, answer: Answer) -> None:
        assert isinstance(answer, ComplaintAccepted), answer
        self.answers.setdefault(command_id, []).append(answer)
