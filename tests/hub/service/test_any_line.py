"""Whatever is done to a line, by whom and in whatever order: each call has its rule, and the tables say so."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from hub.domain.policy import Cited
from hub.domain.ticket import WAITING
from hub.service.handlers import CONTENDING
from hub.store import schema
from hub.wire import messages as m
from hub.wire.queue_commands import QueueCommand
from tests.hub.desk import POLICIES, Ask, Desk, copy_database, known, picture_of
from tests.simulation.real import replayed

WINDOWS = ("window-1", "window-2", "window-3")
SERVICES = ("general", "inquiry", "real-estate", "complaint")
WHAT = (
    *("take", "take", "file", "paper", "call", "call", "call", "call", "narrow", "green lane", "serve", "finish"),
    *("no_show", "no_show", "recall", "return", "return", "park", "back", "transfer", "send", "withdraw", "ask_green"),
    *("decide", "advance", "advance", "away", "open", "log_out", "log_in"),
)
MOVES: dict[str, type[Any]] = {
    "serve": m.ServeTicket,
    "finish": m.FinishTicket,
    "no_show": m.MarkNoShow,
    "recall": m.RecallTicket,
    "return": m.ReturnTicket,
    "park": m.ParkTicket,
    "back": m.CallParked,
    "withdraw": m.WithdrawTicket,
}


@dataclass(frozen=True)
class Doing:
    """`which` chooses the ticket among those that could be meant, or the service, or the reason."""

    what: str
    window: str
    which: int
    resend: bool


DOINGS = st.builds(Doing, st.sampled_from(WHAT), st.sampled_from(WINDOWS), st.integers(0, 7), st.booleans())
SOME = st.lists(DOINGS, min_size=3, max_size=8)
ROUNDS = st.lists(st.one_of(*[SOME] * 6, st.sampled_from(["midnight", "restart"])), min_size=6, max_size=20)


class Line:
    """Turns doings into commands about tickets that there are."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.done: Counter[str] = Counter()
        for window in WINDOWS:
            desk.log_in(window, "06")
        desk.log_in("supervisor", "90")
        for which in range(8):
            desk.ask("kiosk-1", m.TakeTicket(service=SERVICES[which % 4]))

    def run(self, doings: list[Doing]) -> None:
        asks = []
        for doing in doings:
            if doing.what == "log_in" or doing.window not in self.desk.staff:
                self.desk.log_in(doing.window, "06")
                continue
            terminal, command = self._command(doing)
            asks += [Ask(terminal, command, self.desk.new_id())] * (1 + doing.resend)
        answers: dict[str, Any] = {}
        for ask, answer in zip(asks, self.desk.round(*asks), strict=True):
            assert answers.setdefault(ask.command_id, answer) == answer
            assert not isinstance(answer, m.Rejected) or answer.code != "internal", answer
            if not isinstance(answer, m.Rejected):
                self.done[type(ask.command).__name__] += 1
            if isinstance(ask.command, m.LogOut):
                self.desk.staff.pop(ask.terminal, None)

    def _what(self, doing: Doing) -> str:
        """What is done, or what has to be done first: mostly a clerk does what leads on."""
        number = int(doing.window[-1])
        shown = self.desk.books.picture.windows.get(number)
        busy = self.desk.books.picture.at_window(number) is not None
        if doing.which == 7:
            return doing.what  # now and then not
        if doing.what in ("call", "narrow", "green lane") and busy:
            return "finish"
        if doing.what in ("call", "narrow", "green lane") and not (shown and shown.open):
            return "open"
        if doing.what in ("serve", "finish", "no_show", "park", "transfer", "send") and not busy:
            return "call"
        return doing.what

    def _command(self, doing: Doing) -> tuple[str, Any]:
        which, window = doing.which, doing.window
        service = SERVICES[which % 4]
        match self._what(doing):
            case "take":
                return "kiosk-1", m.TakeTicket(service=service)
            case "file":
                return "kiosk-1", self.desk.complaint()
            case "paper":
                at = self.desk.at - dt.timedelta(seconds=which * 10 + 1)
                return "kiosk-1", m.TakeTicket(
                    service=service,
                    printed_number=m.PrintedNumber(
                        business_date=self.desk.books.date_of(at), printed_at=at, ticket_number=f"K{which + 1:03d}"
                    ),
                )
            case "call":
                return window, m.CallNext()
            case "narrow":
                return window, m.CallNext(service=service)
            case "green lane":
                return window, m.CallNext(lane="green")
            case "transfer":
                return window, m.TransferTicket(ticket_id=self._here(window), service=service, reason="另办一项")
            case "send":
                sent = m.TransferTicket(ticket_id=self._here(window), service=service, window=which % 3 + 1)
                return window, sent
            case "ask_green":
                return window, m.AskGreenChannel(ticket_id=self._waits(which), reason="行动不便")
            case "decide":
                granted = which % 3 > 0
                return "supervisor", m.DecideGreenChannel(
                    ticket_id=self._waits(which), granted=granted, reason="情况属实"
                )
            case "advance":
                return "supervisor", m.AdvanceTicket(ticket_id=self._waits(which), reason="突发不适")
            case "away":
                reasons: tuple[Literal["break", "away", "fault"], ...] = ("break", "away", "fault")
                return window, m.SetWindow(open=False, why=reasons[which % 3])
            case "open":
                return window, m.SetWindow(open=True)
            case "log_out":
                return window, m.LogOut()
            case "withdraw" if which % 2:
                return window, m.WithdrawTicket(ticket_id=self._waits(which))
            case move:
                return window, MOVES[move](ticket_id=self._here(window))

    def _here(self, window: str) -> str:
        """A ticket that this window called last, whatever became of it."""
        number = int(window[-1])
        called = [one for one in self.desk.books.picture.tickets.values() if one.window == number]
        return max(called, key=lambda one: one.called_at or one.taken_at).ticket_id if called else "none"

    def _asked(self, which: int) -> str:
        """A ticket whose green channel somebody asks for."""
        asked = [
            row.subject
            for row in self.desk.rows(schema.notice)
            if row.kind == "green_asked" and row.acknowledged_at is None
        ]
        return asked[which % len(asked)] if asked else self._waits(which)

    def _waits(self, which: int) -> str:
        waiting = self.desk.books.picture.waiting()
        return waiting[which % len(waiting)].ticket_id if waiting else "none"


