"""Whatever is booked, moved, cancelled and checked in, in whatever order and however it is grouped into rounds."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from hub.domain import slots
from hub.store import commands, schema
from hub.wire import messages as m
from tests.factories import MONDAY
from tests.hub.desk import Ask, Desk, copy_database, known
from tests.hub.fair_day import told
from tests.hub.service.times import OFFICE, TUESDAY, at, with_rules

TERMINALS = ("kiosk-1", "window-1", "window-3")
SLOTS = tuple(dt.time(hour, minute) for hour in (9, 10) for minute in (0, 30))


@dataclass(frozen=True)
class Doing:
    """`which` chooses a slot, and one of the codes that were given."""

    what: str
    which: int
    terminal: str
    resend: bool = False


DOINGS = st.builds(
    Doing,
    what=st.sampled_from(("book", "book", "book", "agree", "move", "cancel", "check_in", "check_in", "take", "call")),
    which=st.integers(0, 9),
    terminal=st.sampled_from(TERMINALS),
    resend=st.booleans(),
)
ROUNDS = st.lists(
    st.one_of(st.sampled_from(("reopen", "tomorrow", "half an hour")), st.lists(DOINGS, min_size=1, max_size=8)),
    min_size=1,
    max_size=14,
)


class Hall:
    """Turns doings into commands, and remembers which codes and which tickets were given for them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.codes: list[str] = []
        self.tickets: dict[str, set[str]] = {}

    def run(self, doings: list[Doing]) -> None:
        asks: list[Ask] = []
        for one in doings:
            ask = Ask(one.terminal, self._command(one), self.desk.new_id())
            asks += [ask, ask] if one.resend else [ask]
        for ask, answer in zip(asks, self.desk.round(*asks), strict=True):
            assert not isinstance(answer, m.Rejected) or answer.code != "internal", answer
            if isinstance(answer, m.AppointmentMade) and answer.appointment.code not in self.codes:
                self.codes.append(answer.appointment.code)
            if isinstance(ask.command, m.CheckIn) and isinstance(answer, m.TicketIssued):
                self.tickets.setdefault(ask.command.code, set()).add(answer.ticket_id)

    def _command(self, one: Doing) -> Any:
        slot, day = SLOTS[one.which % len(SLOTS)], (MONDAY, TUESDAY)[one.which % 2]
        code = self.codes[one.which % len(self.codes)] if self.codes else "000000"
        match one.what:
            case "book" | "agree":
                kind: slots.AppointmentKind = "booked" if one.what == "book" else "overload"
                return m.BookAppointment(service="inquiry", date=day, slot=slot, kind=kind, reason="约定")
            case "move":
                return m.MoveAppointment(code=code, date=day, slot=slot)
            case "cancel":
                return m.CancelAppointment(code=code)
            case "check_in":
                return m.CheckIn(code=code)
            case "take":
                return m.TakeTicket(service="inquiry")
            case _:
                return m.CallNext()


def check(hall: Hall) -> None:
    desk = hall.desk
    rows = desk.rows(schema.appointment)
    given_away = Counter((row.service, row.date, row.slot, row.kind) for row in rows if row.state != "cancelled")
    books = desk.books
    for (service, day, slot, kind), count in given_away.items():
        quotas = slots.quotas(books.hall, books.policy, books.calendar, books.hall.service(service), day, kind)
        assert count <= quotas[slot]
    assert {row.code for row in rows} == set(hall.codes), "none is lost, and none comes from nowhere"
    assert all(len(tickets) == 1 for tickets in hall.tickets.values())
    assert {row.code: row.ticket_id for row in rows if row.ticket_id} == {
        code: next(iter(tickets)) for code, tickets in hall.tickets.items()
    }
    numbers = [(row.business_date, row.series, row.number) for row in desk.rows(schema.ticket)]
    assert len(numbers) == len(set(numbers))
    with desk.store.reading() as db:
        assert commands.verify_audit(db, desk.hall.code) is None
    for date in (MONDAY, TUESDAY):
        if date <= desk.books.business_date:
            assert told(desk, date).findings == (), "no rule explains this"


@pytest.mark.rule("R58")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=ROUNDS)
def test_no_slot_is_given_more_often_than_there_are_and_no_code_opens_two_tickets(
    shanting_database: Path, rounds: list[str | list[Doing]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(copy_database(shanting_database, Path(folder) / "hall.db"))
        try:
            with_rules(desk, OFFICE, over_capacity="agree")
            at(desk, "08:50")
            for window, staff in (("window-1", "07"), ("window-3", "06")):
                desk.log_in(window, staff)
                desk.ask(window, m.SetWindow(open=True))
            hall = Hall(desk)
            for one in rounds:
                match one:
                    case "reopen":
                        before = known(desk.books.picture), desk.rows(schema.appointment)
                        desk.reopen()
                        assert (known(desk.books.picture), desk.rows(schema.appointment)) == before
                    case "tomorrow":
                        at(desk, "08:50", desk.books.business_date + dt.timedelta(days=1))
                        desk.turn_day(desk.books.local_date(desk.at))
                    case "half an hour":
                        desk.later(minutes=30)
                    case list():
                        hall.run(one)
                check(hall)
        finally:
            desk.close()
