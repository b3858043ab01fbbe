"""The times of a day: worked out from windows, minutes, hours and shares."""

from __future__ import annotations

import datetime as dt
from math import floor

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from hub.domain import slots
from hub.domain.deadline import Calendar, HallDay
from hub.domain.hall import Hall, Service, Window
from hub.domain.hours import Hours
from hub.domain.policy import Cited, Policy
from tests.factories import MONDAY, a_calendar, a_hall, a_policy

CALENDAR = a_calendar()
HALL = a_hall("wuxi")
DESK = Service(code="desk", letter="D", name="咨询", minutes=10)


def a_hall_of(*windows: Window, minutes: int = 10) -> Hall:
    return replace(HALL, services=(replace(DESK, minutes=minutes),), windows=windows)


def with_shares(held: int, agreed: int = 0, slot_min: int = 30) -> Policy:
    policy = a_policy("wuxi")
    rules = replace(
        policy.appointments, held_percent=Cited(held), agreed_percent=Cited(agreed), slot_min=Cited(slot_min)
    )
    return replace(policy, appointments=rules)


def quotas(hall: Hall, policy: Policy, kind: slots.AppointmentKind = "booked", day: dt.date = MONDAY) -> list[int]:
    return list(slots.quotas(hall, policy, CALENDAR, hall.services[0], day, kind).values())


@pytest.mark.rule("R58")
def test_a_window_of_its_own_gives_what_it_can_serve_in_a_slot() -> None:
    hall = a_hall_of(Window(number=1, services=("desk",)))
    assert quotas(hall, with_shares(100)) == [3] * 13
    assert quotas(hall, with_shares(50)) == [1, 2] * 6 + [1]


def test_a_window_that_serves_several_gives_each_its_share_by_weight() -> None:
    shared = Window(number=1, services=("desk", "other"), weights={"desk": 2})
    assert sum(quotas(a_hall_of(shared), with_shares(100))) == 26
    assert sum(quotas(a_hall_of(replace(shared, weights={})), with_shares(100))) == 19


@pytest.mark.rule("R56", "R58")
def test_what_is_held_back_and_what_can_be_agreed_on_are_shares_of_their_own() -> None:
    hall = a_hall_of(Window(number=1, services=("desk",)))
    policy = with_shares(60, 20)
    assert (sum(quotas(hall, policy)), sum(quotas(hall, policy, "overload"))) == (23, 7)


@given(
    st.integers(1, 60),
    st.integers(5, 120),
    st.integers(0, 100),
    st.integers(0, 100),
    st.lists(st.integers(1, 3), max_size=5),
)
def test_a_day_never_gives_more_than_its_windows_can_serve(
    minutes: int, slot_min: int, held: int, agreed: int, others: list[int]
) -> None:
    windows = [
        Window(number=place + 1, services=("desk", *[f"other-{n}" for n in range(count - 1)]))
        for place, count in enumerate(others)
    ]
    hall = a_hall_of(*windows, minutes=minutes)
    policy = with_shares(held, min(agreed, 100 - held), slot_min)
    given_away = sum(quotas(hall, policy)) + sum(quotas(hall, policy, "overload"))
    in_hours = sum(length // slot_min * slot_min for length in (180, 210))
    assert given_away <= floor(in_hours / minutes * sum(1 / count for count in others) + 1e-9)


def test_no_time_is_given_on_a_day_off_nor_after_a_half_day_has_ended() -> None:
    hall = a_hall_of(Window(number=1, services=("desk",)))
    assert quotas(hall, with_shares(100), day=MONDAY + dt.timedelta(days=5)) == []
    half = HallDay(MONDAY, "half", "会议", dt.time(11))
    calendar = Calendar((2026,), {}, frozenset(), (half,))
    found = slots.quotas(hall, with_shares(100), calendar, hall.services[0], MONDAY, "booked")
    assert list(found) == [dt.time(9), dt.time(9, 30), dt.time(10), dt.time(10, 30)]


def test_a_service_s_own_hours_are_its_slots() -> None:
    evening = replace(DESK, hours=(Hours(dt.time(18), dt.time(19)),))
    hall = replace(a_hall_of(Window(number=1, services=("desk",))), services=(evening,))
    found = slots.quotas(hall, with_shares(100), CALENDAR, evening, MONDAY, "booked")
    assert found == {dt.time(18): 3, dt.time(18, 30): 3}


def test_the_last_day_is_so_many_working_days_ahead() -> None:
    assert slots.last_day(a_policy("wuxi"), CALENDAR, MONDAY) == MONDAY + dt.timedelta(days=14)
