"""Times given in advance: what a booking lacks, how an appointment stands, and what may be done with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from counter import given_times
from counter.given_times import Booking
from hub.wire.messages import AppointmentView, BookAppointment, FreeSlot
from tests.counter.makers import NOON, TODAY

NINE, TEN = dt.time(9), dt.time(10)
TOMORROW, YESTERDAY = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)


def made(**changes: Any) -> AppointmentView:
    fields = {"code": "1234-5678", "date": TODAY, "slot": NINE, "state": "booked"} | changes
    return AppointmentView(appointment_id="a", service="one-window", kind="booked", made_at=NOON, **fields)


@pytest.mark.rule("R56", "R58")
def test_a_booking_names_its_service_and_its_time() -> None:
    assert given_times.missing(Booking()) == ("service", "slot")
    assert given_times.missing(Booking(service="one-window", date=TODAY)) == ("slot",)
    whole = Booking(service="one-window", date=TODAY, slot=NINE, kind="overload", reason=" 人多 ")
    assert given_times.missing(whole) == ()
    assert given_times.command(whole) == BookAppointment(
        service="one-window", date=TODAY, slot=NINE, kind="overload", reason="人多"
    )


@pytest.mark.parametrize(
    ("one", "how"),
    [
        (made(), "booked"),
        (made(state="checked_in"), "checked_in"),
        (made(state="cancelled", date=YESTERDAY), "cancelled"),
        (made(called_off=True), "called_off"),
        (made(date=YESTERDAY), "over"),
    ],
)
def test_an_appointment_stands_as_it_is_today(one: AppointmentView, how: str) -> None:
    assert given_times.standing(one, TODAY) == how


@pytest.mark.rule("R58")
def test_it_is_checked_in_at_a_window_on_its_day_and_moved_to_another_time() -> None:
    assert given_times.moves(made(), TODAY, "window", None) == ("check_in", "cancel")
    assert given_times.moves(made(), TODAY, "supervisor", None) == ("cancel",)
    assert given_times.moves(made(date=TOMORROW), TODAY, "window", (TODAY, TEN)) == ("move", "cancel")
    assert given_times.moves(made(), TODAY, "supervisor", (TODAY, NINE)) == ("cancel",)
    assert given_times.moves(made(state="checked_in"), TODAY, "window", None) == ()
    assert given_times.moves(made(date=YESTERDAY), TODAY, "window", None) == ()


def test_those_that_still_come_stand_first_and_free_places_add_up() -> None:
    gone, late, early = made(state="cancelled", slot=NINE), made(slot=TEN), made(slot=NINE)
    assert given_times.in_order([gone, late, early]) == [early, late, gone]
    slots = [FreeSlot(date=TODAY, slot=one, quota=3, free=2) for one in (NINE, TEN)]
    assert given_times.free(slots) == 4
