"""A number at the kiosk: one for one tap, whatever becomes of the answer."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.domain.estimate import Wait
from hub.wire.messages import (
    AppointmentMade,
    AppointmentView,
    BookAppointment,
    FreeSlot,
    LateWindow,
    OpeningNow,
    Rejected,
    ReportPrint,
    ServiceOpening,
    TakeTicket,
    TicketIssued,
    WindowView,
)
from kiosk.asking import Unanswered
from kiosk.services.number import Number
from kiosk.services.offers import has_green, numbered
from printers.number_slip import NumberSlip, TimeSlip
from tests.factories import FILED_AT, MONDAY, a_hall, a_policy, a_ticket
from tests.kiosk.services.desk import FakeDesk

ISSUED = TicketIssued(
    ticket_id="20261123-B014",
    number="B014",
    service="planning",
    ahead=6,
    wait=Wait(low_min=15, high_min=30),
    taken_at=FILED_AT,
)
TIMES = tuple(FreeSlot(date=MONDAY, slot=dt.time(hour), quota=2, free=1) for hour in (14, 15))
FULL = Rejected(code="over_capacity", text="choose another time", times=TIMES)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def number(desk: FakeDesk) -> Number:
    flow = Number(desk)
    flow.begin()
    desk.answer(OpeningNow(services=()))
    return flow


@pytest.mark.rule("R55")
def test_a_tap_is_a_number_and_its_slip(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    assert (number.step, desk.wanted()) == ("asking", [TakeTicket(service="planning")])
    desk.answer(ISSUED)
    assert (number.step, number.issued) == ("issued", ISSUED)
    (slip,) = desk.printer.jobs.values()
    assert isinstance(slip, NumberSlip)
    assert (slip.number, slip.service, slip.ahead, slip.taken_at) == ("B014", "规划用地受理", 6, FILED_AT)


@pytest.mark.rule("R55")
def test_a_storm_of_touches_is_one_number(desk: FakeDesk, number: Number) -> None:
    for service in ("planning", "survey", "planning"):
        number.choose(service)
    desk.answer(ISSUED)
    number.choose("planning")
    number.wait_all_the_same()
    number.again()
    assert desk.wanted() == [TakeTicket(service="planning")]
    assert desk.printer.given == 1


@pytest.mark.rule("R55")
def test_an_answer_that_was_lost_is_asked_for_under_the_same_id(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    desk.answer(Unanswered(late=True))
    assert number.step == "late"
    number.choose("survey")
    assert not number.back(), "the hub may have given a number: another service would be a second one"
    number.again()
    desk.answer(ISSUED)
    assert desk.wanted() == [TakeTicket(service="planning")] * 2
    assert len(set(desk.ids())) == 1
    assert list(desk.printer.jobs) == desk.ids()[:1]


@pytest.mark.rule("R65")
def test_without_a_hub_that_is_said_at_once_and_asked_again_when_it_is_back(desk: FakeDesk) -> None:
    desk.live = False
    number = Number(desk)
    number.begin()
    assert number.step == "away"
    desk.live = True
    number.again()
    assert number.step == "service"
    desk.answer(OpeningNow(services=()))
    desk.live = False
    number.choose("planning")
    assert number.step == "away"
    desk.live = True
    number.again()
    desk.answer(ISSUED)
    assert number.step == "issued"


@pytest.mark.rule("R56")
def test_where_the_day_is_full_another_time_is_offered_and_a_number_all_the_same(
    desk: FakeDesk, number: Number
) -> None:
    number.choose("planning")
    desk.answer(FULL)
    assert (number.step, number.times) == ("times", TIMES)
    number.wait_all_the_same()
    assert desk.wanted()[-1] == TakeTicket(service="planning", waits=True)
    desk.answer(ISSUED)
    assert number.step == "issued"
    assert len(set(desk.ids())) == 2


@pytest.mark.rule("R56")
def test_an_agreed_time_has_a_slip_of_its_own(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    desk.answer(FULL)
    number.agree_on(TIMES[1])
    number.agree_on(TIMES[0])
    wanted = BookAppointment(service="planning", date=MONDAY, slot=dt.time(15), kind="overload")
    assert desk.wanted()[1:] == [wanted]
    desk.answer(made(TIMES[1]))
    assert number.step == "booked"
    (slip,) = desk.printer.jobs.values()
    assert isinstance(slip, TimeSlip)
    assert (slip.code, slip.slot) == ("7K3MQ9", dt.time(15))


def made(time: FreeSlot) -> AppointmentMade:
    return AppointmentMade(
        appointment=AppointmentView(
            appointment_id="0" * 32,
            code="7K3MQ9",
            service="planning",
            date=time.date,
            slot=time.slot,
            kind="overload",
            state="booked",
            made_at=FILED_AT,
        )
    )


@pytest.mark.rule("R56")
def test_a_time_that_somebody_else_took_meanwhile_is_offered_no_more(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    desk.answer(FULL)
    number.agree_on(TIMES[0])
    desk.answer(Rejected(code="slot_full", text="choose another", times=TIMES[1:]))
    assert (number.step, number.times, number.service) == ("times", TIMES[1:], "planning")


def test_where_the_day_has_room_again_the_number_comes_by_itself(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    desk.answer(FULL)
    number.agree_on(TIMES[0])
    desk.answer(Rejected(code="capacity_left", text="take a number"))
    assert desk.wanted()[-1] == TakeTicket(service="planning")
    desk.answer(ISSUED)
    assert number.step == "issued"


def test_a_refusal_is_said_and_leads_back_to_the_services(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    desk.answer(Rejected(code="closed", text="closed", opens_at=FILED_AT))
    assert number.step == "refused"
    assert number.refused is not None
    assert number.back()
    assert (number.step, number.refused) == ("service", None)


def test_an_answer_that_comes_after_the_citizen_left_is_nobody_s(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    number.wipe()
    desk.answer(ISSUED)
    assert number.issued is None
    assert desk.printer.jobs == {}


def test_what_the_printer_says_of_the_slip_is_known_and_of_another_s_is_not(desk: FakeDesk, number: Number) -> None:
    number.choose("planning")
    desk.answer(ISSUED)
    assert (number.printed.state, number.printed.trouble) == (None, "")
    (job,) = desk.printer.jobs
    assert desk.slips.heard(ReportPrint(job_id=job, case_number="", state="queued", detail="paper_out"))
    assert number.printed.trouble == "paper_out"
    assert desk.slips.heard(ReportPrint(job_id=f"{job}/0a", case_number="", state="confirmed", reprint=True))
    assert number.printed.state == "confirmed"
    assert not desk.slips.heard(ReportPrint(job_id="f" * 32, case_number="", state="confirmed"))


def test_a_spool_that_takes_nothing_leaves_the_number_on_the_screen(desk: FakeDesk, number: Number) -> None:
    desk.printer.broken = True
    number.choose("planning")
    desk.answer(ISSUED)
    assert number.step == "issued"
    assert (number.printed.state, desk.slips.troubles) == ("failed", {"spool_failed"})


# --- what there is to choose from


def test_a_complaint_s_number_comes_with_the_complaint_and_a_green_one_with_a_ground() -> None:
    hall = a_hall("wuxi")
    services = {one.code for one in numbered(hall, a_policy("wuxi"))}
    assert services == {one.code for one in hall.services} - {"complaint", "green"}
    assert has_green(hall, a_policy("wuxi"))
    assert not has_green(a_hall("shanting"), a_policy("shanting"))


def test_a_service_says_how_many_wait_and_how_long(desk: FakeDesk, number: Number) -> None:
    desk.picture.windows = {2: WindowView(number=2, open=True)}
    for at in range(3):
        desk.picture._put(a_ticket(f"B00{at}", service="planning"))
    offer = next(one for one in number.offers if one.service == "planning")
    assert (offer.standing, offer.waiting, offer.windows) == ("open", 3, (2,))
    assert offer.wait is not None
    assert next(one for one in number.offers if one.service == "one-window").standing == "unserved"


@pytest.mark.rule("R60")
def test_a_closed_service_says_when_it_opens_unless_a_window_serves_late(desk: FakeDesk) -> None:
    number = Number(desk)
    number.begin()
    desk.picture.windows = {2: WindowView(number=2, open=True)}
    closed = ServiceOpening(service="planning", open=False, opens_at=FILED_AT + dt.timedelta(hours=16))
    told = OpeningNow(services=(closed,))
    desk.answer(told)
    offer = next(one for one in number.offers if one.service == "planning")
    assert (offer.standing, offer.opens_at) == ("closed", closed.opens_at)
    number.opening = replace(told, late=(LateWindow(window=2, ground="urgent", since=FILED_AT),))
    assert next(one for one in number.offers if one.service == "planning").standing == "open"
