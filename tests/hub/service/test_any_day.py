"""Whatever a hall's terminals do, in whatever order and however it is grouped into rounds."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hub.domain.ticket import AT_WINDOW
from hub.store import commands, schema
from hub.wire import messages as m
from tests.hub.desk import Ask, Desk, copy_database, known, picture_of
from tests.simulation.real import replayed

WINDOWS = ("window-1", "window-2", "window-3")
DEPARTMENTS = ("department-real-estate", "department-tax")
SERVICES = ("general", "inquiry", "real-estate", "complaint")


@dataclass(frozen=True)
class Doing:
    """Something that somebody does; `which` chooses the ticket, case or work order among those there are."""

    what: str
    window: str
    which: int
    resend: bool = False


DOINGS = st.builds(
    Doing,
    what=st.sampled_from(
        (
            *("file", "file", "take", "call", "call", "recall", "serve", "finish", "no_show", "pause", "open"),
            *("park", "back", "return", "withdraw", "transfer", "ask_green", "decide", "advance", "narrow", "away"),
            *("answer", "dispatch", "accept", "reply", "acknowledge", "trouble", "bulletin"),
        )
    ),
    window=st.sampled_from(WINDOWS),
    which=st.integers(0, 5),
    resend=st.booleans(),
)
ROUNDS = st.lists(st.one_of(st.just("midnight"), st.lists(DOINGS, min_size=1, max_size=6)), min_size=1, max_size=12)

MOVES = {
    "recall": m.RecallTicket,
    "serve": m.ServeTicket,
    "finish": m.FinishTicket,
    "no_show": m.MarkNoShow,
    "park": m.ParkTicket,
    "back": m.CallParked,
    "return": m.ReturnTicket,
    "withdraw": m.WithdrawTicket,
}


class Day:
    """Turns doings into commands against what the hall knows, and remembers what was answered."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.tickets: list[str] = []
        self.orders: list[str] = []
        self.answers: dict[str, Any] = {}
        for window in WINDOWS:
            desk.log_in(window, "06")
        for department, staff in zip(DEPARTMENTS, ("31", "32"), strict=True):
            desk.log_in(department, staff)
        desk.log_in("supervisor", "90")

    def run(self, doings: list[Doing]) -> None:
        asks: list[Ask] = []
        for doing in doings:
            ask = self._ask(doing)
            asks += [ask, ask] if doing.resend else [ask]
        for ask, answer in zip(asks, self.desk.round(*asks), strict=True):
            assert isinstance(answer, m.Rejected) or self.answers.setdefault(ask.command_id, answer) == answer
            assert not isinstance(answer, m.Rejected) or answer.code != "internal", answer
            if isinstance(answer, m.ComplaintAccepted | m.TicketIssued) and answer.ticket_id:
                self.tickets.append(answer.ticket_id)
            if isinstance(answer, m.WorkOrderSent):
                self.orders.append(answer.work_order_id)

    def _ask(self, doing: Doing) -> Ask:
        terminal, command = self._command(doing)
        return Ask(terminal, command, self.desk.new_id())

    def _command(self, doing: Doing) -> tuple[str, Any]:
        window, which = doing.window, doing.which
        case_number = self._pick(sorted(self.desk.books.picture.cases), which)
        ticket_id = self._pick(self.tickets, which)
        order = self._pick(self.orders, which)
        department = DEPARTMENTS[which % 2]
        match doing.what:
            case "file":
                return "kiosk-1", self.desk.complaint()
            case "take":
                return "kiosk-1", m.TakeTicket(service=SERVICES[which % 4])
            case "call":
                return window, m.CallNext()
            case "narrow":
                return window, m.CallNext(service=SERVICES[which % 4], lane="green" if which > 3 else None)
            case "transfer":
                return window, m.TransferTicket(ticket_id=ticket_id, service=SERVICES[which % 4], window=which % 4)
            case "ask_green":
                return window, m.AskGreenChannel(ticket_id=ticket_id, reason="行动不便")
            case "decide":
                return "supervisor", m.DecideGreenChannel(ticket_id=ticket_id, granted=which % 2 > 0, reason="情况属实")
            case "advance":
                return "supervisor", m.AdvanceTicket(ticket_id=ticket_id, reason="突发不适")
            case "away":
                return window, m.SetWindow(open=False, why="away")
            case "pause" | "open":
                return window, m.SetWindow(open=doing.what == "open")
            case "answer":
                return window, m.AnswerOnTheSpot(case_number=case_number, text="已讲清。")
            case "dispatch":
                unit = department.removeprefix("department-")
                return window, m.DispatchCase(case_number=case_number, department=unit, case_class="general")
            case "accept":
                return department, m.AcceptWorkOrder(work_order_id=order)
            case "reply":
                return department, m.ReplyToWorkOrder(work_order_id=order, text="已办结。")
            case "acknowledge":
                return window, m.AcknowledgeNotice(notice_id=which + 1)
            case "trouble":
                return "kiosk-1", m.ReportHealth(troubles=("paper_out",) if which % 2 else ())
            case "bulletin":
                return "supervisor", m.PostBulletin(text=f"第{which}号通知")
            case move:
                return window, MOVES[move](ticket_id=ticket_id)

    def _pick(self, known: list[str], which: int) -> str:
        return known[-1 - which % len(known)] if known else "none"


def check(day: Day, early: m.Snapshot) -> None:
    desk = day.desk
    books = desk.books
    assert [one.seq for one in desk.events] == list(range(1, books.picture.seq + 1))
    heard = [one for one in desk.events if one.seq > early.seq]
    assert known(picture_of(early, heard)) == known(books.picture)

    tickets = desk.rows(schema.ticket)
    held = Counter(t.window for t in tickets if t.business_date == books.business_date and t.state == "called")
    assert all(count == 1 for count in held.values()), "a window has called two people at once"
    calls = Counter(
        (one.event.ticket.ticket_id, one.event.ticket.calls)
        for one in desk.events
        if isinstance(one.event, m.TicketCalled)
    )
    assert all(count == 1 for count in calls.values()), "two windows called the same person"
    assert replayed(desk).wrong == []

    series: dict[tuple[dt.date, str], list[int]] = {}
    for ticket in tickets:
        series.setdefault((ticket.business_date, ticket.series), []).append(ticket.number)
    for case in desk.rows(schema.case):
        series.setdefault((case.business_date, "case"), []).append(int(case.number.split("-")[2]))
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in series.values())

    with desk.store.reading() as db:
        assert commands.verify_audit(db, desk.hall.code) is None


@pytest.mark.rule("R55")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=ROUNDS, listens_from=st.integers(0, 6))
def test_numbers_calls_and_pictures_hold_through_any_day(
    shanting_database: Path, rounds: list[str | list[Doing]], listens_from: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(copy_database(shanting_database, Path(folder) / "hall.db"))
        try:
            day = Day(desk)
            early = desk.books.snapshot(desk.at)
            for place, doings in enumerate(rounds):
                desk.later(seconds=30)
                if place == listens_from:
                    early = desk.books.snapshot(desk.at)
                if isinstance(doings, str):
                    desk.later(days=1)
                    desk.turn_day(desk.books.local_date(desk.at))
                else:
                    day.run(doings)
            check(day, early)
            before = known(desk.books.picture)
            desk.reopen()
            assert known(desk.books.picture) == before
            assert not [t for t in before["tickets"].values() if t.state in AT_WINDOW and t.window == 0]
        finally:
            desk.close()
