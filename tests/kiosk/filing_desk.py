"""A kiosk's filing on a real outbox, between a hub, a paper and a glass that do what a test tells them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hub.wire.messages import Answer, Command, ComplaintAccepted, PrintedNumber
from kiosk.filing import Filing
from kiosk.outbox import Outbox
from kiosk.receipts import Receipts
from printers.errors import SpoolUnusable
from printers.receipt import ComplaintReceipt
from tests.factories import CASE_NUMBER, FILED_AT, a_due, a_hall, a_policy

KEY = bytes(range(32))
COMMAND_ID = "0a" * 16


class FakeHub:
    """Keeps what it was sent until it is told to answer."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Command]] = []
        self._then: dict[str, Callable[[Answer], None]] = {}

    def forget(self, command_id: str) -> None:
        self.sent = [one for one in self.sent if one[0] != command_id]
        self._then.pop(command_id, None)

    def send(self, command: Command, then: Callable[[Answer], None], command_id: str = "") -> str:
        self.sent.append((command_id, command))
        self._then[command_id] = then
        return command_id

    def answer(self, command_id: str, answer: Answer) -> None:
        self._then.pop(command_id)(answer)


class FakePaper:
    def __init__(self, broken: bool = False) -> None:
        self.jobs: list[tuple[str, ComplaintReceipt]] = []
        self.broken = broken

    def print(self, job_id: str, receipt: ComplaintReceipt) -> None:
        if self.broken:
            raise SpoolUnusable("the disk is full")
        self.jobs.append((job_id, receipt))


class Glass:
    """What the citizen would see, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Answer]] = []
        self.numbers: list[str] = []
        self.troubles: list[str] = []

    def answered(self, command_id: str, answer: Answer) -> None:
        self.told.append((command_id, answer))

    def numbered(self, command_id: str, printed: PrintedNumber) -> None:
        self.numbers.append(printed.ticket_number)

    def unprinted(self, command_id: str, trouble: str) -> None:
        self.troubles.append(trouble)


class Desk:
    """A filing with its outbox, hub and paper; `again` is the next start of the program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.paper = FakePaper()
        self.glass = Glass()
        self.again()

    def again(self) -> None:
        self.hub = FakeHub()
        self.outbox = Outbox(self.path, KEY)
        self.filing = Filing(
            self.outbox,
            self.hub.send,
            Receipts(self.paper, a_hall(), a_policy()),
            self.glass,
        )

    def poll(self, now_s: float) -> None:
        self.filing.poll(now_s, FILED_AT, live=True)

    def restart(self) -> None:
        self.outbox.close()
        self.again()
        self.filing.start(FILED_AT)


def accepted() -> ComplaintAccepted:
    return ComplaintAccepted(case_number=CASE_NUMBER, filed_at=FILED_AT, due=a_due(), ticket_number="F012", ahead=2)
