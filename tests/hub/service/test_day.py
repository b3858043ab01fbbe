"""The turn of the day: the queue is closed, numbers begin anew, cases go on."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.domain.numbers import case_number
from hub.domain.policy import Cited
from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import EPOCH, Desk, known, picture_of

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


# --- a line that is kept


@pytest.fixture
def keeping(desk: Desk) -> Desk:
    """A hall whose policy keeps the line over the turn of the day."""
    desk.policy = replace(desk.policy, version=2, queue=replace(desk.policy.queue, at_day_end=Cited("keep")))
    desk.reopen()
    return desk


@pytest.fixture
def kept(keeping: Desk) -> Desk:
    """Tuesday, after a Monday: one done, one who did not come, one being called, two who wait."""
    for _ in range(5):
        keeping.file()
        keeping.later(seconds=1)
    for move in (m.FinishTicket, m.MarkNoShow):
        ticket = keeping.ask("window-3", m.CallNext()).ticket
        keeping.ask("window-3", move(ticket_id=ticket.ticket_id))
    keeping.ask("window-3", m.CallNext())
    keeping.later(hours=15)
    keeping.turn_day(TUESDAY)
    return keeping


def test_who_waits_or_is_served_stays_in_line_under_yesterday_s_id(kept: Desk) -> None:
    picture = kept.books.picture
    assert sorted(picture.tickets) == ["20261123-F003", "20261123-F004", "20261123-F005"]
    assert picture.tickets["20261123-F003"].state == "called"
    assert [one.ticket_id for one in picture.waiting()] == ["20261123-F004", "20261123-F005"]
    assert picture.waiting_count["complaint"] == 2


@pytest.mark.rule("R55")
def test_kept_tickets_are_called_before_the_new_day_s(kept: Desk) -> None:
    new = kept.file()
    assert new.ahead == 2
    kept.ask("window-3", m.FinishTicket(ticket_id="20261123-F003"))
    called = []
    for _ in range(3):
        ticket = kept.ask("window-3", m.CallNext()).ticket
        called.append(ticket.ticket_id)
        kept.ask("window-3", m.ServeTicket(ticket_id=ticket.ticket_id))
        kept.ask("window-3", m.FinishTicket(ticket_id=ticket.ticket_id))
    assert called == ["20261123-F004", "20261123-F005", new.ticket_id]


def test_new_numbers_begin_anew_and_pass_by_those_on_the_wall(kept: Desk) -> None:
    numbers = [kept.file().ticket_number for _ in range(2)]
    kept.reopen()
    numbers += [kept.file().ticket_number for _ in range(2)]
    assert numbers == ["F001", "F002", "F006", "F007"]
    shown = [one.number for one in kept.books.picture.tickets.values()]
    assert len(shown) == len(set(shown))


def test_a_kept_line_outlives_a_restart(kept: Desk) -> None:
    kept.ask("window-3", m.MarkNoShow(ticket_id="20261123-F003"))
    before = known(kept.books.picture)
    kept.reopen()
    assert known(kept.books.picture) == before
    assert kept.ask("window-3", m.RecallTicket(ticket_id="20261123-F003")).ticket.state == "recalled"


def test_everybody_hears_who_is_kept(kept: Desk) -> None:
    (turned,) = [one.event for one in kept.events if isinstance(one.event, m.DayTurned)]
    assert turned.kept == ("20261123-F003", "20261123-F004", "20261123-F005")
    snapshot = m.Snapshot(epoch=EPOCH, seq=0, at=kept.at, business_date=factories.MONDAY)
    picture = known(picture_of(snapshot, kept.events))
    hub = known(kept.books.picture)
    assert {part: picture[part] for part in ("tickets", "waiting_count", "windows")} == {
        part: hub[part] for part in ("tickets", "waiting_count", "windows")
    }


def test_who_did_not_come_yesterday_is_not_kept(kept: Desk) -> None:
    assert kept.ask("window-3", m.RecallTicket(ticket_id="20261123-F002")).code == "unknown_ticket"


def test_a_line_is_kept_from_day_to_day(kept: Desk) -> None:
    kept.later(days=1)
    kept.turn_day(TUESDAY + dt.timedelta(days=1))
    assert [one.ticket_id for one in kept.books.picture.waiting()] == ["20261123-F004", "20261123-F005"]


def test_yesterday_s_paper_joins_a_kept_line_where_it_has_always_stood(keeping: Desk) -> None:
    keeping.file()
    keeping.later(minutes=1)
    number = case_number(keeping.hall.code, factories.MONDAY, 7, "K")
    said = m.PrintedNumber(
        business_date=factories.MONDAY, printed_at=keeping.at, case_number=number, ticket_number="K007"
    )
    keeping.later(minutes=1)
    keeping.file()
    keeping.later(hours=15)
    keeping.turn_day(TUESDAY)
    keeping.file()
    keeping.ask("kiosk-1", keeping.complaint(printed_number=said))
    assert [one.number for one in keeping.books.picture.waiting()] == ["F001", "K007", "F002", "F003"]


# --- the hour at which the date turns


@pytest.fixture
def at_night(desk: Desk) -> Desk:
    """Half past midnight on Tuesday, in a hall whose business date turns at four."""
    desk.hall = replace(desk.hall, day_begins=dt.time(4))
    desk.at = dt.datetime(2026, 11, 23, 16, 30, tzinfo=dt.UTC)
    desk.reopen()
    return desk


def test_before_the_hall_s_hour_it_is_still_yesterday(at_night: Desk) -> None:
    books = at_night.books
    assert books.date_of(at_night.at) == factories.MONDAY
    assert books.date_of(at_night.at + dt.timedelta(hours=3, minutes=29, seconds=59)) == factories.MONDAY
    assert books.date_of(at_night.at + dt.timedelta(hours=3, minutes=30)) == TUESDAY


@pytest.mark.rule("R25")
def test_a_due_date_counts_from_the_calendar_s_date_not_from_the_number_s(at_night: Desk) -> None:
    night = at_night.file()
    at_night.later(hours=8)
    at_night.turn_day(TUESDAY)
    morning = at_night.file()
    assert night.case_number.split("-")[1] == "20261123"
    assert morning.case_number.split("-")[1] == "20261124"
    assert night.due.date == morning.due.date
