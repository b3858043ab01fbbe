"""Hours and what goes on after them (R60), and other times when today's are too many (R56)."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.domain.hours import Hours
from hub.store import schema
from hub.wire import messages as m
from tests.factories import MONDAY
from tests.hub.desk import Desk
from tests.hub.service.times import OFFICE, TUESDAY, at, book, free, with_rules

KIOSK, WINDOW = "kiosk-1", "window-1"


@pytest.fixture
def hall(desk: Desk) -> Desk:
    """山亭 from nine to twelve and from half past one to five."""
    with_rules(desk, OFFICE)
    desk.ask(WINDOW, m.SetWindow(open=True))
    return desk


def take(desk: Desk, service: str = "inquiry", **more: bool) -> m.TicketIssued | m.Rejected:
    answer: m.TicketIssued | m.Rejected = desk.ask(KIOSK, m.TakeTicket(service=service, **more))
    return answer


def finish(desk: Desk, called: m.TicketAnswer) -> None:
    desk.ask(WINDOW, m.FinishTicket(ticket_id=called.ticket.ticket_id))


@pytest.mark.rule("R60")
@pytest.mark.parametrize(
    ("clock", "day", "opens"),
    [
        ("08:59", MONDAY, (MONDAY, 9, 0)),
        ("12:00", MONDAY, (MONDAY, 13, 30)),
        ("17:00", MONDAY, (TUESDAY, 9, 0)),
        ("18:00", MONDAY + dt.timedelta(days=4), (MONDAY + dt.timedelta(days=7), 9, 0)),
    ],
)
def test_outside_the_hours_who_asks_for_a_number_is_told_when_they_begin_again(
    hall: Desk, clock: str, day: dt.date, opens: tuple[dt.date, int, int]
) -> None:
    at(hall, clock, day)
    refused = take(hall)
    assert isinstance(refused, m.Rejected)
    begins = refused.opens_at and refused.opens_at.astimezone(hall.books.zone)
    assert (refused.code, begins and (begins.date(), begins.hour, begins.minute)) == ("closed", opens)
    assert hall.ask(WINDOW, m.CallNext()).code == "closed"


@pytest.mark.rule("R60")
def test_a_complaint_is_taken_and_called_at_any_hour(hall: Desk) -> None:
    at(hall, "22:00")
    filed = hall.file()
    assert hall.ask("window-3", m.CallNext()).ticket.number == filed.ticket_number


@pytest.mark.rule("R60")
def test_who_took_a_number_before_closing_is_served_after_it(hall: Desk) -> None:
    at(hall, "16:59")
    ticket = take(hall)
    at(hall, "17:20")
    called = hall.ask(WINDOW, m.CallNext())
    assert called.ticket.number == ticket.number
    finish(hall, called)
    assert hall.ask(WINDOW, m.CallNext()).code == "closed"
    assert [row.move for row in hall.rows(schema.ticket_step)] == ["call", "finish"]


@pytest.mark.rule("R60")
def test_a_window_that_serves_late_gives_numbers_and_it_is_recorded_why(hall: Desk) -> None:
    at(hall, "17:05")
    assert hall.ask(WINDOW, m.ServeLate(ground="because")).code == "unknown_code"
    assert hall.ask(WINDOW, m.ServeLate(ground="urgent", reason="明早要用证")) == m.Done()
    ticket = take(hall)
    assert take(hall, "real-estate").code == "closed"
    called = hall.ask(WINDOW, m.CallNext())
    assert called.ticket.number == ticket.number
    finish(hall, called)
    steps = [(row.move, row.ground) for row in hall.rows(schema.ticket_step)]
    assert steps == [("take_late", "urgent"), ("call", ""), ("finish", "")]
    (row,) = hall.rows(schema.late_service)
    assert (row.window, row.ground, row.staff) == (1, "urgent", "07")
    assert hall.ask(WINDOW, m.EndLate()) == m.Done()
    assert take(hall).code == "closed"


@pytest.mark.rule("R60")
def test_late_service_ends_at_its_time_with_the_window_and_with_the_day(hall: Desk) -> None:
    at(hall, "17:05")
    assert hall.ask(WINDOW, m.ServeLate(ground="urgent", until=hall.at)).code == "not_later"
    hall.ask(WINDOW, m.ServeLate(ground="urgent", until=hall.at + dt.timedelta(minutes=30)))
    hall.reopen()
    at(hall, "17:34")
    assert isinstance(take(hall), m.TicketIssued)
    at(hall, "17:35")
    assert take(hall).code == "closed"
    hall.ask(WINDOW, m.ServeLate(ground="last_minute"))
    assert isinstance(take(hall), m.TicketIssued)
    hall.ask(WINDOW, m.SetWindow(open=False))
    assert take(hall).code == "closed"
    hall.ask(WINDOW, m.SetWindow(open=True))
    hall.turn_day(TUESDAY)
    at(hall, "00:01", TUESDAY)
    assert take(hall).code == "closed"


@pytest.mark.rule("R60")
def test_a_half_day_ends_when_the_hall_says(hall: Desk) -> None:
    told = m.ChangeCalendar(days=(TUESDAY,), kind="half", closes=dt.time(11), reason="会议")
    assert not isinstance(hall.ask("supervisor", told), m.Rejected)
    at(hall, "10:59", TUESDAY)
    assert isinstance(take(hall), m.TicketIssued)
    at(hall, "11:00", TUESDAY)
    assert take(hall).code == "closed"


def test_a_service_may_have_hours_of_its_own(hall: Desk) -> None:
    services = tuple(
        replace(one, hours=(Hours(dt.time(19), dt.time(21)),)) if one.code == "general" else one
        for one in hall.hall.services
    )
    hall.hall = replace(hall.hall, services=services)
    hall.reopen()
    at(hall, "19:30")
    assert isinstance(take(hall, "general"), m.TicketIssued)
    assert take(hall, "inquiry").code == "closed"
    now = {one.service: one.open for one in hall.query(KIOSK, m.ReadOpening()).services}
    assert now == {"general": True, "inquiry": False, "real-estate": False, "complaint": False}


def test_a_hall_without_hours_is_never_closed_and_never_full(desk: Desk) -> None:
    with_rules(desk, over_capacity="agree")
    at(desk, "03:00", MONDAY + dt.timedelta(days=5))
    desk.ask(WINDOW, m.SetWindow(open=True))
    assert all(isinstance(take(desk), m.TicketIssued) for _ in range(90))
    assert isinstance(desk.ask(WINDOW, m.CallNext()), m.TicketAnswer)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """The same with so many in line at half past three that nobody who comes now is served before five."""
    with_rules(desk, OFFICE, over_capacity="agree")
    at(desk, "15:30")
    desk.ask(WINDOW, m.SetWindow(open=True))
    taken = [take(desk) for _ in range(60)]
    assert not isinstance(taken[-1], m.TicketIssued), "an hour and a half are not enough for sixty"
    return desk


@pytest.mark.rule("R56")
def test_who_cannot_be_served_today_is_offered_other_times_and_gets_a_number_if_they_would_rather_wait(
    full: Desk,
) -> None:
    offered = take(full)
    assert isinstance(offered, m.Rejected)
    assert (offered.code, len(offered.times)) == ("over_capacity", 6)
    assert all(one.free for one in offered.times)
    assert isinstance(take(full, waits=True), m.TicketIssued)
    assert isinstance(take(full, "general"), m.Rejected), "the same window serves both"
    assert isinstance(take(full, "complaint"), m.TicketIssued), "another window is free"


@pytest.mark.rule("R56")
def test_a_time_agreed_on_is_recorded_with_its_reason_and_takes_nothing_from_what_is_held_back(full: Desk) -> None:
    held, agreed = free(full), free(full, kind="overload")
    slot = next(slot for slot, left in agreed.items() if left)
    made = book(full, f"{slot:%H:%M}", kind="overload")
    (row,) = full.rows(schema.appointment)
    assert (made.kind, row.kind, row.because) == ("overload", "overload", "over_capacity")
    assert free(full) == held
    assert free(full, kind="overload")[slot] == agreed[slot] - 1
    full.turn_day(TUESDAY)
    full.at = dt.datetime.combine(TUESDAY, slot, full.books.zone).astimezone(dt.UTC)
    assert full.ask(KIOSK, m.CheckIn(code=made.code)).lane == "appointment"


@pytest.mark.rule("R56")
def test_other_times_are_agreed_on_only_where_they_are_needed_or_staff_say_why(hall: Desk) -> None:
    with_rules(hall, OFFICE, over_capacity="agree")
    slot = next(slot for slot, left in free(hall, kind="overload").items() if left)
    wanted = m.BookAppointment(service="inquiry", date=TUESDAY, slot=slot, kind="overload")
    assert hall.ask(KIOSK, wanted).code == "capacity_left"
    assert hall.ask(WINDOW, wanted).code == "text_missing"
    made = hall.ask(WINDOW, replace(wanted, reason="系统停机，无法受理"))
    assert made.appointment.kind == "overload"
    assert hall.rows(schema.appointment)[0].because == "staff"


@pytest.mark.rule("R56")
def test_nobody_is_turned_away_where_no_other_time_is_left(full: Desk) -> None:
    with_rules(full, OFFICE, over_capacity="agree", ahead_wd=0)
    at(full, "16:59")
    assert isinstance(take(full), m.TicketIssued)