def check(desk: Desk) -> None:
    """What must hold after every event."""
    picture, table = desk.books.picture, {row.ticket_id: row for row in desk.rows(schema.ticket)}
    for ticket_id, seen in picture.tickets.items():
        row = table[ticket_id]
        for field in ("state", "service", "window", "lane", "stands_at", "not_before", "for_window", "passed", "calls"):
            assert getattr(seen, field) == getattr(row, field), f"{seen.number}: {field}"
    in_line = {one for one, row in table.items() if row.queue_date == desk.books.business_date}
    assert set(picture.tickets) == in_line
    opened = {0, *(one.number for one in picture.windows.values() if one.open)}
    waiting = [one for one in picture.tickets.values() if one.state in WAITING]
    assert all(one.for_window in opened for one in waiting), "bound to a window that is closed"
    assert Counter(one.service for one in waiting) == +picture.waiting_count
    may_pass = desk.policy.queue.may_pass.value
    assert all(row.passed <= may_pass for row in table.values()), "somebody was passed too often"
    held = Counter(one.window for one in picture.tickets.values() if one.state in ("called", "recalled", "serving"))
    assert all(count == 1 for count in held.values()), "a window has two people"
    replay = replayed(desk)
    assert replay.wrong == []
    assert {one: replay.tickets[one].passed for one in table} == {one: row.passed for one, row in table.items()}


def everybody_is_called(desk: Desk) -> None:
    """Whoever waits while a window that serves them keeps calling is called at last."""
    for window in WINDOWS:
        desk.log_in(window, "06")
        for one in [one for one in desk.books.picture.tickets.values() if one.window == int(window[-1])]:
            desk.ask(window, m.FinishTicket(ticket_id=one.ticket_id))
    waiting = {one.ticket_id for one in desk.books.picture.waiting()}
    called = set()
    for _ in range(len(waiting) + 1):
        for window in WINDOWS:
            answer = desk.ask(window, m.CallNext())
            if isinstance(answer, m.TicketAnswer):
                called.add(answer.ticket.ticket_id)
                desk.ask(window, m.FinishTicket(ticket_id=answer.ticket.ticket_id))
    assert called == waiting


def a_policy(keep: bool, may_pass: int, behind: int, keeps_place: bool) -> Any:
    rules = replace(
        POLICIES["shanting"].queue,
        at_day_end=Cited("keep" if keep else "close"),
        may_pass=Cited(may_pass),
        second_chance_behind=Cited(behind),
        transfer_keeps_place=Cited(keeps_place),
    )
    return replace(POLICIES["shanting"], version=2, queue=rules)


@pytest.mark.rule("R55")
@pytest.mark.rule("R57")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=ROUNDS, rules=st.builds(a_policy, st.booleans(), st.integers(1, 4), st.integers(0, 4), st.booleans()))
def test_each_call_of_any_line_has_its_rule_and_nobody_is_forgotten(
    shanting_database: Path, rounds: list[str | list[Doing]], rules: Any
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(copy_database(shanting_database, Path(folder) / "hall.db"), policy=rules)
        try:
            line = Line(desk)
            began = desk.books.snapshot(desk.at)
            for doings in rounds:
                desk.later(seconds=30)
                if doings == "midnight":
                    desk.later(days=1)
                    desk.turn_day(desk.books.local_date(desk.at))
                elif doings == "restart":
                    before = known(desk.books.picture)
                    desk.reopen()
                    assert known(desk.books.picture) == before
                elif not isinstance(doings, str):
                    line.run(doings)
                check(desk)
            heard = [one for one in desk.events if one.seq > began.seq]
            assert known(picture_of(began, heard)) == known(desk.books.picture)
            numbers = [(row.business_date, row.series, row.number) for row in desk.rows(schema.ticket)]
            assert len(numbers) == len(set(numbers)), "a number was given twice"
            everybody_is_called(desk)
            check(desk)
        finally:
            desk.close()


def test_every_command_of_the_line_takes_part() -> None:
    """Who adds a command of the line adds it to the doings above."""
    part = {"CallNext", "SetWindow", "TransferTicket", "AskGreenChannel", "DecideGreenChannel", "AdvanceTicket"}
    part |= {kind.__name__ for kind in MOVES.values()}
    assert part == {kind.__name__ for kind in QueueCommand.__args__}
    assert set(QueueCommand.__args__) <= CONTENDING.keys()
