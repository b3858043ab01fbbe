"""The turn of the day: the queue is closed, numbers begin anew, cases go on."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk

TUESDAY = factories.MONDAY + dt.timedelta(days=1)


@pytest.fixture
def next_day(desk: Desk) -> Desk:
    """Tuesday morning, after a Monday on which one was served, one called, one did not come and two were not called."""
    for _ in range(5):
        desk.file()
    for move in (m.FinishTicket, m.MarkNoShow):
        ticket = desk.ask("window-3", m.CallNext()).ticket
        desk.ask("window-3", move(ticket_id=ticket.ticket_id))
    desk.ask("window-3", m.CallNext())
    desk.later(hours=15)
    desk.turn_day(TUESDAY)
    desk.later(hours=8)
    return desk


def test_yesterday_s_queue_is_closed(next_day: Desk) -> None:
    states = {row.number: row.state for row in next_day.rows(schema.ticket)}
    assert states == {1: "done", 2: "no_show", 3: "done", 4: "withdrawn", 5: "withdrawn"}
    assert next_day.books.picture.tickets == {}
    assert next_day.ask("window-3", m.CallNext()).code == "queue_empty"


def test_numbers_begin_at_one(next_day: Desk) -> None:
    accepted = next_day.file()
    assert accepted.case_number.startswith("370406-20261124-0001-")
    assert (accepted.ticket_number, accepted.ticket_id) == ("F001", "20261124-F001")
    assert accepted.ahead == 0


def test_numbers_begin_at_one_once(next_day: Desk) -> None:
    next_day.file()
    next_day.reopen()
    assert next_day.file().ticket_number == "F002"


@pytest.mark.rule("R73")
def test_cases_stay_open_over_the_night(next_day: Desk) -> None:
    open_cases = next_day.query("window-3", m.ListCases()).cases
    assert len(open_cases) == 5
    assert {line.stage for line in open_cases} == {"filed"}
    assert len(next_day.books.picture.cases) == 5


def test_the_day_s_count_begins_anew_and_the_month_s_goes_on(next_day: Desk) -> None:
    counts = next_day.books.picture.counts
    assert (counts.today, counts.month) == (0, 5)
    next_day.file()
    counts = next_day.books.picture.counts
    assert (counts.today, counts.month) == (1, 6)


def test_everybody_hears_of_the_new_day(next_day: Desk) -> None:
    turned = [one.event for one in next_day.events if isinstance(one.event, m.DayTurned)]
    assert turned == [m.DayTurned(business_date=TUESDAY, counts=m.Counts(month=5))]
    assert next_day.books.business_date == TUESDAY


def test_the_new_day_outlives_a_restart(next_day: Desk) -> None:
    next_day.reopen()
    assert next_day.books.business_date == TUESDAY
    assert next_day.books.picture.tickets == {}


def test_who_did_not_come_yesterday_cannot_be_called_into_today(next_day: Desk) -> None:
    refused = next_day.ask("window-3", m.RecallTicket(ticket_id="20261123-F002"))
    assert refused.code == "unknown_ticket"
    assert next_day.books.picture.tickets == {}


def test_the_date_never_goes_backward(next_day: Desk) -> None:
    number = next_day.file().case_number
    seq = next_day.books.picture.seq
    next_day.turn_day(factories.MONDAY)
    assert next_day.books.business_date == TUESDAY
    assert next_day.books.picture.seq == seq
    next_day.reopen()
    assert next_day.books.business_date == TUESDAY
    assert next_day.file().case_number.split("-")[1:3] == ["20261124", "0002"]
    assert number in next_day.books.picture.cases


def test_a_month_s_first_day_begins_the_month_s_count(desk: Desk) -> None:
    desk.at = dt.datetime(2026, 11, 30, 2, 0, tzinfo=dt.UTC)
    desk.turn_day(dt.date(2026, 11, 30))
    desk.file()
    desk.later(days=1)
    desk.turn_day(dt.date(2026, 12, 1))
    assert desk.books.picture.counts == m.Counts()
