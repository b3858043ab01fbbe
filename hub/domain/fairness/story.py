"""What became of one ticket, as the replay tells it."""

from __future__ import annotations

import datetime as dt

import msgspec

from hub.domain.fairness.kinds import OF_LANE, Exceptional
from hub.domain.fairness.rows import TicketRow


class Called(msgspec.Struct, frozen=True):
    at: dt.datetime
    window: int


class Story:
    """What became of one ticket, as the replay has it."""

    def __init__(self, row: TicketRow) -> None:
        self.row = row
        self.service = row.standing.service
        self.calls: list[Called] = []
        self.passed_by: list[str] = []
        self.chances = 0
        self.ended_at: dt.datetime | None = None
        self.exceptions: list[Exceptional] = []

    def went_before(self, lane: str, passed: tuple[str, ...]) -> None:
        """A call that a lane put first: the newest exception that let it stand there is told with whom it passed."""
        for at in range(len(self.exceptions) - 1, -1, -1):
            if self.exceptions[at].kind in OF_LANE.get(lane, frozenset()):
                self.exceptions[at] = msgspec.structs.replace(self.exceptions[at], passed=passed)
                return
