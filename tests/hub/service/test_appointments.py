"""Times given in advance (R58): held back, never given twice, served at their time by whoever is there on time."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.service.code_guesses import OF_A_KIOSK
from hub.store import schema
from hub.wire import messages as m
from tests.factories import MONDAY
from tests.hub.desk import Ask, Desk
from tests.hub.service.times import TUESDAY, at, book, free, with_rules

KIOSK, WINDOW = "kiosk-1", "window-1"
SATURDAY = MONDAY + dt.timedelta(days=5)
TEN = dt.time(10)


@pytest.fixture
def hall(desk: Desk) -> Desk:
    """山亭 with appointments: of its 查询 in each half hour one or two are held back."""
    return with_rules(desk)


def take(desk: Desk, count: int = 1, service: str = "inquiry") -> list[str]:
    """Numbers for who simply comes."""
    return [desk.ask(KIOSK, m.TakeTicket(service=service)).number for _ in range(count)]


def call(desk: Desk) -> str:
    """Whom window 1 calls; it has served them at once."""
    desk.ask(WINDOW, m.SetWindow(open=True))
    ticket = desk.ask(WINDOW, m.CallNext()).ticket
    desk.ask(WINDOW, m.FinishTicket(ticket_id=ticket.ticket_id))
    return ticket.number


@pytest.mark.rule("R58")
def test_of_fifty_who_book_one_time_in_the_same_round_only_as_many_get_it_as_are_held_back(hall: Desk) -> None:
    quota = free(hall)[TEN]
    wanted = m.BookAppointment(service="inquiry", date=TUESDAY, slot=TEN)
    asks = [Ask(("kiosk-1", "window-1", "window-3", "supervisor")[n % 4], wanted) for n in range(50)]
    answers = hall.round(*asks)
    made = [one.appointment for one in answers if isinstance(one, m.AppointmentMade)]
    assert len(made) == quota > 0
    assert len({one.code for one in made}) == quota
    refused = [one for one in answers if isinstance(one, m.Rejected)]
    assert {one.code for one in refused} == {"slot_full"}
    assert all(one.times and all(time.free for time in one.times) for one in refused)
    assert free(hall)[TEN] == 0


@pytest.mark.rule("R58")
def test_who_is_there_on_time_goes_ahead_of_who_came_before_them(hall: Desk) -> None:
    code = book(hall).code
    at(hall, "09:40", TUESDAY)
    hall.turn_day(TUESDAY)
    first, second = take(hall, 2)
    at(hall, "09:55", TUESDAY)
    ticket = hall.ask(KIOSK, m.CheckIn(code=code))
    assert (ticket.lane, ticket.not_before) == ("appointment", hall.at + dt.timedelta(minutes=5))
    assert call(hall) == first
    at(hall, "10:00", TUESDAY)
    assert call(hall) == ticket.number
    assert call(hall) == second


@pytest.mark.rule("R58")
def test_who_comes_early_waits_for_their_time_unless_nobody_else_is_there(hall: Desk) -> None:
    early, later = book(hall, "10:00").code, book(hall, "11:30").code
    hall.turn_day(TUESDAY)
    at(hall, "09:20", TUESDAY)
    refused = hall.ask(KIOSK, m.CheckIn(code=early))
    at(hall, "09:30", TUESDAY)
    assert (refused.code, refused.opens_at) == ("too_early", hall.at)
    ticket = hall.ask(KIOSK, m.CheckIn(code=early))
    (walk_in,) = take(hall)
    assert [call(hall), call(hall)] == [walk_in, ticket.number]
    assert hall.ask(KIOSK, m.CheckIn(code=later)).code == "too_early"


@pytest.mark.rule("R58")
def test_who_comes_late_stands_in_line_as_of_now(hall: Desk) -> None:
    code = book(hall).code
    hall.turn_day(TUESDAY)
    at(hall, "10:05", TUESDAY)
    (walk_in,) = take(hall)
    at(hall, "10:11", TUESDAY)
    late = hall.ask(KIOSK, m.CheckIn(code=code))
    assert (late.lane, late.not_before, late.ahead) == ("line", None, 1)
    (after,) = take(hall)
    assert [call(hall) for _ in range(3)] == [walk_in, late.number, after]


@pytest.mark.rule("R58")
def test_a_code_that_is_checked_in_twice_gives_the_first_ticket(hall: Desk) -> None:
    code = book(hall).code
    hall.turn_day(TUESDAY)
    at(hall, "10:00", TUESDAY)
    again = f"{code[:3]} {code[3:]}".lower()
    first, second = hall.round(Ask(KIOSK, m.CheckIn(code=code)), Ask(WINDOW, m.CheckIn(code=again)))
    assert first.ticket_id == second.ticket_id
    assert hall.count(schema.ticket) == 1
    (step,) = hall.rows(schema.ticket_step)
    assert (step.move, step.lane, step.ground) == ("check_in", "appointment", "booked")


@pytest.mark.rule("R58")
def test_on_another_day_a_code_is_told_where_to_go(hall: Desk) -> None:
    code = book(hall).code
    early = hall.ask(KIOSK, m.CheckIn(code=code))
    assert (early.code, early.opens_at.date()) == ("other_day", TUESDAY)
    assert "take a number" in early.text
    at(hall, "09:30", TUESDAY + dt.timedelta(days=1))
    assert hall.ask(KIOSK, m.CheckIn(code=code)).code == "other_day"
    assert hall.ask(KIOSK, m.CheckIn(code="000000")).code == "unknown_appointment"


def test_what_is_cancelled_is_free_again_and_opens_nothing(hall: Desk) -> None:
    code, before = book(hall).code, free(hall)[TEN]
    assert hall.ask(WINDOW, m.CancelAppointment(code=code)).appointment.state == "cancelled"
    assert free(hall)[TEN] == before + 1
    hall.turn_day(TUESDAY)
    at(hall, "10:00", TUESDAY)
    assert hall.ask(KIOSK, m.CheckIn(code=code)).code == "appointment_ended"
    assert hall.ask(KIOSK, m.CancelAppointment(code=code)).code == "appointment_ended"


def test_who_moves_keeps_the_code_and_frees_the_old_time(hall: Desk) -> None:
    code, before = book(hall).code, free(hall)
    half_past = dt.time(10, 30)
    moved = hall.ask(KIOSK, m.MoveAppointment(code=code, date=TUESDAY, slot=half_past)).appointment
    assert (moved.code, moved.slot) == (code, half_past)
    after = free(hall)
    assert (after[TEN], after[half_past]) == (before[TEN] + 1, before[half_past] - 1)
    while free(hall)[TEN]:
        book(hall)
    assert hall.ask(KIOSK, m.MoveAppointment(code=code, date=TUESDAY, slot=TEN)).code == "slot_full"
    assert hall.ask(KIOSK, m.MoveAppointment(code=code, date=TUESDAY, slot=half_past)).appointment == moved


@pytest.mark.rule("R58")
def test_times_are_given_on_the_working_days_that_the_policy_reaches_and_in_slots_to_come(hall: Desk) -> None:
    assert free(hall, SATURDAY) == {}
    last = MONDAY + dt.timedelta(days=14)
    assert free(hall, last)
    refused = book(hall, day=last + dt.timedelta(days=1))
    assert (refused.code, refused.times[0].date) == ("no_slot", MONDAY)
    assert book(hall, "10:10").code == "no_slot"
    at(hall, "10:00")
    assert book(hall, day=MONDAY).code == "no_slot"
    assert book(hall, "10:30", day=MONDAY).date == MONDAY


def test_a_hall_whose_document_has_none_gives_no_appointments(desk: Desk) -> None:
    assert free(desk) == {}
    assert book(desk).code == "not_prescribed"


def test_windows_list_what_is_booked_for_a_day(hall: Desk) -> None:
    second, first = book(hall, "11:00"), book(hall, "10:00")
    listed = hall.query(WINDOW, m.ListAppointments(date=TUESDAY))
    assert listed.appointments == (first, second)
    assert hall.query(KIOSK, m.ListAppointments(date=TUESDAY)).code == "not_permitted"


@pytest.mark.rule("R69")
def test_nothing_that_says_who_comes_is_kept_with_an_appointment() -> None:
    kept = set(schema.appointment.columns.keys())
    assert kept.isdisjoint({"name", "phone", "person", "id_number", "text"})
    assert set(m.BookAppointment.__struct_fields__) == {"service", "date", "slot", "kind", "reason"}


@pytest.mark.rule("R58")
def test_codes_are_not_guessed_at_a_kiosk(hall: Desk) -> None:
    code = book(hall).code
    hall.turn_day(TUESDAY)
    at(hall, "10:00", TUESDAY)
    wrong = [hall.ask(KIOSK, m.CheckIn(code=f"ZZZZZ{n}")).code for n in range(OF_A_KIOSK[0])]
    assert set(wrong) == {"unknown_appointment"}
    refused = hall.ask(KIOSK, m.CheckIn(code=code))
    assert refused.code == hall.ask(KIOSK, m.CancelAppointment(code=code)).code == "too_many_codes"
    assert refused.opens_at == hall.at + dt.timedelta(seconds=30)
    hall.at = refused.opens_at
    assert hall.ask(KIOSK, m.CheckIn(code=code)).lane == "appointment"


@pytest.mark.rule("R58")
def test_staff_who_misread_codes_and_other_kiosks_are_not_kept_waiting(hall: Desk) -> None:
    for n in range(OF_A_KIOSK[0] + 1):
        assert hall.ask(WINDOW, m.CheckIn(code=f"ZZZZZ{n}")).code == "unknown_appointment"
    for n in range(OF_A_KIOSK[0]):
        hall.ask(KIOSK, m.CheckIn(code=f"ZZZZZ{n}"))
    assert hall.ask(KIOSK, m.CheckIn(code="YYYYYY")).code == "too_many_codes"
    assert hall.ask(WINDOW, m.CheckIn(code="YYYYYY")).code == "unknown_appointment"


def test_a_wrong_code_that_is_sent_again_is_one_wrong_code(hall: Desk) -> None:
    for _ in range(2 * OF_A_KIOSK[0]):
        assert hall.ask(KIOSK, m.CheckIn(code="ZZZZZZ"), "5" * 32).code == "unknown_appointment"
    assert hall.ask(KIOSK, m.CheckIn(code="YYYYYY")).code == "unknown_appointment"
