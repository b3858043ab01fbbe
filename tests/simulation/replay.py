"""Replays a day from what was written down of it, and says what no rule explains. Knows nothing of `queue.pick`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hub.domain.hall import Window

WAITING = ("waiting", "transferred")
MAY_CHANGE_PLACE = ("come_back", "transfer", "join")
MAY_CHANGE_LANE = ("advance", "come_back")


class Step(Protocol):
    """A row of `ticket_step`."""

    @property
    def ticket_id(self) -> str: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def move(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def service(self) -> str: ...
    @property
    def window(self) -> int: ...
    @property
    def lane(self) -> str: ...
    @property
    def stands_at(self) -> dt.datetime: ...
    @property
    def not_before(self) -> dt.datetime | None: ...
    @property
    def for_window(self) -> int: ...
    @property
    def because(self) -> str: ...
    @property
    def passed(self) -> int: ...
    @property
    def only_service(self) -> str: ...
    @property
    def only_lane(self) -> str: ...


@dataclass
class Stands:
    """A ticket as it stands in the replay; `passed` is counted here anew, `most` the highest it ever was."""

    ticket_id: str
    number: str
    service: str
    place: dt.datetime
    not_before: dt.datetime | None = None
    lane: str = "line"
    for_window: int = 0
    state: str = "waiting"
    passed: int = 0
    most: int = 0

    @property
    def key(self) -> tuple[dt.datetime, int, str]:
        return self.place, len(self.number), self.number


class Replay:
    """One line of a hall; `wrong` are the sentences of what no rule explains."""

    def __init__(self, windows: Sequence[Window], may_pass: int) -> None:
        self.wrong: list[str] = []
        self.tickets: dict[str, Stands] = {}
        self.calls = self.exceptions = 0
        self.why: dict[str, int] = {}
        self._windows: Mapping[int, Window] = {one.number: one for one in windows}
        self._may_pass = may_pass
        self._waiting: dict[str, Stands] = {}

    def takes(self, ticket: Stands) -> None:
        if ticket.ticket_id in self.tickets:
            self.wrong.append(f"{ticket.ticket_id} was given twice")
        self.tickets[ticket.ticket_id] = ticket
        if ticket.state in WAITING:
            self._waiting[ticket.ticket_id] = ticket

    def goes(self, step: Step) -> None:
        """The next step of all."""
        ticket = self.tickets[step.ticket_id]
        if step.move == "call" and ticket.state in WAITING:
            self._is_called(step, ticket)
        elif step.move == "call" and ticket.state != "parked":
            self.wrong.append(f"{ticket.number} was called while {ticket.state}")
        if ticket.key[0] != step.stands_at and step.move not in MAY_CHANGE_PLACE:
            self.wrong.append(f"{ticket.number} changed its place by {step.move}")
        if ticket.lane != step.lane and step.move not in MAY_CHANGE_LANE:
            self.wrong.append(f"{ticket.number} changed its lane by {step.move}")
        lines_up = step.state in WAITING and ticket.state not in WAITING
        ticket.state, ticket.service, ticket.lane = step.state, step.service, step.lane
        ticket.place, ticket.not_before, ticket.for_window = step.stands_at, step.not_before, step.for_window
        if lines_up:
            ticket.passed = 0
        if step.state in WAITING:
            self._waiting[ticket.ticket_id] = ticket
        else:
            self._waiting.pop(ticket.ticket_id, None)

    def _is_called(self, step: Step, called: Stands) -> None:
        window = self._windows[step.window]
        here = [one for one in self._waiting.values() if self._may_call(window, one)]
        if called not in here:
            self.wrong.append(f"window {window.number} called {called.number}, which is not its to call")
        due = [one for one in here if one.not_before is None or one.not_before <= step.at]
        passed = [one for one in due if one.key < called.key]
        self.calls += 1
        self.exceptions += bool(passed)
        self.why[step.because] = self.why.get(step.because, 0) + 1
        if len(passed) != step.passed:
            self.wrong.append(f"{called.number} passed {len(passed)}, but {step.passed} is written down")
        if not self._explained(step, window, called, due, passed):
            names = ", ".join(one.number for one in passed)
            self.wrong.append(f"no rule explains that {called.number} passed {names or 'nobody'} ({step.because})")
        for one in passed:
            one.passed += 1
            one.most = max(one.most, one.passed)
            if one.passed > self._may_pass:
                self.wrong.append(f"{one.number} was passed {one.passed} times")

    def _explained(
        self, step: Step, window: Window, called: Stands, due: Sequence[Stands], passed: Sequence[Stands]
    ) -> bool:
        """Whether the reason that is written down holds, and was the first of the reasons that could."""
        patient = [one for one in due if one.passed >= self._may_pass]
        asked = [one for one in due if step.only_service in ("", one.service) and step.only_lane in ("", one.lane)]
        if patient:
            return called is min(patient, key=lambda one: one.key) and step.because in ("patience", "order")
        if called not in due:
            return step.because == "early" and not asked
        lanes = [one for one in asked if one.lane != "line"]
        if lanes:
            return called is min(lanes, key=lambda one: one.key) and step.because in ("lane", "order")
        if called not in asked:
            return False
        weight = window.weights.get

        def waited(one: Stands) -> dt.timedelta:
            return (step.at - one.place) * weight(one.service, 1)

        heavier = [one for one in asked if one is not called and waited(one) > waited(called)]
        tied = [one for one in asked if waited(one) == waited(called) and one.key < called.key]
        if heavier or tied:
            return False
        if not passed:
            return step.because == "order"
        by_weight = any(one in asked for one in passed)
        return step.because == ("weight" if by_weight else "narrowed")

    def _may_call(self, window: Window, one: Stands) -> bool:
        return one.for_window == window.number if one.for_window else one.service in window.services
