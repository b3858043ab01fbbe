"""A hall's line through the real service and store: every move is a command, every answer was committed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

from msgspec.structs import replace
from sqlalchemy import func, select, true

from hub.domain.hall import Database, Hall, Service, Terminal, Window, WindowWhy
from hub.domain.numbers import ticket_number
from hub.domain.ticket import WAITING
from hub.store import schema, tickets
from hub.wire import messages as m
from tests.hub.desk import HALLS, POLICIES, Desk
from tests.simulation.citizens import OPENS, Citizen, come, pauses
from tests.simulation.day import Day, Line
from tests.simulation.replay import Replay, Stands

SERVICES = {
    "general": ("A", 0.34, 8.0),
    "real-estate": ("B", 0.26, 11.0),
    "inquiry": ("C", 0.18, 4.0),
    "tax": ("D", 0.16, 6.0),
    "complaint": ("F", 0.06, 16.0),
}
"""Letter, share and the median of the minutes, by service."""


def a_hall_of(windows: int) -> Hall:
    """A large hall: most windows serve two services, some weigh them, each service has several."""
    names = list(SERVICES)
    made = []
    for number in range(1, windows + 1):
        own = (names[number % 5], names[(number + 1) % 5]) if number % 4 else (names[number % 3],)
        weights = {own[0]: 2} if number % 5 == 1 else {}
        made.append(Window(number=number, services=own, weights=weights))
    others = [one for one in HALLS["shanting"].terminals if one.role != "window"]
    return replace(
        HALLS["shanting"],
        windows=tuple(made),
        services=tuple(Service(code=code, letter=letter, name=code) for code, (letter, _, _) in SERVICES.items()),
        terminals=(*others, *(Terminal(name=f"window-{n}", role="window", window=n) for n in range(1, windows + 1))),
    )


def a_desk(database: Database, windows: int, at: dt.datetime) -> Desk:
    """A hub of such a hall on a database that `tests.hub.desk.make_database` made for 山亭; the supervisor is there."""
    desk = Desk(database, a_hall_of(windows), at=at, policy=POLICIES["shanting"])
    desk.log_in("supervisor", "90")
    return desk


class RealLine(Line):
    """`answers` counts what was refused, by its code."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.commands = 0
        self.refused: dict[str, int] = {}
        for window in desk.hall.windows:
            desk.log_in(f"window-{window.number}", "06")
            desk.ask(f"window-{window.number}", m.SetWindow(open=False, why="closed"))

    def take(self, at: dt.datetime, citizen: Citizen) -> str:
        ticket_id: str = self._ask(at, "kiosk-1", m.TakeTicket(service=citizen.service)).ticket_id
        return ticket_id

    def open(self, at: dt.datetime, window: int) -> None:
        self._at(at, window, m.SetWindow(open=True))

    def close(self, at: dt.datetime, window: int, why: WindowWhy) -> None:
        self._at(at, window, m.SetWindow(open=False, why=why))

    def call(self, at: dt.datetime, window: int, service: str) -> str:
        answer = self._at(at, window, m.CallNext(service=service))
        return answer.ticket.ticket_id if isinstance(answer, m.TicketAnswer) else ""

    def finish(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._at(at, window, m.FinishTicket(ticket_id=ticket_id))

    def miss(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._at(at, window, m.MarkNoShow(ticket_id=ticket_id))

    def park(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._at(at, window, m.ParkTicket(ticket_id=ticket_id, reason="去复印材料"))

    def call_parked(self, at: dt.datetime, window: int, ticket_id: str) -> None:
        self._at(at, window, m.CallParked(ticket_id=ticket_id))

    def send(self, at: dt.datetime, window: int, ticket_id: str, service: str, to: int) -> None:
        wanted = m.TransferTicket(ticket_id=ticket_id, service=service, window=to, reason="还要办另一项")
        self._at(at, window, wanted)

    def come_back(self, at: dt.datetime, window: int, ticket_id: str) -> bool:
        return isinstance(self._at(at, window, m.ReturnTicket(ticket_id=ticket_id)), m.TicketAnswer)

    def green(self, at: dt.datetime, ticket_id: str) -> None:
        self._ask(at, "supervisor", m.AskGreenChannel(ticket_id=ticket_id, reason="年岁已高，腿脚不便"))
        self._ask(at, "supervisor", m.DecideGreenChannel(ticket_id=ticket_id, granted=True))

    def withdraw(self, at: dt.datetime, ticket_id: str) -> bool:
        if self.desk.books.picture.tickets[ticket_id].state != "waiting":
            return False
        return isinstance(self._ask(at, "supervisor", m.WithdrawTicket(ticket_id=ticket_id)), m.TicketAnswer)

    def _at(self, at: dt.datetime, window: int, command: Any) -> Any:
        return self._ask(at, f"window-{window}", command)

    def _ask(self, at: dt.datetime, terminal: str, command: Any) -> Any:
        self.desk.at = at
        answer = self.desk.ask(terminal, command)
        self.commands += 1
        if isinstance(answer, m.Rejected):
            self.refused[answer.code] = self.refused.get(answer.code, 0) + 1
        return answer


def replayed(desk: Desk, *, day: dt.date | None = None, after: int = 0) -> Replay:
    """The line as its tables tell it: of all days, or of one from the steps after a `seq`."""
    took, stepped = schema.ticket, schema.ticket_step
    with desk.store.reading() as db:
        rows = list(db.execute(select(took).where(took.c.business_date == day if day else true())))
        steps = list(db.execute(select(stepped).where(stepped.c.seq > after).order_by(stepped.c.seq)))
    replay = Replay(desk.hall.windows, desk.policy.queue.may_pass.value)
    services = {one.letter: one.code for one in desk.hall.services}
    joined = {step.ticket_id for step in steps if step.move == "join"}
    to_come = sorted(rows, key=lambda row: (row.taken_at, row.ticket_id), reverse=True)
    late = {row.ticket_id: row for row in to_come if row.ticket_id in joined}
    to_come = [row for row in to_come if row.ticket_id not in joined]

    def comes(row: Any) -> None:
        service = services.get(row.series, row.service)
        replay.takes(Stands(row.ticket_id, ticket_number(row.series, row.number), service, row.taken_at))

    for step in steps:
        if step.move == "join" and step.ticket_id not in replay.tickets:
            comes(late[step.ticket_id])
        while to_come and (to_come[-1].taken_at <= step.at or step.ticket_id not in replay.tickets):
            comes(to_come.pop())
        replay.goes(step)
    for row in reversed(to_come):
        comes(row)
    return replay


class Year:
    """Day after day in one hall, and what was counted; each day is replayed from its tables when it has ended."""

    def __init__(self, database: Database, windows: int, first: dt.date) -> None:
        self.desk = a_desk(database, windows, dt.datetime.combine(first, dt.time(), dt.UTC))
        self.tickets = self.calls = self.exceptions = 0
        self.why: Counter[str] = Counter()
        self.passed: Counter[int] = Counter()
        self.waits_min: list[float] = []
        self.refused: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._seq = 0
        self._line = RealLine(self.desk)

    def day(self, date: dt.date, count: int, random: Random) -> None:
        desk, numbers = self.desk, [one.number for one in self.desk.hall.windows]
        opens = dt.datetime.combine(date, dt.time(), dt.UTC) + OPENS
        desk.at = opens - OPENS
        desk.turn_day(date)
        day = Day(self._line, desk.hall.windows, random)
        citizens = come(date, {code: figures[1:] for code, figures in SERVICES.items()}, count, random)
        desk.at = day.run(citizens, pauses(date, numbers, random), opens)
        for number in numbers:
            desk.ask(f"window-{number}", m.SetWindow(open=False, why="closed"))
        self._count(date)
        desk.store.tidy(idle=True)  # as a hub does by night: a log of a whole year makes every read slow

    @property
    def commands(self) -> int:
        return self._line.commands

    def close(self) -> None:
        self.refused.update(self._line.refused)
        self.desk.close()

    def _count(self, date: dt.date) -> None:
        desk = self.desk
        replay = replayed(desk, day=date, after=self._seq)
        seen = desk.books.picture.tickets
        with desk.store.reading() as db:
            self._seq = db.execute(select(func.max(schema.ticket_step.c.seq))).scalar_one()
            kept = {one.ticket_id: one for one in tickets.of_day(db, desk.hall.code, date)}
        self.wrong += [f"{date}: {one}" for one in replay.wrong]
        self.wrong += [f"{date}: {one.number} was never called" for one in kept.values() if one.state in WAITING]
        if seen != kept:
            self.wrong.append(f"{date}: the picture is not what the table says")
        self.wrong += [
            f"{date}: {one.number} counts {one.passed}, replayed {replay.tickets[one.ticket_id].passed}"
            for one in kept.values()
            if one.passed != replay.tickets[one.ticket_id].passed
        ]
        self.tickets += len(kept)
        self.calls += replay.calls
        self.exceptions += replay.exceptions
        self.why.update(replay.why)
        self.passed.update(one.most for one in replay.tickets.values())
        self.waits_min += [
            (one.event.ticket.called_at - one.event.ticket.taken_at).total_seconds() / 60
            for one in desk.events
            if isinstance(one.event, m.TicketCalled) and one.event.ticket.calls == 1 and one.event.ticket.called_at
        ]
        desk.events.clear()
