"""A kiosk as a flow sees it: what was asked, answers that a test gives, slips that were printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.wire.messages import Answer, Checklist, Command, ReadOpening
from hub.wire.picture import Picture
from kiosk.asking import Heard, Unanswered
from kiosk.modes import Modes
from kiosk.slips import Slip, Slips
from printers.errors import SpoolUnusable
from tests.factories import FILED_AT, a_hall, a_policy


class Printer:
    def __init__(self) -> None:
        self.jobs: dict[str, Slip] = {}
        self.given = 0
        self.broken = False

    def print(self, job_id: str, paper: Slip) -> None:
        if self.broken:
            raise SpoolUnusable("the disk is full")
        self.given += 1
        self.jobs.setdefault(job_id, paper)


class FakeDesk:
    """`asked` is every command with its id; `answer` gives the oldest open one its answer."""

    def __init__(self, hall: Hall | None = None, policy: Policy | None = None) -> None:
        self.hall = hall or a_hall("wuxi")
        self.policy = policy or a_policy("wuxi")
        self.modes = Modes(language="zh_Hans")
        self.printer = Printer()
        self.slips = Slips(self.printer)
        self.picture = Picture()
        self.checklists: dict[str, Checklist] = {}
        self.now: dt.datetime = FILED_AT
        self.changes = 0
        self.changed: Callable[[], None] = self._count
        self.live = True
        self.asked: list[tuple[str, Command]] = []
        self._open: list[Heard] = []
        self._ids = 0

    def new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:032x}"

    def ask(self, command: Command, heard: Heard, command_id: str = "") -> str:
        command_id = command_id or self.new_id()
        if not self.live:
            heard(Unanswered())
            return command_id
        self.asked.append((command_id, command))
        self._open.append(heard)
        return command_id

    def answer(self, answer: Answer | Unanswered) -> None:
        self._open.pop(0)(answer)

    def wanted(self) -> list[Any]:
        """What was asked beside the hours."""
        return [command for _, command in self.asked if not isinstance(command, ReadOpening)]

    def ids(self) -> list[str]:
        return [one for one, command in self.asked if not isinstance(command, ReadOpening)]

    def _count(self) -> None:
        self.changes += 1
