import datetime as dt

import pytest

from hub.domain.hall import Window
from hub.domain.queue import A_MOMENT, order, pick, stand_behind
from tests.factories import FILED_AT, a_ticket


def taken(number, minutes, **changes):
    return a_ticket(number, taken_at=FILED_AT + dt.timedelta(minutes=minutes), **changes)


def next_for(services, waiting):
    found = pick(Window(number=1, services=tuple(services)), waiting, FILED_AT + dt.timedelta(hours=1), 3)
    return found and found.ticket


@pytest.mark.rule("R55")
def test_first_taken_is_first_called_whatever_order_they_come_in():
    early, late, same = taken("F001", 0), taken("F003", 2), taken("F002", 0)
    assert order([late, same, early]) == [early, same, late]


@pytest.mark.rule("R55")
def test_a_window_calls_the_oldest_of_its_own_services():
    other = taken("A001", 0, service="general")
    own, later = taken("F001", 1), taken("F002", 2)
    assert next_for(["complaint"], [later, other, own]) == own
    assert next_for(["complaint", "general"], [later, other, own]) == other
    assert next_for(["inquiry"], [later, other, own]) is None


@pytest.mark.parametrize("state", ["called", "serving", "done", "no_show", "parked", "withdrawn"])
def test_only_those_who_wait_are_called(state):
    assert next_for(["complaint"], [taken("F001", 0, state=state)]) is None


@pytest.mark.rule("R55")
def test_who_comes_back_stands_behind_the_next_ones_and_never_before_their_own_place():
    line = [taken(f"F00{number}", number) for number in (1, 2, 3, 4)]
    now = FILED_AT + dt.timedelta(minutes=30)
    early, late = taken("F009", -5, state="no_show"), taken("F008", 20, state="no_show")
    assert stand_behind(early, line, 3, now) == line[2].taken_at + A_MOMENT
    assert stand_behind(early, line, 9, now) == now
    assert stand_behind(early, line, 0, now) == early.taken_at
    assert stand_behind(late, line, 3, now) == late.taken_at


def test_who_comes_back_to_the_place_of_another_stands_behind_them():
    line = [taken("F001", 0), taken("F007", 0, stands_at=FILED_AT + A_MOMENT), taken("F002", 5)]
    assert stand_behind(taken("F003", -9), line, 1, FILED_AT) == FILED_AT + 2 * A_MOMENT


def test_whose_time_has_not_come_is_called_only_when_nobody_else_is_there():
    booked = taken("F001", 0, lane="appointment", not_before=FILED_AT + dt.timedelta(hours=2))
    assert next_for(["complaint"], [booked, taken("F002", 5)]).number == "F002"
    assert next_for(["complaint"], [booked]) == booked
